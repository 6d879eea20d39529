/** The optimizers of the vocabulary as the engines run them: in tensor operations, and as TensorFlow's fused kernels in captured steps. */
import type { OptimizerPlan } from '../contract/plan.ts';
import type { DeepReadonly } from '../contract/readonly.ts';
import type { ParameterSpec } from '../networks/layer.ts';
import type { Ops, Tensor } from '../networks/ops.ts';
import { optimizerOf } from '../vocabulary/optimizers/index.ts';
import type { FusedKernel, Slot } from '../vocabulary/optimizers/optimizer.ts';
import { ownValues } from '../vocabulary/params.ts';
import type { GraphBuilder, Ref } from './graph.ts';
import { attr, dataType } from './graph.ts';

/** Numbers that change from step to step. */
export interface Scalars {
  readonly learningRate: number;
  readonly own: readonly number[]; // of the optimizer
}

/** The learning rate, then the optimizer's own. */
export function scalarList({ learningRate, own }: Scalars): readonly number[] {
  return [learningRate, ...own];
}

export interface Optimizer {
  readonly slots: readonly Slot[];
  readonly l2: number; // weight decay that is a part of the gradient
  readonly scalarCount: number; // of a step's scalars, in one list
  /** @param step counted from 0 */
  scalars(step: number, learningRate: number): Scalars;
  /** New values of a parameter and its slots, in the order [parameter, ...slots].  @param scalars in the order of scalarList */
  update(ops: Ops, parameter: Tensor, slots: readonly Tensor[], gradient: Tensor, scalars: readonly Tensor[], spec: ParameterSpec): readonly Tensor[];
  /** Adds the kernel that does the same to a variable and its slots in place; answers the node's name. null: there is no such kernel. */
  readonly capture: ((graph: GraphBuilder, variable: Ref, slots: readonly Ref[], gradient: Ref, scalars: readonly Ref[], spec: ParameterSpec) => string) | null;
}

export function openOptimizer(plan: DeepReadonly<OptimizerPlan>): Optimizer {
  const entry = optimizerOf(plan.id);
  const params = ownValues(entry.params, plan);
  const decay = plan.weightDecay ?? 0;
  const shrinks = (spec: ParameterSpec): boolean => entry.decay === 'decoupled' && decay > 0 && spec.role === 'kernel';
  const kernel = entry.kernel?.(params);
  return {
    slots: entry.slots,
    l2: entry.decay === 'gradient' ? decay : 0,
    scalarCount: 1 + entry.scalars(params, 0).length,
    scalars: (step, learningRate) => ({ learningRate, own: entry.scalars(params, step) }),
    update: (ops, parameter, slots, gradient, [learningRate, ...scalars], spec) => {
      const rate = there(learningRate);
      const shrunk = shrinks(spec) ? ops.subtract(parameter, ops.multiply(ops.multiply(rate, decay), parameter)) : parameter;
      const slot = (position: number): Tensor => there(slots[position]);
      const scalar = (position: number): Tensor => there(scalars[position]);
      return entry.update(ops, { parameter: shrunk, gradient, learningRate: rate, slot, scalar }, params);
    },
    capture:
      kernel === undefined
        ? null
        : (graph, variable, slots, gradient, [learningRate, ...scalars], spec) => {
            const rate = there(learningRate);
            const after = shrinks(spec) ? [`^${captureShrinking(graph, variable, rate, decay)}`] : [];
            return captureKernel(graph, kernel, { parameter: [variable], slots, learningRate: [rate], scalars, gradient: [gradient] }, after);
          },
  };
}

type KernelRefs = Readonly<Record<Extract<FusedKernel['inputs'][number], string>, readonly Ref[]>>;

function captureKernel(graph: GraphBuilder, { op, inputs, flags }: FusedKernel, refs: KernelRefs, after: readonly Ref[]): string {
  const listed = inputs.flatMap((input) => (typeof input === 'number' ? [graph.float(input)] : refs[input]));
  const switches = Object.fromEntries(Object.entries(flags).map(([name, isOn]) => [name, attr.bool(isOn)]));
  return graph.node(op, [...listed, ...after], { T: attr.type(dataType.float), use_locking: attr.bool(false), ...switches });
}

/** p -= lr * decay * p, before the step (Loshchilov & Hutter 2019). */
function captureShrinking(graph: GraphBuilder, variable: Ref, learningRate: Ref, decay: number): string {
  const float = { T: attr.type(dataType.float) };
  const value = `${graph.node('ReadVariableOp', [variable], { dtype: attr.type(dataType.float) })}:0`;
  const factor = `${graph.node('Mul', [learningRate, graph.float(decay)], float)}:0`;
  const shrink = `${graph.node('Mul', [factor, value], float)}:0`;
  return graph.node('AssignSubVariableOp', [variable, shrink], { dtype: attr.type(dataType.float) });
}

function there<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('The optimizer asks for a value that it did not declare.');
  return value;
}
