/** The shape of one input row as a network sees it. */
import * as v from 'valibot';
import { countUpTo } from './bounded.ts';
import type { DeepReadonly } from './readonly.ts';

const side = v.pipe(countUpTo(1_000_000), v.minValue(1));

export const InputShape = v.variant('kind', [
  v.strictObject({ kind: v.literal('table'), shape: v.strictTuple([side]) }), // [features]
  v.strictObject({ kind: v.literal('image'), shape: v.strictTuple([side, side, side]) }), // [height, width, channels]
  v.strictObject({ kind: v.literal('sequence'), shape: v.strictTuple([side, side]) }), // [steps, features]
]);

export type InputShape = DeepReadonly<v.InferOutput<typeof InputShape>>;
