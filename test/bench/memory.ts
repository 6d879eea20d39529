/** One method for 2,000 captured steps in a process of its own: prints how many tensors and how much memory it has gained after a warm-up, as JSON. */
import { loadTensorFlow } from '../../src-main/engine/engines/backend.ts';
import { timedSteps } from './steps.ts';

const [runtimeFolder, caseId, methodText] = process.argv.slice(2) as [string, string, string];
const warmUp = 1000; // the library's pools and the compiler have settled by then
const backend = await loadTensorFlow(runtimeFolder);
const run = await timedSteps(backend, caseId, 'captured', methodText);
const state = (): { readonly tensors: number; readonly mebibytes: number } => {
  globalThis.gc?.();
  return { tensors: backend.native?.getNumOfTFTensors() ?? 0, mebibytes: process.memoryUsage().rss / 2 ** 20 };
};
for (let step = 0; step < warmUp; step++) await run(step);
const before = state();
for (let step = warmUp; step < warmUp + 2000; step++) await run(step);
const after = state();
process.stdout.write(`${JSON.stringify({ tensors: after.tensors - before.tensors, mebibytes: after.mebibytes - before.mebibytes })}\n`);
process.exit(0);
