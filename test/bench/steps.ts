/** Training steps of one case with one method, ready to be run one after the other. */
import { parseParams } from '../../src-main/contract/params.ts';
import type { Backend } from '../../src-main/engine/engines/backend.ts';
import { engineNeeds } from '../../src-main/engine/training/weighing/needs.ts';
import { openEngine } from '../../src-main/engine/engines/openEngine.ts';
import type { WeightingState } from '../../src-main/engine/training/weighing/weighingInput.ts';
import { weighedStep } from '../../src-main/engine/training/weighing/weighting.ts';
import { method as methodOf } from '../../src-main/methods/index.ts';
import { benchBatch, benchTasks, cases, engineOptions, plan } from './cases.ts';

/** @param methodText 'pcgrad' or 'pcgrad:every=10'     @returns runs the step of that number */
export async function timedSteps(backend: Backend, caseId: string, mode: 'captured' | 'eager', methodText: string): Promise<(step: number) => Promise<void>> {
  const bench = cases.find((candidate) => candidate.id === caseId);
  if (bench === undefined) throw new Error(`No bench case ${caseId}`);
  const { method, params } = readMethod(methodText);
  const tasks = benchTasks(bench);
  const state = method.init(tasks.length, params);
  const options = engineOptions(bench, engineNeeds(method, params, tasks, false));
  const engine = await openEngine(backend, mode, options);
  const batch = benchBatch(options);
  const heldOut = { x: batch.x, mask: batch.mask, labels: batch.labels[0] ?? new Float32Array(), rowWeights: batch.rowWeights[0] ?? new Float32Array() };
  let weighting: WeightingState = { method: state, last: null };
  return async (step) => {
    const made = await weighedStep({
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
      scalars: options.optimizer.scalars(step, plan.learningRate),
      check: () => undefined,
    });
    weighting = made.weighting;
  };
}

/** After how many steps the cost of a method repeats: one that works hard in every k-th step only is timed over k steps. */
export function costPeriod(methodText: string): number {
  const every = readMethod(methodText).params['every'];
  return typeof every === 'number' ? every : 1;
}

function readMethod(text: string) {
  const [id = '', given = ''] = text.split(':');
  const method = methodOf(id);
  return { method, params: parseParams(`method ${id}`, method.params, given) };
}
