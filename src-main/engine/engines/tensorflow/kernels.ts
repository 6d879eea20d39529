/** Short forms for TensorFlow's kernels by name, and the type that gives a kernel its gradient. */
import type { Tensor, Tf } from '../../../networks/ops.ts';
import type { NativeBackend, OpAttribute } from '../backend.ts';

/** Short forms for calling TensorFlow ops by name. */
export interface Kernels {
  readonly tf: Tf;
  one(op: string, attributes: readonly OpAttribute[], inputs: readonly Tensor[]): Tensor;
  many(op: string, attributes: readonly OpAttribute[], inputs: readonly Tensor[], outputCount: number): Tensor[];
  readonly float: OpAttribute; // T = float
  type(name: string, dtype: 'float32' | 'int32'): OpAttribute;
  ints(name: string, values: readonly number[]): OpAttribute;
  int(name: string, value: number): OpAttribute;
  number(name: string, value: number): OpAttribute;
  flag(name: string, value: boolean): OpAttribute;
  text(name: string, value: string): OpAttribute;
  intTensor(values: readonly number[]): Tensor;
}

export function kernels(tf: Tf, native: NativeBackend): Kernels {
  const { binding } = native;
  return {
    tf,
    one: (op, attributes, inputs) => native.executeSingleOutput(op, attributes, inputs),
    many: (op, attributes, inputs, outputCount) => native.executeMultipleOutputs(op, attributes, inputs, outputCount),
    float: { name: 'T', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
    type: (name, dtype) => ({ name, type: binding.TF_ATTR_TYPE, value: dtype === 'float32' ? binding.TF_FLOAT : binding.TF_INT32 }),
    ints: (name, values) => ({ name, type: binding.TF_ATTR_INT, value: values }),
    int: (name, value) => ({ name, type: binding.TF_ATTR_INT, value }),
    number: (name, value) => ({ name, type: binding.TF_ATTR_FLOAT, value }),
    flag: (name, value) => ({ name, type: binding.TF_ATTR_BOOL, value }),
    text: (name, value) => ({ name, type: binding.TF_ATTR_STRING, value }),
    intTensor: (values) => tf.tensor1d([...values], 'int32'),
  };
}

/** An operation on the inputs whose backward pass gets dy, the inputs and what the forward pass saved, and answers one gradient an input. */
export type WithGradient = (
  inputs: readonly Tensor[],
  forward: (save: (saved: Tensor[]) => void) => Tensor,
  backward: (dy: Tensor, inputs: readonly Tensor[], saved: readonly Tensor[]) => Tensor[],
) => Tensor;

/** a · b of two matrices, each transposed on demand. */
export function matMul(k: Kernels, a: Tensor, b: Tensor, transposeA: boolean, transposeB: boolean): Tensor {
  return k.one('MatMul', [k.float, k.flag('transpose_a', transposeA), k.flag('transpose_b', transposeB)], [a, b]);
}
