/** A lab that people work at: answers every call of the contract, trains in the background, tells what happens. Knows no transport; several windows may
 *  listen, come and go, while the work goes on. Composition only. */
import type { CallOutput } from '../../contract/calls.ts';
import { LabError, toWire } from '../../contract/errors.ts';
import type { LabWork } from '../../contract/lab.ts';
import { checkCall, type Reply } from '../../contract/wire.ts';
import { watchChanges } from '../record/changes.ts';
import { contextOf, type Context, type LabOptions } from '../context.ts';
import { goOn } from '../experiments.ts';
import { openLabStore, workOver } from '../foreground.ts';
import { nodeWorkers } from '../process/nodeWorker.ts';
import { readOnce } from '../plan/readOnce.ts';
import { clearUnused } from '../plan/unusedData.ts';
import { findExperiment } from '../record/results.ts';
import { chooseRuntime } from '../run/runtimeChoice.ts';
import { endSentence } from './endSentence.ts';
import { appHandlers, readSettings } from './handlers/app.ts';
import { catalogHandlers } from './handlers/catalog.ts';
import { dataHandlers } from './handlers/data.ts';
import { experimentHandlers } from './handlers/experiments.ts';
import type { AllHandlers, DeskParts } from './handlers/handlers.ts';
import { planHandlers } from './handlers/plans.ts';
import { recordHandlers } from './handlers/records.ts';
import { liveFeed } from './liveFeed.ts';
import { longWork } from './longWork.ts';
import { runner as startRunner } from './runner.ts';
import type { Emit, Told } from './tell.ts';
import type { LabEvent } from '../../contract/events.ts';
import type { Store } from '../../store/store.ts';

/** Silence for this long is a reason to ask whether the processes that train elsewhere still live. */
const silenceMs = 15_000;

/** Workers beside a window give way to it: typing is answered at once while every core trains. */
const workerNiceness = 5;

export interface DeskOptions extends LabOptions {
  readonly about: CallOutput<'lab.about'>;
}

export interface Desk {
  /** Checks a message and answers it; never throws. */
  answer(message: unknown): Promise<Reply>;
  /** @returns the stop */
  on(listener: (event: Told<LabEvent>) => void): () => void;
  readonly work: LabWork;
  /** Looks for what other processes changed, and tells it. Call it a few times a second. */
  look(nowMs: number): void;
  isTraining(): boolean;
  /** Pauses what trains, with checkpoints, and closes the store. */
  close(): Promise<void>;
}

/** @throws LabError store when the store cannot be opened */
export function openDesk(options: DeskOptions): Desk {
  const listeners = new Set<(event: Told<LabEvent>) => void>();
  const emit: Emit = (event) => {
    for (const listener of listeners) listener(event);
  };
  const note = (text: string): void => {
    options.onNote?.(text);
    emit({ name: 'lab.note', text });
  };
  const context = contextOf({
    ...options,
    onNote: note,
    startWorker: options.startWorker ?? nodeWorkers(undefined, workerNiceness),
    readData: options.readData ?? readOnce(options.home, options.samples, () => context.clock.now()),
    chooseRuntime: options.chooseRuntime ?? ((request) => chooseRuntime({ ...request, preferred: readSettings(store).preferredRuntime ?? undefined })),
  });
  const store = openLabStore(context);
  clearQuietly(store, context);
  const feed = liveFeed(emit);
  const runner = startRunner({
    train: (id, watch) => goOn(store, id, context, watch),
    onProgress: (picture) => emit({ name: 'experiment.progress', picture }),
    onPoints: (id, job, points) => feed.add(id, job, points),
    onQueue: () => emit({ name: 'queue.changed' }),
    onEnd(id, error) {
      feed.flush();
      const { name: title, verdict, question } = findExperiment(store, id);
      const status = store.runs.statusOf(id);
      const runs = store.runs.of(id).map((run) => run.status);
      emit({
        name: 'experiment.ended',
        experimentId: id,
        title,
        status,
        verdict,
        sentence: error?.message ?? endSentence({ question, status, verdict, runs }),
      });
      emit({ name: 'experiments.changed', ids: [id] });
    },
  });
  const work = longWork(emit);
  const parts: DeskParts = { store, context, work, runner, emit, about: options.about, settings: () => readSettings(store) };
  const handlers: AllHandlers = {
    ...appHandlers(parts),
    ...dataHandlers(parts),
    ...catalogHandlers(),
    ...planHandlers(parts),
    ...experimentHandlers(parts),
    ...recordHandlers(parts),
  };
  const foreground = workOver(store, context);
  const changes = watchChanges();
  let lastChangeMs: number | null = null;

  return {
    work: foreground,
    async answer(message) {
      try {
        const { name, input } = checkCall(message);
        // checkCall held the input against this name's schema
        const handler = (handlers as Readonly<Record<string, unknown>>)[name] as ((input: unknown) => unknown) | undefined;
        if (handler === undefined) throw new LabError('bad-input', `${name} is answered by the desktop window only; this lab runs without one.`);
        return { ok: true, value: await handler(input) };
      } catch (error) {
        return { ok: false, error: toWire(store.sentenceFor(error)) };
      }
    },
    on(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    look(nowMs) {
      const ids = changes.look(foreground);
      lastChangeMs ??= nowMs;
      if (ids.length > 0) {
        lastChangeMs = nowMs;
        emit({ name: 'experiments.changed', ids });
      } else if (nowMs - lastChangeMs > silenceMs) {
        lastChangeMs = nowMs;
        store.owners.endDead(); // told as a change by the next look
      }
    },
    isTraining: () => runner.training() !== null,
    async close() {
      work.cancelAll();
      await runner.pauseAll();
      feed.flush();
      foreground.close();
    },
  };
}

/** What cannot be cleared away now is another time. */
function clearQuietly(store: Store, { home, clock }: Context): void {
  try {
    clearUnused(home, new Set(store.datasets.digests()), clock.now());
  } catch {
    return;
  }
}
