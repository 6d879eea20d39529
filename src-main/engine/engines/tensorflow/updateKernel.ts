/** Writes an optimizer's step into a graph as TensorFlow's own kernel, which moves a variable and its slots in place. */
import type { ParameterSpec } from '../../../networks/layer.ts';
import type { FusedKernel } from '../../../vocabulary/optimizers/optimizer.ts';
import type { UpdateKernel } from '../../program/optimizers.ts';
import { attr, dataType, type GraphBuilder, type Ref } from './graph.ts';

export interface UpdateRefs {
  readonly variable: Ref;
  readonly slots: readonly Ref[];
  readonly gradient: Ref;
  readonly numbers: readonly Ref[]; // the learning rate, then the optimizer's own
}

/** @returns the name of the kernel's node */
export function captureUpdate(graph: GraphBuilder, { fused, decayOf }: UpdateKernel, refs: UpdateRefs, spec: ParameterSpec): string {
  const { variable, slots, gradient, numbers } = refs;
  const [learningRate, ...scalars] = numbers;
  if (learningRate === undefined) throw new Error('An optimizer needs a learning rate.');
  const decay = decayOf(spec);
  const after = decay > 0 ? [`^${captureShrinking(graph, variable, learningRate, decay)}`] : [];
  return captureKernel(graph, fused, { parameter: [variable], slots, learningRate: [learningRate], scalars, gradient: [gradient] }, after);
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
