/** Records TensorFlow kernels while they run and writes them into a graph: an ordinary eager computation becomes a captured one. */
import type { Tensor } from '../../../networks/ops.ts';
import type { NativeBackend, OpAttribute } from '../backend.ts';
import { attr, dataType } from './graph.ts';
import type { GraphBuilder, Ref } from './graph.ts';

export class Recorder {
  readonly #native: NativeBackend;
  readonly #graph: GraphBuilder;
  /** Where the data of a tensor comes from in the graph, with the shape it has there. Weak: entries go with the tensors. */
  readonly #known = new WeakMap<object, { readonly ref: Ref; readonly shape: readonly number[] }>();

  constructor(native: NativeBackend, graph: GraphBuilder) {
    this.#native = native;
    this.#graph = graph;
  }

  /** Says that a tensor stands for an output of the graph: a placeholder, or a variable that is read. */
  bind(tensor: Tensor, ref: Ref): void {
    this.#known.set(tensor.dataId, { ref, shape: tensor.shape });
  }

  /** The graph output that holds a tensor's value. A tensor that no recorded kernel made becomes a constant. */
  ref(tensor: Tensor): Ref {
    const known = this.#known.get(tensor.dataId) ?? this.#constant(tensor);
    const same = known.shape.length === tensor.shape.length && known.shape.every((length, axis) => length === tensor.shape[axis]);
    if (same) return known.ref;
    const shape = this.#graph.constant(Int32Array.from(tensor.shape), [tensor.shape.length], dataType.int32);
    const types = { T: attr.type(this.#native.getDTypeInteger(tensor.dtype)), Tshape: attr.type(dataType.int32) };
    return `${this.#graph.node('Reshape', [known.ref, shape], types)}:0`;
  }

  /** Runs a function while every kernel that it starts is written into the graph.
   *  @throws Error naming the kernel when the function reads a tensor's value: such a step cannot be captured */
  record<T>(compute: () => T): T {
    const native = this.#native as unknown as Record<string, unknown>; // own properties shadow the methods and are deleted again
    const executeSingleOutput = this.#native.executeSingleOutput.bind(this.#native);
    const executeMultipleOutputs = this.#native.executeMultipleOutputs.bind(this.#native);
    const readSync = this.#native.readSync.bind(this.#native);
    let lastOp = 'the first kernel';
    native['executeSingleOutput'] = (op: string, attributes: readonly OpAttribute[], inputs: readonly Tensor[]): Tensor => {
      const output = executeSingleOutput(op, attributes, inputs);
      this.#write(op, attributes, inputs, [output]);
      lastOp = op;
      return output;
    };
    native['executeMultipleOutputs'] = (op: string, attributes: readonly OpAttribute[], inputs: readonly Tensor[], count: number): Tensor[] => {
      const outputs = executeMultipleOutputs(op, attributes, inputs, count);
      this.#write(op, attributes, inputs, outputs);
      lastOp = op;
      return outputs;
    };
    native['readSync'] = (dataId: object): unknown => {
      if (this.#known.has(dataId)) throw new Error(`This step reads a tensor's value after ${lastOp}, so it cannot be captured. Use the eager mode.`);
      return readSync(dataId);
    };
    try {
      return compute();
    } finally {
      delete native['executeSingleOutput'];
      delete native['executeMultipleOutputs'];
      delete native['readSync'];
    }
  }

  #write(op: string, attributes: readonly OpAttribute[], inputs: readonly Tensor[], outputs: readonly Tensor[]): void {
    const refs = inputs.map((input) => ('valueArray' in input ? this.#int64(input) : this.ref(input)));
    const named = Object.fromEntries(attributes.map((given) => [given.name, attr.of(given, this.#native.binding)]));
    // tfjs-node leaves the types of this one kernel to eager execution, which infers them; a graph wants them said.
    if (op === 'ExpandDims')
      Object.assign(named, { T: attr.type(this.#native.getDTypeInteger(inputs[0]?.dtype ?? 'float32')), Tdim: attr.type(dataType.int32) });
    // Grappler would gather chains of additions into one AddN, in an order that depends on who else uses the terms: an auxiliary head with weight 0
    // would then change the rounding of the main task's gradient. This is the mark by which it knows the additions that it is done with.
    if (op === 'AddV2' || op === 'Add' || op === 'AddN') named['_grappler_ArithmeticOptimizer_AddOpsRewriteStage'] = attr.bool(true);
    const name = this.#graph.node(op, refs, named);
    outputs.forEach((output, position) => this.bind(output, `${name}:${position}`));
  }

  /** tfjs-node hands over int64 scalars as an object of its own instead of a tensor. */
  #int64(scalar: object): Ref {
    const { value } = scalar as { readonly value: number };
    return this.#graph.constant(BigInt64Array.of(BigInt(value)), [], dataType.int64);
  }

  #constant(tensor: Tensor): { readonly ref: Ref; readonly shape: readonly number[] } {
    const values = this.#native.readSync(tensor.dataId);
    const copy = tensor.dtype === 'bool' ? Uint8Array.from(values) : tensor.dtype === 'int32' ? Int32Array.from(values) : Float32Array.from(values);
    const entry = { ref: this.#graph.constant(copy, tensor.shape, this.#native.getDTypeInteger(tensor.dtype)), shape: tensor.shape };
    this.#known.set(tensor.dataId, entry);
    return entry;
  }
}
