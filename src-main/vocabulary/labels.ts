/** The labels that a task of each kind learns from. */
/** The labels of one task, over all rows of its data. */
export type EncodedTarget =
  | { readonly kind: 'classification'; readonly classes: readonly string[]; readonly codes: Int32Array } // [rows], -1 missing
  // [rows] in the target's unit, NaN missing; statistics of the training rows
  | { readonly kind: 'regression'; readonly values: Float64Array; readonly mean: number; readonly standardDeviation: number };
