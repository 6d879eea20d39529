/** A network in plain data: parameter counts and the picture of its layers, for lists and drawings. */
import type { BuiltLayer, ParameterSpec, Shape } from './layer.ts';
import { size } from './layer.ts';
import type { Trunk } from './network.ts';
import { depthNames, depthShape } from './network.ts';

export interface ParameterCount {
  readonly trained: number;
  readonly states: number; // moving averages: assigned, not trained
}

export interface LayerPicture {
  readonly name: string; // last part of its path
  readonly path: string;
  readonly kind: string;
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  readonly parameters: ParameterCount;
  readonly children: readonly LayerPicture[];
}

export interface StagePicture extends LayerPicture {
  readonly depth: string | null;
}

export interface HeadPicture extends LayerPicture {
  readonly depth: string;
}

export interface TrunkPicture {
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  readonly depths: readonly string[];
  readonly parameters: ParameterCount;
  readonly stages: readonly StagePicture[];
}

export function countParameters(specs: readonly ParameterSpec[]): ParameterCount {
  const of = (chosen: readonly ParameterSpec[]): number => chosen.reduce((sum, spec) => sum + size(spec.shape), 0);
  return { trained: of(specs.filter((spec) => spec.role !== 'state')), states: of(specs.filter((spec) => spec.role === 'state')) };
}

export function describeTrunk(trunk: Trunk): TrunkPicture {
  return {
    inputShape: trunk.stages[0]?.layer.inputShape ?? [],
    outputShape: trunk.stages.at(-1)?.layer.outputShape ?? [],
    depths: depthNames(trunk),
    parameters: countParameters(trunk.stages.flatMap((stage) => stage.layer.parameters)),
    stages: trunk.stages.map(({ depth, layer }) => ({ ...describeLayer(layer), depth })),
  };
}

/** The head that a task would get at a depth ('end' or a stage's). */
export function describeHead(trunk: Trunk, depth: string, outputs: number, path = `heads/${depth}`): HeadPicture {
  return { ...describeLayer(trunk.head(depth, outputs)(depthShape(trunk, depth) ?? [], path)), depth };
}

function describeLayer(layer: BuiltLayer): LayerPicture {
  return {
    name: layer.path.slice(layer.path.lastIndexOf('/') + 1),
    path: layer.path,
    kind: layer.kind,
    inputShape: layer.inputShape,
    outputShape: layer.outputShape,
    parameters: countParameters(layer.parameters),
    children: layer.children.map(describeLayer),
  };
}
