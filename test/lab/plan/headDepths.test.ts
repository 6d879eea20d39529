import { expect, test } from 'vitest';
import { headDepths } from '../../../src-main/lab/plan/headDepths.ts';
import { defaultNetwork } from '../../../src-main/lab/plan/resolveNetwork.ts';
import { network, networks } from '../../../src-main/networks/index.ts';
import { depthNames } from '../../../src-main/networks/network.ts';

const table = { kind: 'table', shape: [5] } as const;
const image = { kind: 'image', shape: [32, 32, 3] } as const;

test('heads can sit at the depths of the network, and are suggested by it', () => {
  for (const { id, inputs } of networks) {
    const { all, suggested } = headDepths({ id, params: {} }, inputs.includes('image') ? image : table);
    const trunk = network(id).build(inputs.includes('image') ? image : table, {});
    expect(all, id).toEqual(depthNames(trunk));
    expect(suggested(1), id).toEqual(trunk.suggestedDepths(1));
  }
});

test('a network is built with the parameters that were asked for', () => {
  expect(network('mlp').params['layers']).toMatchObject({ default: 2 });
  expect(headDepths({ id: 'mlp', params: { layers: 4 } }, table).all).toHaveLength(4);
});

test('without a wish it is the network that fits the data best', () => {
  for (const input of [image, table, { kind: 'image', shape: [8, 8, 1] } as const]) expect(headDepths(null, input).network).toBe(defaultNetwork(input));
});

test('a network that does not take the data is refused with those that do', () => {
  const other = networks.filter(({ inputs }) => !inputs.includes('table'));
  expect(other.length).toBeGreaterThan(0);
  for (const { id } of other)
    expect(() => headDepths({ id, params: {} }, table)).toThrow(
      new RegExp(`^The network ${id} takes .*, but this data set is a table. Networks that fit: mlp`),
    );
});
