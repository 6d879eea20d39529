/** One timed block in a process of its own, so that thread counts are pinned before a library loads. Prints its milliseconds a step as JSON. */
import { loadTensorFlow } from '../../src-main/engine/engines/backend.ts';
import { costPeriod, timedSteps } from './steps.ts';

const [runtimeFolder, caseId, mode, methodText, budgetText] = process.argv.slice(2) as [string, string, 'captured' | 'eager', string, string];
const run = await timedSteps(await loadTensorFlow(runtimeFolder), caseId, mode, methodText);
const period = costPeriod(methodText);
const warmUp = 3;
const times: number[] = [];
const startedMs = performance.now();
let step = 0;
while (step < warmUp) await run(step++);
while (times.length < 10 || performance.now() - startedMs < Number(budgetText)) {
  const stepStartedMs = performance.now();
  for (let k = 0; k < period; k++) await run(step++);
  times.push((performance.now() - stepStartedMs) / period);
}
process.stdout.write(`${JSON.stringify({ times })}\n`, () => process.exit(0)); // a long line takes a slow reader's time
