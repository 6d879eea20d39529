/** One timed block in a process of its own, so that thread counts are pinned before a library loads. Prints its milliseconds a step as JSON. */
import { loadTensorFlow } from '../../src-main/engine/backend.ts';
import { openEngine } from '../../src-main/engine/openEngine.ts';
import { optimizerScalars } from '../../src-main/engine/optimizers.ts';
import { parseParams } from '../../src-main/contract/params.ts';
import { method as methodOf } from '../../src-main/methods/index.ts';
import { weighedStep, type WeightingState } from '../../src-main/engine/weighting.ts';
import { engineNeeds } from '../../src-main/engine/needs.ts';
import { benchBatch, benchTasks, cases, engineOptions, plan } from './cases.ts';

const [runtimeFolder, caseId, mode, methodText, budgetText] = process.argv.slice(2) as [string, string, 'captured' | 'eager', string, string];
const bench = cases.find((candidate) => candidate.id === caseId);
if (bench === undefined) throw new Error(`No bench case ${caseId}`);
const backend = await loadTensorFlow(runtimeFolder);
const [methodId, paramText = ''] = methodText.split(':') as [string, string | undefined];
const method = methodOf(methodId);
const params = parseParams(`method ${methodId}`, method.params, paramText);
const tasks = benchTasks(bench);
const methodState = method.init(tasks.length, params);
const formulaInputs = method.formulaOfLosses?.inputs(methodState, params).length ?? 0;
const options = engineOptions(bench, engineNeeds(method, params, tasks, formulaInputs, false));
const engine = openEngine(backend, mode, options);
const batch = benchBatch(options);
const heldOut = { x: batch.x, mask: batch.mask, labels: batch.labels[0] ?? new Float32Array(), rowWeights: batch.rowWeights[0] ?? new Float32Array() };
let weighting: WeightingState = { method: methodState, last: null };
const times: number[] = [];
let window: number[] = []; // of a method that works hard in every k-th step only: k steps count as one figure, their mean
const windowSteps = typeof params['every'] === 'number' ? params['every'] : 1;
const startedMs = performance.now();
for (let step = 0; times.length < 10 || performance.now() - startedMs < Number(budgetText); step++) {
  const stepStartedMs = performance.now();
  const outcome = weighedStep({
    engine,
    method,
    params,
    tasks,
    weighting,
    seed: 1,
    step,
    epoch: 0,
    epochLosses: [],
    lambdas: tasks.map(({ weight }) => weight),
    batch,
    heldOut: () => heldOut,
    wantsLook: false,
    scalars: optimizerScalars(plan, step, plan.learningRate),
    check: () => undefined,
  });
  weighting = outcome.weighting;
  if (step < 3) continue;
  window.push(performance.now() - stepStartedMs);
  if (window.length < windowSteps) continue;
  times.push(window.reduce((sum, time) => sum + time, 0) / windowSteps);
  window = [];
}
process.stdout.write(`${JSON.stringify({ captureMs: engine.captureMs, times })}\n`);
process.exit(0);
