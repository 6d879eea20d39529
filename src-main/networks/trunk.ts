/** Puts the stages of a network together and answers for its depths and heads. What all networks share stands here, what one network is stands in its file. */
import { LabError, unknownName } from '../contract/errors.ts';
import type { Params } from '../contract/params.ts';
import type { Layer, Shape } from './layer.ts';
import type { Trunk } from './network.ts';

export interface StageDesign {
  readonly name: string; // of its path, 'trunk/<name>', and of its depth
  readonly layer: Layer;
  readonly isDepth?: boolean; // a head can sit behind it
}

export interface TrunkDesign {
  readonly network: string;
  readonly stages: readonly StageDesign[];
  endHead(outputs: number): Layer;
  depthHead(outputs: number): Layer;
  /** Depths that the network's paper or proof has for a number of heads; others are spread evenly. */
  readonly usualDepths?: Readonly<Record<number, readonly string[]>>;
}

/** Builds the stages one behind the other from the shape of one input row.
 *  @throws LabError bad-input when a layer does not fit its input */
export function assembleTrunk(inputShape: Shape, design: TrunkDesign): Trunk {
  let shape = inputShape;
  const stages = design.stages.map(({ name, layer, isDepth }) => {
    const built = layer(shape, `trunk/${name}`);
    shape = built.outputShape;
    return { depth: isDepth === true ? name : null, layer: built };
  });
  const depths = design.stages.filter((stage) => stage.isDepth === true).map((stage) => stage.name);
  return {
    stages,
    head(depth, outputs) {
      if (!Number.isInteger(outputs) || outputs < 1) throw new RangeError(`A head needs at least one output. Received: ${outputs}`);
      if (depth === 'end') return design.endHead(outputs);
      if (!depths.includes(depth)) throw unknownName(`depth of the network ${design.network}`, depth, [...depths, 'end']);
      return design.depthHead(outputs);
    },
    suggestedDepths(count) {
      return design.usualDepths?.[count] ?? spreadDepths(design.network, depths, count);
    },
  };
}

/** `count` of the depths, evenly spread; the last one, where the main head is near, only when all are needed. */
function spreadDepths(network: string, depths: readonly string[], count: number): string[] {
  if (!Number.isInteger(count) || count < 0 || count > depths.length) {
    throw new LabError(
      'bad-input',
      `The network ${network} has ${depths.length} depths for intermediate heads (${depths.join(', ')}). Requested: ${count} heads.`,
    );
  }
  const candidates = depths.length > count ? depths.slice(0, -1) : depths;
  return Array.from({ length: count }, (_, k) => candidates[Math.floor(((k + 0.5) * candidates.length) / count)] ?? 'end');
}

/** A checked parameter that is a number. */
export function numberParam(params: Params, name: string): number {
  const value = params[name];
  if (typeof value !== 'number') throw new TypeError(`The parameter ${name} must be a number. Received: ${String(value)}`);
  return value;
}

/** A checked parameter that is true or false. */
export function booleanParam(params: Params, name: string): boolean {
  const value = params[name];
  if (typeof value !== 'boolean') throw new TypeError(`The parameter ${name} must be true or false. Received: ${String(value)}`);
  return value;
}
