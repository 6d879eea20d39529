/** Answers that start, steer, find and remove experiments, and keep what people write about them. */
import type { Activity } from '../../../contract/calls.ts';
import { LabError } from '../../../contract/errors.ts';
import type { ExperimentRow } from '../../../store/experiment.ts';
import { tagSeparator } from '../../../store/search.ts';
import { addPairs, canGoOn, storePlan } from '../../experiments.ts';
import { findNamed } from '../../record/exportRun.ts';
import { experimentDocument, findExperiment } from '../../record/results.ts';
import { provideData, type Consent } from '../../consent.ts';
import { removeExperiment, removeRunCheckpoint } from '../../record/removal.ts';
import { experimentSummaries, summaryOf } from '../../record/summaries.ts';
import type { DeskParts, Handlers } from './handlers.ts';

export function experimentHandlers({ store, context, runner, work, emit }: DeskParts): Omit<Handlers<'experiments' | 'queue'>, 'experiments.report'> {
  const now = (): string => context.clock.now().toISOString();
  const changed = (...ids: string[]): void => emit({ name: 'experiments.changed', ids });
  const activityOf = (id: string, status?: string): Activity => {
    const own = runner.activityOf(id);
    if (own !== 'none' || status === undefined) return own;
    return status === 'running' ? 'elsewhere' : 'none';
  };
  const exact = (id: string): string => findExperiment(store, id).id;
  const refuseBusy = (id: string): void => {
    const activity = activityOf(id, store.runs.statusOf(id));
    if (activity === 'elsewhere') throw new LabError('bad-input', 'Another process trains this experiment: a command line, or another window. Stop it there.');
    if (activity !== 'none' && activity !== 'waiting') throw new LabError('bad-input', 'This experiment trains now. Pause or cancel it first.');
  };
  const enqueue = (id: string): void => {
    store.owners.endDead(); // runs of a process that ended can be taken over
    refuseBusy(id);
    if (!canGoOn(store, id)) throw new LabError('bad-input', 'All runs of this experiment are over. Add pairs to go on with it.');
    runner.add(id);
  };
  const consented = async (row: ExperimentRow, consent: Consent, job: string | undefined): Promise<void> => {
    if (row.imported === null && consent.data === undefined) return;
    await work.run(job, 'Reading the data of the experiment', (_, signal) => provideData(row, consent, context, { signal }));
  };

  return {
    'experiments.list': () => experimentSummaries(store),
    'experiments.find': ({ search, ...rest }) => {
      const { total, items } = store.search.experiments({ ...rest, words: wordsOf(search) });
      return {
        total,
        items: items.map((found) => ({
          ...summaryOf(found),
          question: found.question,
          metric: found.metric,
          data: found.data,
          tags: found.tags?.split(tagSeparator) ?? [],
          hasNotes: found.has_notes === 1,
          trashed: found.trashed,
          activity: activityOf(found.id, found.status),
        })),
      };
    },
    'experiments.named': ({ id, only }) => (only === undefined ? findNamed(store, id) : { kind: only, id: exact(id) }),
    'experiments.show': ({ id }) => experimentDocument(store, findExperiment(store, id)),
    'experiments.open': ({ id }) => {
      const row = findExperiment(store, id);
      const document = experimentDocument(store, row);
      const { notes, trashed } = store.annotations.get(row.id);
      const runNames = new Map(store.runs.of(row.id).map((run) => [run.id, run.name]));
      return {
        document,
        notes,
        tags: store.annotations.tagsOf(row.id),
        trashed,
        activity: activityOf(row.id, document.status),
        canResume: runner.activityOf(row.id) === 'none' && canGoOn(store, row.id),
        events: store.events
          .of(row.id)
          .map(({ at, kind, run_id: run, detail }) => ({ at, kind, run: run === null ? null : (runNames.get(run) ?? null), detail })),
      };
    },
    'experiments.runs': ({ search, ...rest }) => {
      const { total, items } = store.search.runs({ ...rest, words: wordsOf(search) });
      return {
        total,
        items: items.map((found) => ({
          runId: found.name,
          experimentId: found.experiment_id,
          experiment: found.experiment,
          arm: found.arm_id,
          armTitle: found.arm_title,
          role: found.role,
          seed: found.seed,
          status: found.status,
          metric: found.metric,
          validation: found.validation,
          test: found.test,
          steps: found.steps,
          wallMs: found.wall_ms,
          started: found.started,
          error: found.error,
        })),
      };
    },
    'experiments.start': ({ plan, draft, job }) =>
      work.run(job, 'Preparing the experiment', async ({ say }, signal) => {
        const { id } = await storePlan(store, plan, context, {
          signal,
          onProgress: ({ phase, message, fraction }) => say(message ?? phase, phase === 'installing the runtime' ? fraction : null),
        });
        if (draft !== undefined) store.desk.drafts.remove(draft);
        changed(id);
        runner.add(id);
        return { id };
      }),
    'experiments.pause': async ({ id }) => {
      const wanted = exact(id);
      if (!(await runner.pause(wanted))) refuseBusy(wanted);
      changed(wanted);
      return {};
    },
    'experiments.resume': async ({ id, job, ...consent }) => {
      const row = findExperiment(store, id);
      store.owners.endDead(); // runs of a process that ended can be taken over
      refuseBusy(row.id);
      await consented(row, consent, job);
      enqueue(row.id);
      changed(row.id);
      return {};
    },
    'experiments.cancel': async ({ id }) => {
      const wanted = exact(id);
      await runner.pause(wanted);
      refuseBusy(wanted);
      for (const run of store.runs.of(wanted)) {
        if (run.status === 'finished' || run.status === 'cancelled') continue;
        store.write(() => {
          store.runs.stop(run.id, 'cancelled', null, now());
          store.events.add({ experiment_id: wanted, run_id: run.id, at: now(), kind: 'run-cancelled', detail: '' });
          store.checkpoints.remove(run.id);
        });
        removeRunCheckpoint(run.name, context);
      }
      changed(wanted);
      return {};
    },
    'experiments.extend': async ({ id, repeats, job, ...consent }) => {
      const row = findExperiment(store, id);
      refuseBusy(row.id);
      await consented(row, consent, job);
      addPairs(store, row, repeats, context);
      enqueue(row.id);
      changed(row.id);
      return {};
    },
    'experiments.rename': ({ id, name }) => {
      store.experiments.setName(exact(id), name);
      changed(id);
      return {};
    },
    'experiments.setNotes': ({ id, notes }) => {
      store.annotations.setNotes(exact(id), notes);
      changed(id);
      return {};
    },
    'experiments.setTags': ({ id, tags }) => {
      const wanted = exact(id);
      store.write(() => store.annotations.setTags(wanted, tags));
      changed(wanted);
      return { tags: store.annotations.tagsOf(wanted) };
    },
    'experiments.tags': () => store.annotations.tags(),
    'experiments.trash': ({ ids }) => {
      for (const id of ids) {
        refuseBusy(exact(id));
        runner.remove(id);
      }
      store.write(() => ids.forEach((id) => store.annotations.setTrashed(exact(id), now())));
      changed(...ids);
      return {};
    },
    'experiments.restore': ({ ids }) => {
      store.write(() => ids.forEach((id) => store.annotations.setTrashed(exact(id), null)));
      changed(...ids);
      return {};
    },
    'experiments.purge': ({ ids }) => {
      for (const id of ids) {
        if (store.annotations.get(exact(id)).trashed === null)
          throw new LabError('bad-input', 'Only what lies in the trash can be removed for good. Move it to the trash first.');
        refuseBusy(id);
      }
      for (const id of ids) removeExperiment(store, id, context);
      changed(...ids);
      return {};
    },
    'queue.list': () => {
      const training = runner.training();
      return [...(training === null ? [] : [training]), ...runner.waiting()].map((id) => ({
        experimentId: id,
        name: findExperiment(store, id).name,
        activity: runner.activityOf(id),
      }));
    },
    'queue.move': ({ id, position }) => {
      runner.move(id, position);
      return {};
    },
    'queue.remove': ({ id }) => {
      if (!runner.remove(id)) throw new LabError('bad-input', 'This experiment does not wait.');
      changed(id);
      return {};
    },
  };
}

function wordsOf(search: string): string[] {
  return search.split(/\s+/).filter((word) => word !== '');
}
