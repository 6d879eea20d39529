/** The one interface behind which training steps run: eagerly on any tfjs back end, or captured as a TensorFlow graph. */
import type { WeightFormula } from '../methods/arithmetic.ts';
import type { LookAhead } from '../methods/method.ts';
import type { Optimizer, Scalars } from './optimizers.ts';
import type { Program } from './program.ts';

/** The numbers of one training batch. Arrays are not changed after they were handed over. */
export interface Batch {
  readonly x: Float32Array; // [B, ...input]
  readonly mask: Float32Array | null; // [B, T] of a sequence batch
  readonly labels: readonly Float32Array[]; // a task each, [B, outputs]
  readonly rowWeights: readonly Float32Array[]; // a task each, [B]
  readonly seeds: ReadonlyMap<string, readonly [number, number]>; // random stream -> int32 key of this step
}

/** Held-out rows, with the labels of the main task. */
export interface HeldOutBatch {
  readonly x: Float32Array; // [B', ...input]
  readonly mask: Float32Array | null;
  readonly labels: Float32Array; // [B', outputs]
  readonly rowWeights: Float32Array; // [B']
}

export interface Look {
  readonly losses: readonly number[];
  readonly gramian: readonly (readonly number[])[]; // [K, K]
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
  /** One step along the gradient of sum_i weights[i] * loss_i.
   *  @param factors what each task's gradient is multiplied with on its way into the trunk, the heads' own staying as they are; only with needs.factors */
  step(batch: Batch, weights: readonly number[], scalars: Scalars, factors?: readonly number[]): StepOutcome;
  /** One step along the gradient of sum_i lambdas[i] * f_i(losses) * loss_i with the weights f of the formula in needs.formula.
   *  @returns also these weights f */
  stepByFormula(batch: Batch, lambdas: readonly number[], inputs: readonly number[], scalars: Scalars): StepOutcome & { readonly weights: readonly number[] };
  /** First half of a step that needs the Gramian: losses, and inner products of the trunk gradients of weights[i] * loss_i. Running averages move here. */
  observe(batch: Batch, weights: readonly number[]): Look;
  /** Second half: the trunk steps along sum_i factors[i] * gradient_i as observed, each head along its own task's gradient. */
  apply(factors: readonly number[], scalars: Scalars): { readonly gradientSquares: Float32Array };
  /** Losses, and inner products of the gradients of weights[i] * loss_i on the trunk or at the shared representation. Changes nothing. */
  look(batch: Batch, weights: readonly number[], over: 'trunk' | 'representation'): Look;
  /** How the losses change along the held-out main gradient after a virtual step of length `rate`. Changes nothing. */
  lookAhead(batch: Batch, weights: readonly number[], rate: number, heldOut: HeldOutBatch): LookAhead;
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
  readonly needs: EngineNeeds;
}

/** What will be called beside predict(); the captured engine records no more. */
export interface EngineNeeds {
  readonly step: boolean;
  readonly factors: boolean; // step() is given factors
  readonly formula: { readonly formula: WeightFormula; readonly inputCount: number } | null; // stepByFormula()
  readonly halves: boolean; // observe() and apply()
  readonly losses: boolean;
  readonly look: readonly ('trunk' | 'representation')[];
  readonly lookAhead: boolean;
}

export const plainSteps: EngineNeeds = { step: true, factors: false, formula: null, halves: false, losses: false, look: [], lookAhead: false };

/** Where the numbers of a step lie in the one list in which a captured engine is fed them: weights, the optimizer's scalars, factors, formula inputs. */
export function scalarLayout({ program, optimizer, needs }: Pick<StepEngineOptions, 'program' | 'optimizer' | 'needs'>): {
  readonly factors: number;
  readonly formulaInputs: number;
  readonly length: number;
} {
  const taskCount = program.model.tasks.length;
  const factors = taskCount + optimizer.scalarCount;
  const formulaInputs = factors + (needs.factors ? taskCount : 0);
  return { factors, formulaInputs, length: formulaInputs + (needs.formula?.inputCount ?? 0) };
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
