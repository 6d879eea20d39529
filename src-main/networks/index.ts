/** The networks, in the order the user sees. */
import { LabError, unknownName } from '../contract/errors.ts';
import { checkParams } from '../contract/params.ts';
import type { InputShape } from '../contract/inputShape.ts';
import { cnn } from './cnn.ts';
import { googlenet } from './googlenet.ts';
import { gru } from './gru.ts';
import { lstm } from './lstm.ts';
import { miniInception } from './miniInception.ts';
import { mlp } from './mlp.ts';
import type { Network } from './network.ts';
import { resnet } from './resnet.ts';

/** Every network checks its input and its parameters, and fills in defaults, before it builds. */
export const networks: readonly Network[] = [mlp, cnn, miniInception, googlenet, resnet, lstm, gru].map(checked);

/** @throws LabError bad-input with the nearest names */
export function network(id: string): Network {
  const found = networks.find((candidate) => candidate.id === id);
  if (found === undefined)
    throw unknownName(
      'network',
      id,
      networks.map((candidate) => candidate.id),
    );
  return found;
}

/** The networks that take this kind of input, some perhaps only from a certain size up. */
export function networksFor(kind: InputShape['kind']): readonly Network[] {
  return networks.filter((candidate) => candidate.inputs.includes(kind));
}

/** The networks that take this very shape. */
export function networksThatFit(input: InputShape): readonly Network[] {
  return networksFor(input.kind).filter((candidate) => input.kind !== 'image' || shorterSide(input.shape) >= candidate.minimumSide);
}

function checked(definition: Network): Network {
  return {
    ...definition,
    build(input, params) {
      expectFit(definition, input);
      return definition.build(input, checkParams(`network ${definition.id}`, definition.params, params));
    },
  };
}

function expectFit(definition: Network, input: InputShape): void {
  const fitting = networksThatFit(input).map((candidate) => candidate.id);
  const help = `Networks that fit: ${fitting.join(', ')}.`;
  if (!definition.inputs.includes(input.kind)) {
    const kinds = definition.inputs.map((kind) => kindInWords[kind].many).join(' or ');
    throw new LabError('bad-input', `The network ${definition.id} takes ${kinds}, but this data set is ${kindInWords[input.kind].one}. ${help}`);
  }
  if (input.kind === 'image' && shorterSide(input.shape) < definition.minimumSide) {
    const [height, width] = input.shape;
    const least = `${definition.minimumSide} x ${definition.minimumSide}`;
    throw new LabError(
      'bad-input',
      `The network ${definition.id} takes images from ${least} pixels up, but these are ${width} x ${height} (width x height). ${help}`,
    );
  }
}

function shorterSide(shape: readonly [height: number, width: number, channels: number]): number {
  return Math.min(shape[0], shape[1]);
}

const kindInWords: Readonly<Record<InputShape['kind'], { readonly one: string; readonly many: string }>> = {
  table: { one: 'a table', many: 'tables' },
  image: { one: 'a set of images', many: 'images' },
  sequence: { one: 'a set of sequences', many: 'sequences' },
};
