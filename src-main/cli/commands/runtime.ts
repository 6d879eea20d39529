/** `auxlab runtime ...`: the TensorFlow libraries that training uses. Asked themselves and not by calls: they are put right before there is a store. */
import { resolve } from 'node:path';
import { LabError } from '../../contract/errors.ts';
import { program } from '../../contract/programName.ts';
import type { RuntimeProgress } from '../../runtime/progress.ts';
import { defineCommand, exitCode, jsonOption } from '../command.ts';
import type { Context } from '../context.ts';
import { progressView } from '../output/progress.ts';
import { textTable } from '../output/table.ts';

export const runtimeList = defineCommand({
  name: 'runtime list',
  usage: '[--json]',
  help: 'List the installed runtimes and mark the one that is used.',
  positionals: [0, 0],
  options: jsonOption,
  run: async ({ options }, context) => {
    const { activeRuntime, listRuntimes } = await import('../../runtime/registry.ts');
    const runtimes = await listRuntimes(context.home);
    const active = await activeRuntime(context.home, { env: context.env });
    if (options.json) context.terminal.print(JSON.stringify({ active: active?.folder ?? null, runtimes }, null, 2));
    else if (runtimes.length === 0 && active === null)
      context.terminal.print(`No runtime is installed. The first training run installs the CPU runtime, or now: ${program} runtime install cpu`);
    else {
      const all = active === null || runtimes.some(({ folder }) => folder === active.folder) ? runtimes : [active, ...runtimes];
      const rows = all.map(({ name, folder, record, passed, reason }) => [
        folder === active?.folder ? '*' : '',
        name,
        record?.installed.slice(0, 10) ?? '',
        passed ? 'passed' : `failed: ${reason ?? 'no reason'}`,
        folder,
      ]);
      context.terminal.print(textTable(['Used', 'Runtime', 'Installed', 'Self-test', 'Folder'], rows));
    }
    return 0;
  },
});

export const runtimeInstall = defineCommand({
  name: 'runtime install',
  usage: 'cpu|cuda [--from FILE]',
  help: "Install a TensorFlow runtime from the package index that this computer's pip uses, or from a wheel on disk, and test it.",
  positionals: [1, 1],
  options: { from: { kind: 'text', value: 'FILE', help: 'A wheel on disk, or a folder of wheels, instead of a download.' } },
  run: async ({ positionals: [wanted = ''], options }, context) => {
    const { variants } = await import('../../runtime/catalog.ts');
    const { installRuntime } = await import('../../runtime/install.ts');
    const variant = variants.find((each) => each === wanted);
    if (variant === undefined) throw new LabError('bad-input', `Unknown runtime "${wanted}". There are: ${variants.join(', ')}.`);
    const view = progressView(context.terminal, context.now);
    const { folder, record } = await installRuntime({
      home: context.home,
      variant,
      env: context.env,
      signal: context.signal,
      ...(options.from !== undefined && { from: resolve(context.folder, options.from) }),
      onProgress: (progress) => view.show(asProgress(progress)),
    }).finally(() => view.end());
    context.terminal.print(`${record.name} is installed in ${folder}.`);
    return 0;
  },
});

export const runtimeCheck = defineCommand({
  name: 'runtime check',
  usage: '[NAME]',
  help: "Compare a runtime's files with their checksums and repeat its self-test; without a name, all runtimes.",
  positionals: [0, 1],
  options: {},
  run: async ({ positionals: [name] }, context) => {
    const { checkRuntime, listRuntimes } = await import('../../runtime/registry.ts');
    const names = name === undefined ? (await listRuntimes(context.home)).map((runtime) => runtime.name) : [name];
    if (names.length === 0) throw new LabError('not-found', `No runtime is installed. Install one with: ${program} runtime install cpu`);
    let isWell = true;
    for (const each of names) {
      const { passed, problems, selfTest } = await checkRuntime(context.home, each, { env: context.env, signal: context.signal });
      isWell &&= passed;
      context.terminal.print(passed ? `${each}: whole, self-test passed in ${selfTest?.durationMs ?? 0} ms.` : `${each}: ${problems.join(' ')}`);
    }
    return isWell ? exitCode.ok : exitCode.badInput;
  },
});

export const runtimeRemove = defineCommand({
  name: 'runtime remove',
  usage: 'NAME',
  help: 'Remove an installed runtime from the disk.',
  positionals: [1, 1],
  options: {},
  run: async ({ positionals: [name = ''] }, context: Context) => {
    const { removeRuntime } = await import('../../runtime/registry.ts');
    await removeRuntime(context.home, name);
    context.terminal.print(`${name} is removed.`);
    return 0;
  },
});

/** An installation in the form of an experiment's progress, so that one display shows both. */
function asProgress({ message, fraction }: RuntimeProgress): Parameters<ReturnType<typeof progressView>['show']>[0] {
  return { experimentId: '', phase: 'installing the runtime', runs: [], finishedRuns: 0, totalRuns: 0, fraction: fraction ?? 0, remainingMs: null, message };
}
