/** A step in two halves: the tasks' gradients are looked at and rest in the scratch state, until weights from outside say how they are mixed. */
import { floats, type Computation } from './computation.ts';
import { finishGradients } from './descent.ts';
import { batchSpecs, batchTensors } from './feeds.ts';
import { headsOf, parametersIn, type Program } from './program.ts';
import { headGradientName, rowsName } from './state.ts';
import { stackOnce } from './step.ts';
import { combineGradients, taskGradients } from './taskGradients.ts';
import type { Optimizer } from './optimizers.ts';

/** Losses, and inner products of the trunk gradients of weights[i] * loss_i. Running averages move here. */
export function observeComputation(program: Program): Computation {
  const count = program.model.tasks.length;
  return {
    name: 'observe',
    feeds: { ...batchSpecs(program), weights: floats(count) },
    outputs: { losses: floats(count), gramian: floats(count, count) },
    compute: (ops, state, feeds) => {
      const batch = batchTensors(program, ops, feeds);
      const seen = taskGradients(program, ops, parametersIn(state, program), batch, ops.unstack(feeds('weights')));
      const gradients = [...seen.headGradients].map(([path, gradient]) => [headGradientName(path), gradient] as const);
      return {
        outputs: { losses: stackOnce(ops, seen.losses), gramian: seen.gramian },
        assigns: new Map([[rowsName, seen.rows], ...gradients, ...seen.assigned]),
        descent: null,
      };
    },
  };
}

/** The trunk steps along sum_i factors[i] * gradient_i as observed, each head along its own task's gradient. */
export function applyComputation(program: Program, optimizer: Optimizer): Computation {
  return {
    name: 'apply',
    feeds: { factors: floats(program.model.tasks.length), numbers: floats(optimizer.scalarCount) },
    outputs: { gradientSquares: floats(program.model.trainable.length) },
    compute: (ops, state, feeds) => {
      const heads = new Map(headsOf(program).map(({ path }) => [path, state(headGradientName(path))]));
      const combined = combineGradients(program, ops, parametersIn(state, program), state(rowsName), feeds('factors'), heads);
      const { gradients, squares } = finishGradients(program, ops, combined);
      return { outputs: { gradientSquares: squares }, assigns: new Map(), descent: { gradients, numbers: ops.unstack(feeds('numbers')) } };
    },
  };
}
