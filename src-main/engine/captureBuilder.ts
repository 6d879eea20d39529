/** Writes the training graph: every method records one computation on stand-ins for parameters and batch, and answers the output to run. */
import { size, type ParameterSpec } from '../networks/layer.ts';
import type { WeightFormula } from '../methods/arithmetic.ts';
import type { Ops, Tensor } from '../networks/ops.ts';
import type { NativeBackend } from './backend.ts';
import type { Ref } from './graph.ts';
import { attr, dataType, GraphBuilder } from './graph.ts';
import { lookAhead } from './lookAhead.ts';
import { combineGradients, finishGradients, gradientGramian, predictions, taskGradients, trainingLosses, weightedGradients } from './program.ts';
import type { StepTensors } from './program.ts';
import { Recorder } from './recorder.ts';
import type { StepEngineOptions } from './stepEngine.ts';
import { scalarLayout, stateShapes } from './stepEngine.ts';

const float = { T: attr.type(dataType.float) };
const variableType = { dtype: attr.type(dataType.float) };
let graphCount = 0; // keeps the variables of several graphs in one process apart

interface Variable {
  readonly handle: Ref;
  readonly value: Ref; // a read
}

export class CaptureBuilder {
  readonly graph = new GraphBuilder();
  readonly variables = new Map<string, Variable>();
  readonly write = new Map<string, { readonly feed: Ref; readonly shape: readonly number[]; readonly done: Ref }>();
  readonly feeds: { readonly x: Ref; readonly mask: Ref | null };
  readonly #ops: Ops;
  readonly #options: StepEngineOptions;
  readonly #recorder: Recorder;
  readonly #prefix = `g${graphCount++}`;
  readonly #scalars: readonly Ref[];
  readonly #seeds: readonly Ref[];
  #declared = 0;

  constructor(ops: Ops, native: NativeBackend, options: StepEngineOptions) {
    this.#ops = ops;
    this.#options = options;
    this.#recorder = new Recorder(native, this.graph);
    const { program, optimizer } = options;
    const { model } = program;
    for (const [name, shape] of stateShapes(program, optimizer)) this.#declare(name, shape, true);
    const sequence = model.input.kind === 'sequence';
    this.feeds = {
      x: this.#placeholder('x', [program.batch, ...model.input.shape]),
      mask: sequence ? this.#placeholder('mask', [program.batch, model.input.shape[0]]) : null,
    };
    program.labelGroups.forEach((group, k) => {
      if (program.labelGroups.indexOf(group) !== k) return;
      this.#placeholder(`labels_${group}`, [program.batch, model.tasks[k]?.outputs ?? 1]);
      this.#placeholder(`row_weights_${group}`, [program.batch]);
    });
    this.#scalars = this.#unpack('scalars', [scalarLayout(options).length], dataType.float);
    this.#seeds = model.streams.length === 0 ? [] : this.#unpack('seeds', [model.streams.length, 2], dataType.int32);
  }

  /** [losses, squared gradient norms], with every update done before the output is there. */
  weightedStep(): Ref {
    return this.#step(undefined, this.#options.needs.factors);
  }

  /** [losses, weights of the formula, squared gradient norms], likewise. */
  formulaStep(): Ref {
    return this.#step(this.#options.needs.formula?.formula, false);
  }

