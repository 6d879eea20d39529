import { describe, expect, test } from 'vitest';
import type { InputShape } from '../../src-main/contract/inputShape.ts';
import { describeHead } from '../../src-main/networks/describe.ts';
import { network, networks, networksFor, networksThatFit } from '../../src-main/networks/index.ts';
import { depthNames } from '../../src-main/networks/network.ts';
import { headTrained, image, sequence, table, trained } from './counts.ts';
import { applyWithHeads, batchOf, tf } from './forward.ts';

test('the networks stand in the order of the user, and each kind of input finds its own', () => {
  const ids = networks.map(({ id }) => id);
  const order = ['mlp', 'cnn', 'mini-inception', 'googlenet', 'resnet', 'lstm', 'gru'];
  expect(ids.filter((id) => order.includes(id))).toEqual(order.filter((id) => ids.includes(id)));
  expect(networksFor('table')).toEqual(networks.filter(({ core }) => core === 'dense'));
  expect(networksFor('sequence')).toEqual(networks.filter(({ core }) => core === 'dense' || core === 'recurrent'));
  expect(networksFor('image')).toHaveLength(networks.length);
});

describe('parameter counts', () => {
  test('mlp 64-128-128: (64 + 1) 128 + (128 + 1) 128 = 24832, head (128 + 1) 10 = 1290', () => {
    const trunk = network('mlp').build(table(64), {});
    expect(trained(trunk)).toBe(24832);
    expect(headTrained(trunk, 'end', 10)).toBe(1290);
    expect(headTrained(trunk, 'layer1', 10)).toBe(1290);
  });
});

const smallBuilds: readonly (readonly [id: string, input: InputShape, params: Readonly<Record<string, number | boolean | string>>])[] = [
  ['mlp', table(7), { units: 5, layers: 3, dropout: 0.5, batchNorm: true }],
  ['mlp', image(4, 2), { units: 5 }],
  ['mlp', sequence(3, 4), { units: 5 }],
  ['cnn', image(8, 1), { filters: 4, dropout: 0.2, batchNorm: true }],
  ['cnn', image(9, 3), { filters: 4 }],
  ['mini-inception', image(8, 1), {}],
  ['mini-inception', image(28, 1), {}],
  ['googlenet', image(16, 1), {}],
  ['googlenet', image(16, 3), { batchNorm: true, initial: 'he-normal' }],
  ['resnet', image(16, 3), { depth: 1, width: 4 }],
  ['lstm', sequence(5, 3), { units: 4, layers: 2, dropout: 0.5 }],
  ['lstm', image(8, 2), { units: 4 }],
  ['gru', sequence(5, 3), { units: 4, layers: 2, dropout: 0.5 }],
  ['gru', image(8, 2), { units: 4 }],
];

const builds = smallBuilds.filter(([id]) => networks.some((known) => known.id === id));

test.each(builds)('%s gives finite outputs at its depths and its end, in training and after it: %j %j', (id, input, params) => {
  const trunk = network(id).build(input, params);
  const all = depthNames(trunk);
  const depths = all.length > 5 ? trunk.suggestedDepths(2) : all; // heads of a deep network can have millions of parameters
  for (const training of [true, false]) {
    const outputs = tf.tidy(() =>
      Object.fromEntries([...applyWithHeads(trunk, depths, batchOf(input, 2), 3, training)].map(([depth, output]) => [depth, output.arraySync()])),
    );
    expect(Object.keys(outputs)).toEqual([...depths, 'end']);
    for (const rows of Object.values(outputs)) {
      expect(rows).toEqual(Array.from({ length: 2 }, () => Array.from({ length: 3 }, () => expect.any(Number))));
      expect([rows].flat(3).every(Number.isFinite)).toBe(true);
    }
  }
});

test('every depth of every network takes a head', () => {
  for (const { id, inputs } of networks) {
    const trunk = network(id).build(inputs.includes('image') ? image(32, 3) : table(4), {});
    for (const depth of depthNames(trunk)) expect(describeHead(trunk, depth, 7).outputShape, `${id} ${depth}`).toEqual([7]);
  }
});

test('every parameter has a path of its own, under trunk/', () => {
  for (const { id, inputs } of networks) {
    const trunk = network(id).build(inputs.includes('image') ? image(32, 3) : table(4), {});
    const paths = trunk.stages.flatMap((stage) => stage.layer.parameters.map((spec) => spec.path));
    expect(new Set(paths).size, id).toBe(paths.length);
    expect(
      paths.every((path) => path.startsWith('trunk/')),
      id,
    ).toBe(true);
  }
});

describe('depths', () => {
  test('suggested depths are spread evenly and leave the last one to the main head', () => {
    expect(network('mlp').build(table(4), { layers: 5 }).suggestedDepths(2)).toEqual(['layer2', 'layer4']);
    expect(network('mlp').build(table(4), { layers: 3 }).suggestedDepths(3)).toEqual(['layer1', 'layer2', 'layer3']);
    expect(network('mlp').build(table(4), {}).suggestedDepths(0)).toEqual([]);
  });

  test('more heads than depths are refused', () => {
    expect(() => network('mlp').build(table(4), { layers: 3 }).suggestedDepths(4)).toThrow(
      'The network mlp has 3 depths for intermediate heads (layer1, layer2, layer3). Requested: 4 heads.',
    );
  });

  test('a depth that does not exist is refused with the nearest one', () => {
    expect(() => network('mlp').build(table(4), {}).head('layr2', 2)).toThrow('Unknown depth of the network mlp "layr2". Did you mean layer2');
  });
});

describe('refusals', () => {
  test('an unknown network', () => {
    expect(() => network('ml')).toThrow('Unknown network "ml". Did you mean mlp');
  });

  const inputs = [table(4), sequence(4, 2), image(32, 3)];
  const others = networks.flatMap((each) => inputs.flatMap((input) => (each.inputs.includes(input.kind) ? [] : [{ id: each.id, input }])));

  test.each(others)('$id on another kind of data: $input', ({ id, input }) => {
    const fitting = networksThatFit(input).map((each) => each.id);
    expect(() => network(id).build(input, {})).toThrow(
      new RegExp(`^The network ${id} takes .+, but this data set is a .+\\. Networks that fit: ${fitting.join(', ')}\\.$`),
    );
  });

  test.each(networks.filter(({ minimumSide }) => minimumSide > 1))('images that are too small for $id', ({ id, minimumSide }) => {
    const small: InputShape = { kind: 'image', shape: [minimumSide - 1, minimumSide + 1, 1] };
    const fitting = networks.filter((each) => each.inputs.includes('image') && each.minimumSide < minimumSide).map((each) => each.id);
    expect(networksThatFit(small).map((each) => each.id)).toEqual(fitting);
    expect(() => network(id).build(small, {})).toThrow(
      `The network ${id} takes images from ${minimumSide} x ${minimumSide} pixels up, ` +
        `but these are ${minimumSide + 1} x ${minimumSide - 1} (width x height). Networks that fit: ${fitting.join(', ')}.`,
    );
  });

  test('a parameter out of its range', () => {
    expect(() => network('mlp').build(table(4), { units: 0 })).toThrow('Network mlp: units must be a whole number from 1 to 8192. Received: 0.');
  });
});
