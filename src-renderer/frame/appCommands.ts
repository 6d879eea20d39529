/** The commands that work on every screen. Screens add their own while they are open. */
import type { PickedKind } from '../../src-main/contract/calls.ts';
import { command, type Command } from '../commands/commands.svelte.ts';
import { saveMade } from '../parts/saveFile.ts';
import { screens } from '../state/navigation.svelte.ts';
import type { Workspace } from '../state/workspace.svelte.ts';
import { app } from '../texts/app.ts';

/** @param pickHere opens the page's own file field, where no desktop asks */
export function appCommands(space: Workspace, pickHere: (kind: PickedKind) => void): readonly Command[] {
  const { navigation, preferences, opening, draft, training, experiment, check, report, computer } = space;
  const pick = (kind: PickedKind) => () =>
    void opening.pick(kind).then((isDone) => {
      if (!isDone) pickHere(kind);
    });
  const openId = (): string | null => navigation.experimentId;
  const hasExperiment = (): boolean => openId() !== null && experiment.document !== null;
  const activity = (): string => (experiment.id === openId() ? (experiment.about?.activity ?? 'none') : 'none');
  const onExperiment = (work: (id: string) => Promise<void>) => () => {
    const id = openId();
    if (id !== null) void work(id);
  };
  const exportAs = (format: 'html' | 'bundle'): (() => void) =>
    onExperiment(async (id) => {
      const made = await report.make(id, format, app.screens.report);
      if (made !== null) saveMade(made);
    });
  return [
    ...screens.map((screen) => command(`go.${screen}`, () => navigation.go(screen), { worksInText: true })),
    command('view.palette', () => (space.isPaletteOpen = true), { worksInText: true }),
    command('help.shortcuts', () => (space.isSheetOpen = true)),
    command('view.level', preferences.toggleLevel),
    command('view.appearance', () => void preferences.set({ appearance: isDark(space) ? 'light' : 'dark' })),
    command('data.open', pick('file'), { worksInText: true }),
    command('data.openFolder', pick('folder'), { worksInText: true }),
    command('plan.open', pick('plan')),
    command('bundle.import', pick('bundle')),
    command('bundle.export', exportAs('bundle'), { isEnabled: hasExperiment }),
    command('report.export', exportAs('html'), { isEnabled: hasExperiment, worksInText: true }),
    command('experiment.new', () => navigation.go('start', null), { worksInText: true }),
    command('design.undo', draft.undo, { isEnabled: () => draft.canUndo && isDrafting(space) }),
    command('design.redo', draft.redo, { isEnabled: () => draft.canRedo && isDrafting(space) }),
    command('run.start', () => void space.startExperiment(), {
      isEnabled: () => isDrafting(space) && draft.plan !== null && check.trouble === null,
      worksInText: true,
    }),
    command('run.pause', onExperiment(training.pause), { isEnabled: () => activity() === 'training' }),
    command('run.cancel', onExperiment(training.cancel), { isEnabled: () => ['training', 'waiting'].includes(activity()) }),
    command(
      'run.resume',
      onExperiment((id) => training.resume(id, app.resuming)),
      { isEnabled: () => hasExperiment() && experiment.about?.canResume === true },
    ),
    command(
      'run.extend',
      onExperiment((id) => training.extend(id, (experiment.document?.plan.repeats ?? 6) + 4, app.extending)),
      { isEnabled: () => hasExperiment() && activity() === 'none' },
    ),
    command(
      'experiment.copyCommand',
      () => {
        const words = hasExperiment() && !isDrafting(space) ? experiment.document?.provenance.command : check.command;
        if (words !== undefined && words !== null) void space.copy(words, app.commandCopied);
      },
      { isEnabled: () => check.command !== null || hasExperiment() },
    ),
    command('help.doctor', () => {
      navigation.go('settings');
      void computer.examine(app.checking('this computer'));
    }),
    command('help.diagnostics', space.copyDiagnostics),
  ];
}

function isDrafting({ navigation }: Workspace): boolean {
  return ['data', 'design'].includes(navigation.screen) || (navigation.screen === 'run' && navigation.experimentId === null);
}

function isDark({ preferences }: Workspace): boolean {
  const { appearance } = preferences.settings;
  return appearance === 'dark' || (appearance === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
}
