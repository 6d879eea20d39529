/** One timed block in a process of its own, so that thread counts are pinned before a library loads. Prints its milliseconds a step as JSON. */
import { loadTensorFlow } from '../../src-main/engine/backend.ts';
import { openEngine } from '../../src-main/engine/openEngine.ts';
import { optimizerScalars } from '../../src-main/engine/optimizers.ts';
import { checkParams } from '../../src-main/contract/params.ts';
import { method as methodOf } from '../../src-main/methods/index.ts';
import { weighedStep } from '../../src-main/engine/weighting.ts';
import { benchBatch, cases, engineOptions, plan } from './cases.ts';

const [runtimeFolder, caseId, mode, methodId, budgetText] = process.argv.slice(2) as [string, string, 'captured' | 'eager', string, string];
const bench = cases.find((candidate) => candidate.id === caseId);
if (bench === undefined) throw new Error(`No bench case ${caseId}`);
const backend = await loadTensorFlow(runtimeFolder);
const method = methodOf(methodId);
const params = checkParams(`method ${methodId}`, method.params, {});
const base = engineOptions(bench, method.needs === 'gramian');
const options = { ...base, needs: { ...base.needs, losses: method.needs === 'losses' && (method.timing === 'now' || method.needsLossesAfter === true) } };
const engine = openEngine(backend, mode, options);
const batch = benchBatch(options);
const lambdas = bench.depths.map((_, k) => (k === 0 ? 1 : 0.3));
let methodState = method.init(lambdas.length, params);
const times: number[] = [];
const startedMs = performance.now();
for (let step = 0; times.length < 10 || performance.now() - startedMs < Number(budgetText); step++) {
  const stepStartedMs = performance.now();
  const outcome = weighedStep({
    engine,
    method,
    params,
    methodState,
    seed: 1,
    step,
    epoch: 0,
    epochLosses: [],
    lambdas,
    batch,
    scalars: optimizerScalars(plan, step, plan.learningRate),
    check: () => undefined,
  });
  methodState = outcome.methodState;
  if (step >= 3) times.push(performance.now() - stepStartedMs);
}
process.stdout.write(`${JSON.stringify({ captureMs: engine.captureMs, times })}\n`);
process.exit(0);
