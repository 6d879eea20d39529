/** What a host in the lab's own process may do beside the calls of the contract: train in its foreground and see every picture of it, and read what no window
 *  asks for. */
import type { LabWork } from '../contract/lab.ts';
import { program } from '../contract/programName.ts';
import type { Series } from '../contract/results.ts';
import { makeHome } from '../runtime/homeFolder.ts';
import { openStore, type Store } from '../store/store.ts';
import type { Context } from './context.ts';
import { resume, runPlan } from './experiments.ts';
import { exportRun } from './record/exportRun.ts';
import { readAndResolve } from './run/prepare.ts';
import { findExperiment } from './record/results.ts';
import { removeStaleCheckpoints } from './record/storeRecord.ts';
import { verifyIdentity } from './run/verifyIdentity.ts';

/** The store of a lab, put in order: what its last process did not get to is done now.  @throws LabError store */
export function openLabStore(context: Context): Store {
  makeHome(context.home);
  const store = openStore(context.folders.store, () => context.clock.now());
  removeStaleCheckpoints(store, context.folders.checkpoints);
  if (store.interruptedAtOpen > 0)
    context.onNote(`${store.interruptedAtOpen} ${store.interruptedAtOpen === 1 ? 'run was' : 'runs were'} interrupted. Go on with: ${program} resume`);
  return store;
}

/** The work over a store that is open; closing it closes the store. */
export function workOver(store: Store, context: Context): LabWork {
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
    exportRun: told((id) => exportRun(store, id, context)),
    series: told((id) => {
      const { id: experiment } = findExperiment(store, id);
      return new Map<string, readonly Series[]>(store.runs.of(experiment).map((run) => [run.name, store.points.of(run.id)]));
    }),
    verifyIdentity: (plan, steps) => verifyIdentity(plan, steps, context),
    query: (sql) => store.query(sql),
    close: () => store.close(),
  };
}
