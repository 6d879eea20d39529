/** The one interface behind which training steps run: eagerly on any tfjs back end, or captured as a TensorFlow graph. */
import type { Optimizer, ScalarName } from './optimizers.ts';
import type { Program } from './program.ts';

/** The numbers of one training batch. Arrays are not changed after they were handed over. */
export interface Batch {
  readonly x: Float32Array; // [B, ...input]
  readonly mask: Float32Array | null; // [B, T] of a sequence batch
  readonly labels: readonly Float32Array[]; // a task each, [B, outputs]
  readonly rowWeights: readonly Float32Array[]; // a task each, [B]
  readonly seeds: ReadonlyMap<string, readonly [number, number]>; // random stream -> int32 key of this step
}

export interface StepOutcome {
  readonly losses: readonly number[]; // a task each, unweighted, before the update
  readonly gradientSquares: Float32Array; // squared norm of each trained parameter's gradient, in the order of model.trainable
}

/** Values by name: a parameter is its path, an optimizer slot '<path>#<slot>'. */
export type State = Map<string, Float32Array>;

export interface StepEngine {
  readonly kind: 'eager' | 'captured';
  readonly captureMs: number; // 0 when nothing was captured
  /** One step along the gradient of sum_i weights[i] * loss_i. */
  step(batch: Batch, weights: readonly number[], scalars: Readonly<Record<ScalarName, number>>): StepOutcome;
  /** First half of a step that needs the Gramian: losses, and inner products of the trunk gradients of weights[i] * loss_i. Running averages move here. */
  observe(batch: Batch, weights: readonly number[]): { readonly losses: readonly number[]; readonly gramian: readonly (readonly number[])[] };
  /** Second half: the trunk steps along sum_i factors[i] * gradient_i as observed, each head along its own task's gradient. */
  apply(factors: readonly number[], scalars: Readonly<Record<ScalarName, number>>): { readonly gradientSquares: Float32Array };
  /** Losses of a training batch without any update. */
  losses(batch: Batch): readonly number[];
  /** Outputs of every task in inference mode for evaluationBatch rows: [rows, outputs] each. */
  predict(x: Float32Array, mask: Float32Array | null): readonly Float32Array[];
  read(): State;
  /** Sets the named values. @throws Error when a name is unknown or a length is wrong */
  write(state: ReadonlyMap<string, Float32Array>): void;
  dispose(): void;
}

export interface StepEngineOptions {
  readonly program: Program;
  readonly optimizer: Optimizer;
  readonly initial: ReadonlyMap<string, Float32Array>; // every parameter
  readonly needs: { readonly gramian: boolean; readonly losses: boolean }; // what beside step() and predict() will be called: observe() and apply(), losses()
}

/** Every name of the state with its shape: parameters in path order, then their slots. */
export function stateShapes(program: Program, optimizer: Optimizer): Map<string, readonly number[]> {
  const shapes = new Map<string, readonly number[]>(program.model.parameters.map((spec) => [spec.path, spec.shape]));
  for (const spec of program.model.trainable) for (const slot of optimizer.slots) shapes.set(`${spec.path}#${slot.name}`, spec.shape);
  return shapes;
}

/** First values of the whole state: the given parameters, and slots filled with their constant. */
export function initialState(options: Pick<StepEngineOptions, 'program' | 'optimizer' | 'initial'>): State {
  const state: State = new Map();
  for (const [name, shape] of stateShapes(options.program, options.optimizer)) {
    const given = options.initial.get(name);
    const slot = options.optimizer.slots.find((candidate) => name.endsWith(`#${candidate.name}`));
    state.set(name, given ?? new Float32Array(shape.reduce((product, length) => product * length, 1)).fill(slot?.initial ?? 0));
  }
  return state;
}

/** Matrix rows of a flat [K, K] array. */
export function matrix(values: ArrayLike<number>, size: number): number[][] {
  return Array.from({ length: size }, (_, i) => Array.from({ length: size }, (__, j) => values[i * size + j] ?? NaN));
}
