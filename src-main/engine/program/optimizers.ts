/** The optimizers of the vocabulary as the engines run them: in tensor operations, and with the kernel by whose name an engine may do the same at once. */
import type { OptimizerPlan } from '../../contract/plan.ts';
import type { DeepReadonly } from '../../contract/readonly.ts';
import type { ParameterSpec } from '../../networks/layer.ts';
import type { Ops, Tensor } from '../../networks/ops.ts';
import { optimizerOf } from '../../vocabulary/optimizers/index.ts';
import type { FusedKernel, Slot } from '../../vocabulary/optimizers/optimizer.ts';
import { ownValues } from '../../vocabulary/params.ts';

/** Numbers that change from step to step. */
export interface Scalars {
  readonly learningRate: number;
  readonly own: readonly number[]; // of the optimizer
}

/** The learning rate, then the optimizer's own. */
export function scalarList({ learningRate, own }: Scalars): readonly number[] {
  return [learningRate, ...own];
}

/** A kernel of TensorFlow that moves a parameter and its slots in place. */
export interface UpdateKernel {
  readonly fused: FusedKernel;
  /** What a parameter shrinks by before it, as a share of learning rate times itself (Loshchilov & Hutter 2019); 0: not at all. */
  readonly decayOf: (spec: ParameterSpec) => number;
}

export interface Optimizer {
  readonly slots: readonly Slot[];
  readonly l2: number; // weight decay that is a part of the gradient
  readonly scalarCount: number; // of a step's scalars, in one list
  /** @param step counted from 0 */
  scalars(step: number, learningRate: number): Scalars;
  /** New values of a parameter and its slots, in the order [parameter, ...slots].  @param scalars in the order of scalarList */
  update(ops: Ops, parameter: Tensor, slots: readonly Tensor[], gradient: Tensor, scalars: readonly Tensor[], spec: ParameterSpec): readonly Tensor[];
  readonly kernel: UpdateKernel | null; // null: there is none that does the same
}

export function openOptimizer(plan: DeepReadonly<OptimizerPlan>): Optimizer {
  const entry = optimizerOf(plan.id);
  const params = ownValues(entry.params, plan);
  const decay = plan.weightDecay ?? 0;
  const decayOf = ({ role }: ParameterSpec): number => (entry.decay === 'decoupled' && role === 'kernel' ? decay : 0);
  const kernel = entry.kernel?.(params);
  return {
    slots: entry.slots,
    l2: entry.decay === 'gradient' ? decay : 0,
    scalarCount: 1 + entry.scalars(params, 0).length,
    scalars: (step, learningRate) => ({ learningRate, own: entry.scalars(params, step) }),
    update: (ops, parameter, slots, gradient, [learningRate, ...scalars], spec) => {
      const rate = there(learningRate);
      const share = decayOf(spec);
      const shrunk = share > 0 ? ops.subtract(parameter, ops.multiply(ops.multiply(rate, share), parameter)) : parameter;
      const slot = (position: number): Tensor => there(slots[position]);
      const scalar = (position: number): Tensor => there(scalars[position]);
      return entry.update(ops, { parameter: shrunk, gradient, learningRate: rate, slot, scalar }, params);
    },
    kernel: kernel === undefined ? null : { fused: kernel, decayOf },
  };
}

function there<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('The optimizer asks for a value that it did not declare.');
  return value;
}
