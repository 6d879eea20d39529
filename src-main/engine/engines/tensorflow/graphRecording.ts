/** Records computations into one TensorFlow graph: each runs once, operation by operation, on stand-ins for state and feeds, while its kernels are written
 *  down. State becomes variables, a descent TensorFlow's own kernel where the optimizer names one. */
import type { ParameterSpec } from '../../../networks/layer.ts';
import type { Ops, Tensor, Tf } from '../../../networks/ops.ts';
import type { NativeBackend } from '../backend.ts';
import type { EngineSpec } from '../engine.ts';
import type { Ref } from './graph.ts';
import { attr, dataType, GraphBuilder } from './graph.ts';
import type { Computation, Descent, Lookup, TensorSpec } from '../../program/computation.ts';
import { computed, floats, named } from '../../program/computation.ts';
import { descended } from '../../program/descent.ts';
import { namesOf } from '../../program/state.ts';
import type { ComputationNames, RecordedGraph, StateNames } from './recordedGraph.ts';
import { captureUpdate } from './updateKernel.ts';
import { Recorder } from './recorder.ts';

const float = { T: attr.type(dataType.float) };
const variableType = { dtype: attr.type(dataType.float) };

interface Variable {
  readonly handle: Ref;
  readonly value: Ref; // the one read of it: a computation that assigns it still sees the value before
  readonly shape: readonly number[];
}

/** @param ops the fused operations of the same back end */
export function recordGraph(tf: Tf, native: NativeBackend, ops: Ops, spec: EngineSpec): RecordedGraph {
  const recording = new GraphRecording(tf, native, ops, spec);
  const state = Object.fromEntries([...spec.state.kept.keys()].map((name) => [name, recording.writing(name)]));
  const computations = Object.fromEntries(spec.computations.map((computation) => [computation.name, recording.computation(computation)]));
  return { model: recording.graph.bytes(), names: { computations, state } };
}

class GraphRecording {
  readonly graph = new GraphBuilder();
  readonly #tf: Tf;
  readonly #ops: Ops;
  readonly #spec: EngineSpec;
  readonly #recorder: Recorder;
  readonly #variables = new Map<string, Variable>();

  constructor(tf: Tf, native: NativeBackend, ops: Ops, spec: EngineSpec) {
    this.#tf = tf;
    this.#ops = ops;
    this.#spec = spec;
    this.#recorder = new Recorder(native, this.graph);
    for (const [name, shape] of [...spec.state.kept, ...spec.state.scratch]) this.#variables.set(name, this.#variable(shape));
  }

  /** A computation's placeholders, and its outputs in one flat list, which is there only after every update is done. */
  computation(computation: Computation): ComputationNames {
    const feeds = Object.fromEntries(Object.entries(computation.feeds).map(([name, spec]) => [name, this.#placeholder(`${computation.name}/${name}`, spec)]));
    return this.#tf.tidy(() => {
      const tensors = Object.entries(computation.feeds).map(([name, spec]) => [name, this.#stand(named(feeds[name], 'feed', name), spec)] as const);
      const state = this.#state();
      const output = this.#recorder.record(() => {
        const { outputs, assigns, descent } = computed(computation, this.#ops, state, new Map(tensors));
        const updates = descent === null ? [] : this.#spec.trainable.flatMap((parameter) => this.#descend(state, descent, parameter));
        const parts = Object.keys(computation.outputs).map((name) => this.#ops.flatten(named(outputs[name], 'output', name)));
        const flat = this.#recorder.ref(this.#ops.concat(parts, 0));
        const assigned = [...assigns].map(([name, value]) => this.#assign(this.#named(name), this.#recorder.ref(value)));
        for (const tensor of [...Object.values(outputs), ...assigns.values()]) tensor.dispose();
        return this.#after(flat, [...updates, ...assigned]);
      });
      return { feeds, output };
    });
  }

  /** A placeholder for a new value of the state, and its assignment. */
  writing(name: string): StateNames {
    const variable = this.#named(name);
    const feed = this.#placeholder(`state/${this.#position(name)}`, floats(...variable.shape));
    // A variable that shared the memory of a JavaScript array could free it on a TensorFlow thread: copy first.
    const copy = `${this.graph.node('DeepCopy', [feed], float)}:0`;
    return { value: variable.value, feed, done: this.#after(this.graph.float(1), [this.#assign(variable, copy)]) };
  }

  /** Stand-ins for the state, made when a computation asks for them. */
  #state(): Lookup {
    const stands = new Map<string, Tensor>();
    return (name) => {
      const { value, shape } = this.#named(name);
      const stand = stands.get(name) ?? this.#stand(value, floats(...shape));
      stands.set(name, stand);
      return stand;
    };
  }

  #descend(state: Lookup, descent: Descent, spec: ParameterSpec): readonly string[] {
    const { optimizer } = this.#spec;
    if (optimizer.kernel === null) {
      const next = descended(this.#ops, optimizer, state, descent, spec).map(([name, value]) => [this.#named(name), this.#recorder.ref(value)] as const);
      const ready = next.map(([, ref]) => `^${ref.split(':')[0] ?? ''}`); // every new value is there before the first one is written
      return next.map(([variable, ref]) => this.#assign(variable, ref, ready));
    }
    const [parameter, ...slots] = namesOf(spec.path, optimizer).map((name) => this.#named(name).handle);
    const gradient = this.#recorder.ref(named(descent.gradients.get(spec.path), 'gradient', spec.path));
    const numbers = descent.numbers.map((number) => this.#recorder.ref(number));
    return [captureUpdate(this.graph, optimizer.kernel, { variable: named(parameter, 'variable', spec.path), slots, gradient, numbers }, spec)];
  }

  #named(name: string): Variable {
    return named(this.#variables.get(name), 'value of the state', name);
  }

  #position(name: string): number {
    return [...this.#variables.keys()].indexOf(name);
  }

  #stand(ref: Ref, { shape, dtype }: TensorSpec): Tensor {
    const tensor = this.#tf.zeros([...shape], dtype);
    this.#recorder.bind(tensor, ref);
    return tensor;
  }

  #variable(shape: readonly number[]): Variable {
    const shared = { shared_name: attr.text(`v${this.#variables.size}`), container: attr.text('') };
    const handle = `${this.graph.node('VarHandleOp', [], { ...variableType, shape: attr.shape(shape), ...shared })}:0`;
    return { handle, value: `${this.graph.node('ReadVariableOp', [handle], variableType)}:0`, shape };
  }

  #assign({ handle }: Variable, value: Ref, after: readonly Ref[] = []): string {
    return this.graph.node('AssignVariableOp', [handle, value, ...after], variableType);
  }

  /** A value that is there only after the given nodes ran. */
  #after(value: Ref, nodes: readonly string[]): Ref {
    return `${this.graph.node('Identity', [value, ...nodes.map((name) => `^${name}`)], float)}:0`;
  }

  #placeholder(name: string, { shape, dtype }: TensorSpec): Ref {
    const type = attr.type(dtype === 'float32' ? dataType.float : dataType.int32);
    return `${this.graph.node('Placeholder', [], { dtype: type, shape: attr.shape(shape) }, name)}:0`;
  }
}
