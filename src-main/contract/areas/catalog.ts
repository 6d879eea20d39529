/** Calls that list what an experiment can be made of, with parameters as data: forms are drawn from them, never written by hand. */
import * as v from 'valibot';
import { taskKindIds } from '../../vocabulary/taskKinds.ts';
import { recordOf } from '../bounded.ts';
import { count, InputShape, limits, nothing, paramValues, ParamSpecs, text } from './common.ts';

export const MethodEntry = v.object({
  id: text,
  title: text,
  paper: text,
  summary: text,
  whenToUse: text,
  formula: text,
  traps: v.array(text),
  cost: text,
  needs: v.picklist(['losses', 'gramian', 'look-ahead', 'branches']),
  params: ParamSpecs,
});

export const AdviceEntry = v.object({ id: text, symptom: text, signs: text, first: v.array(text), why: text, avoid: text });

export const NetworkEntry = v.object({
  id: text,
  title: text,
  summary: text,
  paper: v.nullable(text),
  inputs: v.array(v.picklist(['table', 'image', 'sequence'])),
  minimumSide: count,
  params: ParamSpecs,
});

export const TaskEntry = v.object({
  id: v.picklist(taskKindIds),
  title: text,
  losses: v.array(text),
  metrics: v.array(text),
  defaultMetric: text,
});

const Named = v.object({ id: text, title: text, help: text, params: ParamSpecs });

const parameterCount = v.object({ trained: count, states: count });

/** A layer of the drawing; children are the layers inside a block. */
export interface LayerPicture {
  readonly name: string;
  readonly path: string;
  readonly kind: string;
  readonly inputShape: readonly number[];
  readonly outputShape: readonly number[];
  readonly parameters: { readonly trained: number; readonly states: number };
  readonly children: readonly LayerPicture[];
}

export const LayerPicture: v.GenericSchema<LayerPicture> = v.object({
  name: text,
  path: text,
  kind: text,
  inputShape: v.array(count),
  outputShape: v.array(count),
  parameters: parameterCount,
  children: v.array(v.lazy(() => LayerPicture)),
});

export const NetworkPicture = v.object({
  id: text,
  inputShape: v.array(count),
  outputShape: v.array(count),
  depths: v.array(text), // places for heads inside, first to last; 'end' is always there too
  suggested: recordOf(v.array(text)), // '1', '2', '3' heads -> depths
  parameters: parameterCount, // of the trunk
  stages: v.array(v.object({ depth: v.nullable(text), layer: LayerPicture })),
  heads: v.array(v.object({ id: text, depth: text, layer: LayerPicture })),
});

const HeadInput = v.strictObject({
  id: v.pipe(v.string(), v.maxLength(limits.name)),
  depth: v.pipe(v.string(), v.maxLength(limits.name)),
  outputs: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100_000)),
});

export const catalogCalls = {
  'catalog.methods': { input: nothing, output: v.array(MethodEntry) }, // in the order in which a person should see them
  'catalog.advice': { input: nothing, output: v.array(AdviceEntry) },
  'catalog.networks': { input: nothing, output: v.array(NetworkEntry) },
  'catalog.tasks': { input: nothing, output: v.array(TaskEntry) },
  'catalog.training': {
    input: nothing,
    output: v.object({
      schedules: v.array(Named),
      optimizers: v.array(Named),
      learningRates: v.array(Named),
      repeats: v.array(v.object({ pairs: count, title: text, help: text })),
    }),
  },
  /** The network for an input, drawn with its heads.  Refused when it does not take such data. */
  'catalog.network': {
    input: v.strictObject({
      id: v.pipe(v.string(), v.maxLength(limits.name)),
      params: v.optional(paramValues, {}),
      input: InputShape,
      heads: v.optional(v.pipe(v.array(HeadInput), v.maxLength(64)), []),
    }),
    output: NetworkPicture,
  },
} as const;

export type MethodEntry = v.InferOutput<typeof MethodEntry>;
export type AdviceEntry = v.InferOutput<typeof AdviceEntry>;
export type NetworkEntry = v.InferOutput<typeof NetworkEntry>;
export type NetworkPicture = v.InferOutput<typeof NetworkPicture>;
export type TaskEntry = v.InferOutput<typeof TaskEntry>;
