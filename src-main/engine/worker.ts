/** Entry of an engine process: one run, told by messages. Wiring only. */
import { toWire } from '../contract/errors.ts';
import { network } from '../networks/index.ts';
import type { EngineInfo } from '../contract/results.ts';
import type { Backend } from './engines/backend.ts';
import { loadPortable, loadTensorFlow } from './engines/backend.ts';
import type { FromWorker, RunJob, ToWorker } from './protocol.ts';
import type { RunSetup } from './training/runSetup.ts';
import { setUpRun } from './training/runSetup.ts';
import { train } from './training/trainer.ts';

let isPauseWanted = false;
let isStarted = false;
let sentPoints = 0;
let storedPoints = 0;
const onTheWay: { readonly sequence: number; readonly through: number }[] = []; // messages of points, each with the count of points up to its end

process.on('message', (message: ToWorker) => {
  switch (message.type) {
    case 'start':
    case 'record':
      if (!isStarted) void (message.type === 'start' ? run(message.job) : record(message.job));
      isStarted = true;
      return;
    case 'acknowledge':
      while (onTheWay[0] !== undefined && onTheWay[0].sequence <= message.sequence) storedPoints = onTheWay.shift()?.through ?? storedPoints;
      return;
    case 'pause':
      isPauseWanted = true;
      return;
    case 'shutdown':
      process.exit(0);
      return;
    default:
      message satisfies never;
  }
});
// A terminal's Ctrl+C reaches the whole process group; the lab decides what a worker does about it.
process.on('SIGINT', () => undefined);
// Without the lab nobody stores the points: the run goes on from its checkpoint later.
process.on('disconnect', () => process.exit(1));

/** Opening the engine of a run records its graph and keeps it. */
async function record(job: RunJob): Promise<void> {
  try {
    await setUpRun(job, await openBackend(job));
  } catch {
    // The run itself meets the same error and says it.
  }
  process.exit(0);
}

async function run(job: RunJob): Promise<void> {
  let step = 0;
  try {
    const backend = await openBackend(job);
    const startedMs = performance.now();
    const setup = await setUpRun(job, backend);
    const engineInfo = infoOf(backend, setup, job);
    let sequence = 0;
    const events = train(setup, engineInfo, { isPauseWanted: () => isPauseWanted, storedPoints: () => storedPoints, now: () => performance.now() });
    for await (const event of events) {
      switch (event.type) {
        case 'started':
          step = event.resumedAtStep;
          await send({
            type: 'ready',
            engine: engineInfo,
            resumedAtStep: event.resumedAtStep,
            totalSteps: event.totalSteps,
            captureMs: performance.now() - startedMs,
          });
          break;
        case 'points':
          sequence += 1;
          sentPoints += event.points.length;
          onTheWay.push({ sequence, through: sentPoints });
          await send({ type: 'points', sequence, points: event.points });
          break;
        case 'progress':
          step = event.step;
          await send(event);
          break;
        default:
          await send(event);
      }
    }
  } catch (error) {
    await send({ type: 'failed', error: toWire(error), step });
  }
  process.exit(0);
}

/** TensorFlow where there is a runtime; else tfjs's own back ends, WebAssembly only where no convolution needs a gradient. */
async function openBackend(job: RunJob): Promise<Backend> {
  const { backend } = job.engine;
  if (job.runtimeFolder !== null && (backend === 'auto' || backend === 'tensorflow')) return loadTensorFlow(job.runtimeFolder);
  const isDense = network(job.network.id).core === 'dense';
  return loadPortable(backend === 'wasm' || (backend === 'auto' && isDense) ? 'wasm' : 'cpu');
}

function infoOf(backend: Backend, setup: RunSetup, job: RunJob): EngineInfo {
  return {
    backend: backend.name,
    version: backend.version,
    device: backend.device,
    captured: setup.engine.kind === 'captured',
    threads: job.engine.threads ?? 1,
  };
}

function send(message: FromWorker): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined || !process.connected) resolve();
    else process.send(message, undefined, undefined, () => resolve());
  });
}