  #step(formula: WeightFormula | undefined, isGated: boolean): Ref {
    return this.#record((parameters, inputs) => {
      const { losses, weights, gradients, assigned } = weightedGradients(this.#options.program, this.#ops, parameters, inputs, formula);
      const { squares, updates } = this.#update(gradients);
      const output = this.#output([...losses, ...(weights === null ? [] : [weights]), squares], [...updates, ...this.#settle(assigned)]);
      for (const tensor of [...losses, ...(weights === null ? [] : [weights])]) tensor.dispose();
      return output;
    }, isGated);
  }

  /** [losses, Gramian] without any update. */
  look(over: 'trunk' | 'representation'): Ref {
    const { tf } = this.#ops;
    return this.#record((parameters, inputs) => {
      const { losses, gramian } = gradientGramian(this.#options.program, this.#ops, parameters, inputs, over);
      const output = this.#output([...losses, tf.reshape(gramian, [-1])], []);
      losses.forEach((loss) => loss.dispose());
      return output;
    });
  }

  /** [losses ahead, losses behind, epsilon] without any update; the length of the virtual step comes in as the learning rate. */
  lookAhead(): Ref {
    const { program } = this.#options;
    const { input, tasks } = program.model;
    const rows = program.heldOutBatch ?? 0;
    const mask = input.kind === 'sequence' ? this.#placeholder('held_out_mask', [rows, input.shape[0]]) : null;
    const [x, labels, rowWeights] = [
      this.#placeholder('held_out_x', [rows, ...input.shape]),
      this.#placeholder('held_out_labels', [rows, tasks[0]?.outputs ?? 1]),
      this.#placeholder('held_out_row_weights', [rows]),
    ];
    return this.#record((parameters, inputs) => {
      const heldOut = {
        x: this.#stand(x, [rows, ...input.shape]),
        mask: mask === null ? null : this.#stand(mask, [rows, input.shape[0] ?? 0]),
        labels: this.#stand(labels, [rows, tasks[0]?.outputs ?? 1]),
        rowWeights: this.#stand(rowWeights, [rows]),
      };
      const rate = this.#stand(at(this.#scalars, tasks.length), []);
      const { plus, minus, epsilon } = lookAhead(program, this.#ops, parameters, inputs, heldOut, rate);
      return this.#output([...plus, ...minus, epsilon], []);
    });
  }

  /** The two halves of a step with weights from outside: gradients rest in variables in between. */
  halves(): { readonly observe: Ref; readonly apply: Ref } {
    const { program } = this.#options;
    const { tf } = this.#ops;
    const { model } = program;
    const heads = model.trainable.filter((spec) => !model.trunkPaths.has(spec.path));
    const trunkSize = model.trainable.filter((spec) => model.trunkPaths.has(spec.path)).reduce((sum, spec) => sum + size(spec.shape), 0);
    const rows = this.#declare('#rows', [model.tasks.length, trunkSize], false);
    const headVariables = new Map(heads.map((spec) => [spec.path, this.#declare(`#gradient/${spec.path}`, spec.shape, false)]));
    const observe = this.#record((parameters, inputs) => {
      const seen = taskGradients(program, this.#ops, parameters, inputs);
      const stored = [
        [rows.handle, seen.rows] as const,
        ...heads.map((spec) => [there(headVariables.get(spec.path), spec.path).handle, seen.headGradients.get(spec.path) as Tensor] as const),
      ];
      const assigns = stored.map(([handle, value]) => this.#assign(handle, this.#recorder.ref(value)));
      const output = this.#output([...seen.losses, tf.reshape(seen.gramian, [-1])], [...assigns, ...this.#settle(seen.assigned)]);
      for (const tensor of [...seen.losses, ...seen.headGradients.values()]) tensor.dispose();
      return output;
    });
    const apply = this.#record((parameters, inputs) => {
      const rowsTensor = tf.zeros([model.tasks.length, trunkSize]);
      this.#recorder.bind(rowsTensor, rows.value);
      const headTensors = new Map(
        heads.map((spec) => {
          const tensor = tf.zeros([...spec.shape]);
          this.#recorder.bind(tensor, there(headVariables.get(spec.path), spec.path).value);
          return [spec.path, tensor] as const;
        }),
      );
      const { squares, updates } = this.#update(combineGradients(program, this.#ops, parameters, rowsTensor, inputs.weights, headTensors));
      return this.#output([squares], updates);
    });
    return { observe, apply };
  }

  losses(): Ref {
    return this.#record((parameters, inputs) => this.#output(trainingLosses(this.#options.program, this.#ops, parameters, inputs), []));
  }

  predict(): Ref[] {
    const { program } = this.#options;
    const { input } = program.model;
    const { tf } = this.#ops;
    const xRef = this.#placeholder('evaluation_x', [program.evaluationBatch, ...input.shape]);
    const maskRef = input.kind === 'sequence' ? this.#placeholder('evaluation_mask', [program.evaluationBatch, input.shape[0]]) : null;
    return tf.tidy(() => {
      const parameters = this.#parameters();
      const x = this.#stand(xRef, [program.evaluationBatch, ...input.shape]);
      const mask = maskRef === null ? null : this.#stand(maskRef, [program.evaluationBatch, input.shape[0] ?? 0]);
      const outputs = this.#recorder.record(() => predictions(program, this.#ops, parameters, x, mask));
      return outputs.map((output) => this.#recorder.ref(output));
    });
  }

  /** Records a computation on stand-ins for the parameters and the batch. */
  #record(compute: (parameters: Map<string, Tensor>, inputs: StepTensors) => Ref, isGated = false): Ref {
    const { program } = this.#options;
    const { model } = program;
    const layout = scalarLayout(this.#options);
    const scalars = (first: number, count: number): Tensor[] => Array.from({ length: count }, (_, k) => this.#stand(at(this.#scalars, first + k), []));
    return this.#ops.tf.tidy(() => {
      const parameters = this.#parameters();
      const groups = program.labelGroups;
      const inputs: StepTensors = {
        x: this.#stand(this.feeds.x, [program.batch, ...model.input.shape]),
        mask: this.feeds.mask === null ? null : this.#stand(this.feeds.mask, [program.batch, model.input.shape[0] ?? 0]),
        labels: groups.map((group, k) => this.#stand(`labels_${group}:0`, [program.batch, model.tasks[k]?.outputs ?? 1])),
        rowWeights: groups.map((group) => this.#stand(`row_weights_${group}:0`, [program.batch])),
        weights: scalars(0, groups.length),
        factors: isGated ? scalars(layout.factors, groups.length) : null,
        formulaInputs: scalars(layout.formulaInputs, this.#options.needs.formula?.inputCount ?? 0),
        seeds: new Map(model.streams.map((stream, position) => [stream, this.#stand(at(this.#seeds, position), [2], 'int32')])),
      };
      return this.#recorder.record(() => compute(parameters, inputs));
    });
  }

  /** The initial values stand in for the variables while a computation is recorded. */
  #parameters(): Map<string, Tensor> {
    const { program, initial } = this.#options;
    return new Map(
      program.model.parameters.map((spec) => {
        const values = initial.get(spec.path);
        const tensor = values === undefined ? this.#ops.tf.zeros([...spec.shape]) : this.#ops.tf.tensor(values.slice(), [...spec.shape]);
        this.#recorder.bind(tensor, this.#variable(spec.path).value);
        return [spec.path, tensor];
      }),
    );
  }

  #stand(ref: Ref, shape: readonly number[], dtype: 'float32' | 'int32' = 'float32'): Tensor {
    const tensor = this.#ops.tf.zeros([...shape], dtype);
    this.#recorder.bind(tensor, ref);
    return tensor;
  }

  #update(gradients: ReadonlyMap<string, Tensor>): { readonly squares: Tensor; readonly updates: string[] } {
    const { program, optimizer } = this.#options;
    const finished = finishGradients(program, this.#ops, gradients);
    const first = program.model.tasks.length;
    const scalars = this.#scalars.slice(first, first + optimizer.scalarCount);
    const updates = program.model.trainable.flatMap((spec) => {
      const gradient = finished.gradients.get(spec.path) as Tensor;
      if (optimizer.capture === null) return this.#updateByOperations(spec, gradient, scalars);
      const [variable, ...slots] = this.#variablesOf(spec).map(({ handle }) => handle) as [Ref, ...Ref[]]; // the parameter's own is there
      return [optimizer.capture(this.graph, variable, slots, this.#recorder.ref(gradient), scalars, spec)];
    });
    return { squares: finished.squares, updates };
  }

  #variable(name: string): Variable {
    return there(this.variables.get(name), name);
  }

  /** A parameter and its slots. */
  #variablesOf(spec: ParameterSpec): Variable[] {
    const names = [spec.path, ...this.#options.optimizer.slots.map((slot) => `${spec.path}#${slot.name}`)];
    return names.map((name) => this.#variable(name));
  }

  /** For optimizers without a fused kernel: every new value is there before the first one is written. */
  #updateByOperations(spec: ParameterSpec, gradient: Tensor, scalars: readonly Ref[]): string[] {
    const variables = this.#variablesOf(spec);
    const [parameter, ...slots] = variables.map(({ value }) => this.#stand(value, spec.shape));
    const numbers = scalars.map((ref) => this.#stand(ref, []));
    const next = this.#options.optimizer.update(this.#ops.tf, parameter as Tensor, slots, gradient, numbers, spec).map((value) => this.#recorder.ref(value));
    const ready = next.map((ref) => `^${ref.split(':')[0] ?? ''}`);
    return variables.map(({ handle }, position) => this.#assign(handle, at(next, position), ready));
  }

  #settle(assigned: ReadonlyMap<string, Tensor>): string[] {
    return [...assigned].map(([path, value]) => {
      const node = this.#assign(this.#variable(path).handle, this.#recorder.ref(value));
      value.dispose();
      return node;
    });
  }

  #assign(handle: Ref, value: Ref, after: readonly Ref[] = []): string {
    return this.graph.node('AssignVariableOp', [handle, value, ...after], variableType);
  }

  /** One flat output of all parts, there only after the given nodes ran. */
  #output(parts: readonly Tensor[], after: readonly string[]): Ref {
    const flat = this.#ops.tf.concat(parts.map((part) => this.#ops.tf.reshape(part, [part.size])));
    return `${this.graph.node('Identity', [this.#recorder.ref(flat), ...after.map((name) => `^${name}`)], float)}:0`;
  }

  /** A variable with its read; a writable one also gets a placeholder and an assignment. */
  #declare(name: string, shape: readonly number[], writable: boolean): Variable {
    const position = this.#declared++;
    const handle = `${this.graph.node('VarHandleOp', [], { ...variableType, shape: attr.shape(shape), shared_name: attr.text(`${this.#prefix}/${position}`), container: attr.text('') })}:0`;
    const variable = { handle, value: `${this.graph.node('ReadVariableOp', [handle], variableType)}:0` };
    if (!writable) return variable;
    this.variables.set(name, variable);
    const feed = this.#placeholder(`write_${position}`, shape);
    // A variable that shared the memory of a JavaScript array could free it on a TensorFlow thread: copy first.
    const copy = `${this.graph.node('DeepCopy', [feed], float)}:0`;
    const done = `${this.graph.node('Identity', [this.graph.float(1), `^${this.#assign(handle, copy)}`], float)}:0`;
    this.write.set(name, { feed, shape, done });
    return variable;
  }

  #placeholder(name: string, shape: readonly number[], dtype: number = dataType.float): Ref {
    return `${this.graph.node('Placeholder', [], { dtype: attr.type(dtype), shape: attr.shape(shape) }, name)}:0`;
  }

  /** A placeholder whose first axis comes apart: one output a row. */
  #unpack(name: string, shape: readonly number[], dtype: number): Ref[] {
    const feed = this.#placeholder(name, shape, dtype);
    const count = shape[0] ?? 0;
    const node = this.graph.node('Unpack', [feed], { T: attr.type(dtype), num: attr.int(count), axis: attr.int(0) });
    return Array.from({ length: count }, (_, position) => `${node}:${position}`);
  }
}

/** @throws Error: what was never declared is a fault of the program, not an empty name */
function there<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`The graph has nothing named "${name}".`);
  return value;
}

function at(refs: readonly Ref[], position: number): Ref {
  return there(refs[position], `number ${position}`);
}
