/** What a network must offer: a trunk of named stages, and the heads that suit it. */
import type { Params, ParamSpecs } from '../contract/params.ts';
import type { InputShape } from '../contract/inputShape.ts';
import type { BuiltLayer, Layer } from './layer.ts';

/** Stages run one after the other. A stage with a depth is a place where a head can sit; 'end' is the output of the last stage. */
export interface TrunkStage {
  readonly depth: string | null;
  readonly layer: BuiltLayer; // its path begins with 'trunk/'
}

export interface Trunk {
  readonly stages: readonly TrunkStage[];
  /** The head of a task at a depth ('end' or a stage's), giving `outputs` numbers a row. The main head is the one at 'end'. */
  head(depth: string, outputs: number): Layer;
  /** `count` depths for intermediate classifiers, spread over the trunk, or as the network's paper has them. */
  suggestedDepths(count: number): readonly string[];
}

export interface Network {
  readonly id: string;
  readonly title: string;
  readonly summary: string; // two plain sentences
  readonly paper: string | null;
  readonly inputs: readonly InputShape['kind'][];
  readonly core: 'dense' | 'convolutional' | 'recurrent'; // what most of its arithmetic is
  readonly minimumSide: number; // of an image, in pixels; 1 when any size will do
  readonly params: ParamSpecs;
  /** @throws LabError bad-input when the input is too small or of another kind */
  build(input: InputShape, params: Params): Trunk;
}

/** Names of the depths of a trunk, first to last, without 'end'. */
export function depthNames(trunk: Trunk): string[] {
  return trunk.stages.flatMap((stage) => (stage.depth === null ? [] : [stage.depth]));
}

/** Shape of the features at a depth, of one row. */
export function depthShape(trunk: Trunk, depth: string): readonly number[] | undefined {
  const stage = depth === 'end' ? trunk.stages.at(-1) : trunk.stages.find((candidate) => candidate.depth === depth);
  return stage?.layer.outputShape;
}
