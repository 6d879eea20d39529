/** What can be seen of a training batch without any update: its losses, and where the tasks' gradients point. */
import { floats, type Computation } from './computation.ts';
import { batchSpecs, batchTensors } from './feeds.ts';
import { trainingLosses } from './forward.ts';
import { parametersIn, type Program } from './program.ts';
import { stackOnce } from './step.ts';
import { gradientGramian } from './taskGradients.ts';

export function lookName(over: 'trunk' | 'representation'): string {
  return `look/${over}`;
}

/** Losses, and inner products of the gradients of weights[i] * loss_i on the trunk or at the shared representation. */
export function lookComputation(program: Program, over: 'trunk' | 'representation'): Computation {
  const count = program.model.tasks.length;
  return {
    name: lookName(over),
    feeds: { ...batchSpecs(program), weights: floats(count) },
    outputs: { losses: floats(count), gramian: floats(count, count) },
    compute: (ops, state, feeds) => {
      const batch = batchTensors(program, ops, feeds);
      const { losses, gramian } = gradientGramian(program, ops, parametersIn(state, program), batch, ops.unstack(feeds('weights')), over);
      return { outputs: { losses: stackOnce(ops, losses), gramian }, assigns: new Map(), descent: null };
    },
  };
}

export function lossesComputation(program: Program): Computation {
  return {
    name: 'losses',
    feeds: batchSpecs(program),
    outputs: { losses: floats(program.model.tasks.length) },
    compute: (ops, state, feeds) => {
      const losses = trainingLosses(program, ops, parametersIn(state, program), batchTensors(program, ops, feeds));
      return { outputs: { losses: ops.stack(losses) }, assigns: new Map(), descent: null };
    },
  };
}
