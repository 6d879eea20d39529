/** The application without a window: one object that checks, runs, resumes and tells. Composition only. */
import type { Lab } from '../contract/lab.ts';
import type { Series } from '../contract/results.ts';
import { makeHome } from '../runtime/homeFolder.ts';
import { openStore, type Store } from '../store/store.ts';
import { contextOf, type Context, type LabOptions } from './context.ts';
import { resume, runPlan } from './experiments.ts';
import { takeBundle } from './bundle.ts';
import { makeDocument } from './desk/documents.ts';
import { exportRun, findNamed } from './exportRun.ts';
import { inspectData } from './inspect.ts';
import { readAndResolve } from './prepare.ts';
import { programVersion } from './provenance.ts';
import { experimentDocument, findExperiment } from './results.ts';
import { removeStaleCheckpoints } from './storeRecord.ts';
import { experimentSummaries } from './summaries.ts';
import { verifyIdentity } from './verifyIdentity.ts';
import { program } from '../contract/programName.ts';

export type { Clock, LabOptions } from './context.ts';

/** Opens the lab of a data directory. Runs whose process ended without a word are marked interrupted.
 *  @throws LabError store when the store cannot be opened */
export function createLab(options: LabOptions): Lab {
  const context = contextOf(options);
  return labOver(openLabStore(context), context);
}

/** The store of a lab, put in order: what its last process did not get to is done now.  @throws LabError store */
export function openLabStore(context: Context): Store {
  makeHome(context.home);
  const store = openStore(context.folders.store, () => context.clock.now());
  removeStaleCheckpoints(store, context.folders.checkpoints);
  if (store.interruptedAtOpen > 0)
    context.onNote(`${store.interruptedAtOpen} ${store.interruptedAtOpen === 1 ? 'run was' : 'runs were'} interrupted. Go on with: ${program} resume`);
  return store;
}

/** A lab over a store that is open; closing it closes the store. */
export function labOver(store: Store, context: Context): Lab {
  /** What SQLite throws, in whichever call, is a sentence about the store. */
  const told =
    <A extends unknown[], T>(work: (...given: A) => T) =>
    (...given: A): T => {
      const tell = (error: unknown): never => {
        throw store.sentenceFor(error);
      };
      try {
        const result = work(...given);
        return result instanceof Promise ? (result.catch(tell) as T) : result; // a promise of the same type that rejects with sentences
      } catch (error) {
        return tell(error);
      }
    };
  return {
    checkPlan: async (plan) => (await readAndResolve(plan, context, {})).plan,
    runPlan: told((plan, watch = {}) => runPlan(store, plan, context, watch)),
    resume: told((id, { repeats, data, isConfirmed, ...watch } = {}) => resume(store, id, { repeats, data, isConfirmed }, context, watch)),
    list: told(() => experimentSummaries(store)),
    show: told((id) => experimentDocument(store, findExperiment(store, id))),
    find: told((id) => findNamed(store, id)),
    exportBundle: told((id, signal) => makeDocument(store, { id: findExperiment(store, id).id, task: 'bundle', version: programVersion() }, signal)),
    importBundle: told((path) => takeBundle(store, path, context.folders.plans, context.clock.now())),
    exportRun: told((id) => exportRun(store, id, context)),
    series: told((id) => {
      const { id: experiment } = findExperiment(store, id);
      return new Map<string, readonly Series[]>(store.runs.of(experiment).map((run) => [run.name, store.points.of(run.id)]));
    }),
    inspect: (source, { format, options: reading } = {}) => inspectData(source, format, reading ?? {}, context.data),
    verifyIdentity: (plan, steps) => verifyIdentity(plan, steps, context),
    query: (sql) => store.query(sql),
    close: () => store.close(),
  };
}
