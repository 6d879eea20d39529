/** What a layer is: built once from the shape of one row, then applied to batches with parameters that others hold. Layers have no state of their own. */
import type { Ops, Tensor } from './ops.ts';

/** Shape of one row, without the batch dimension. */
export type Shape = readonly number[];

export type Initializer =
  // U(-l, l), l = sqrt(6 / (fanIn + fanOut)) (Glorot & Bengio 2010, eq. 16)
  | { readonly kind: 'glorot-uniform'; readonly fanIn: number; readonly fanOut: number }
  | { readonly kind: 'he-normal'; readonly fanIn: number } // N(0, 2 / fanIn) (He et al. 2015, eq. 10)
  | { readonly kind: 'orthogonal' } // of a [rows, columns] matrix (Saxe et al. 2014)
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'values'; readonly values: readonly number[] };

export interface ParameterSpec {
  readonly path: string; // 'trunk/stem/conv/kernel'; names the parameter in checkpoints and keys its initial values
  readonly shape: readonly number[];
  readonly initial: Initializer;
  readonly role: 'kernel' | 'bias' | 'scale' | 'state'; // weight decay concerns kernels; a state is assigned, not trained
}

/** What a layer finds while it is applied. */
export interface LayerRun {
  readonly ops: Ops;
  readonly training: boolean;
  readonly mask: Tensor | null; // [B, T] of a sequence batch: 1 where a time step is valid
  parameter(path: string): Tensor;
  /** New value of a state parameter, in force after this step. */
  assign(path: string, value: Tensor): void;
  /** Uniform numbers in [0, 1) of the layer's own random stream for this step. */
  uniform(stream: string, shape: readonly number[]): Tensor;
}

export interface BuiltLayer {
  readonly kind: string; // 'conv 3x3', for the picture of the network
  readonly path: string;
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  readonly parameters: readonly ParameterSpec[];
  readonly streams: readonly string[]; // names of its random streams
  readonly children: readonly BuiltLayer[];
  apply(x: Tensor, run: LayerRun): Tensor;
}

/** A layer before it is built.  @throws LabError bad-input when the shape does not fit */
export type Layer = (inputShape: Shape, path: string) => BuiltLayer;

export function size(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
