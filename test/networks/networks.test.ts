import { describe, expect, test } from 'vitest';
import type { InputShape } from '../../src-main/contract/inputShape.ts';
import { describeHead, describeTrunk } from '../../src-main/networks/describe.ts';
import { network, networks, networksFor, networksThatFit } from '../../src-main/networks/index.ts';
import type { Trunk } from '../../src-main/networks/network.ts';
import { depthNames } from '../../src-main/networks/network.ts';
import { applyWithHeads, batchOf, tf } from './forward.ts';

const table = (features: number): InputShape => ({ kind: 'table', shape: [features] });
const image = (side: number, channels: number): InputShape => ({ kind: 'image', shape: [side, side, channels] });
const sequence = (steps: number, features: number): InputShape => ({ kind: 'sequence', shape: [steps, features] });

function trained(trunk: Trunk): number {
  return describeTrunk(trunk).parameters.trained;
}

function headTrained(trunk: Trunk, depth: string, outputs: number): number {
  return describeHead(trunk, depth, outputs).parameters.trained;
}

test('the networks stand in the order of the user', () => {
  expect(networks.map(({ id }) => id)).toEqual(['mlp', 'cnn', 'mini-inception', 'googlenet', 'resnet', 'lstm', 'gru']);
  expect(networksFor('table').map(({ id }) => id)).toEqual(['mlp']);
  expect(networksFor('sequence').map(({ id }) => id)).toEqual(['mlp', 'lstm', 'gru']);
  expect(networksFor('image')).toHaveLength(7);
});

describe('parameter counts', () => {
  test('mlp 64-128-128: (64 + 1) 128 + (128 + 1) 128 = 24832, head (128 + 1) 10 = 1290', () => {
    const trunk = network('mlp').build(table(64), {});
    expect(trained(trunk)).toBe(24832);
    expect(headTrained(trunk, 'end', 10)).toBe(1290);
    expect(headTrained(trunk, 'layer1', 10)).toBe(1290);
  });

  test('cnn with 16 filters on 28x28x1', () => {
    // 3x3 convolutions 1-16-16, 16-32-32, 32-64-64: 160 + 2320 + 4640 + 9248 + 18496 + 36928
    expect(trained(network('cnn').build(image(28, 1), {}))).toBe(71792);
  });

  test('mini-inception on 28x28x1 with 10 classes and its two heads has 134,174', () => {
    const trunk = network('mini-inception').build(image(28, 1), {});
    // stem 320, a 6900, b 22808, c 22892, d 37192
    expect(trained(trunk)).toBe(90112);
    expect(headTrained(trunk, 'end', 10)).toBe(1610); // 160 x 10 + 10
    expect(trunk.suggestedDepths(2)).toEqual(['a', 'c']);
    // a: pool 5/3 of 14x14 gives 4x4; 64 x 32 + 32, 512 x 64 + 64, 64 x 10 + 10
    expect(headTrained(trunk, 'a', 10)).toBe(2080 + 32832 + 650);
    // c: pool 5/3 of 7x7 gives 1x1; 128 x 32 + 32, 32 x 64 + 64, 64 x 10 + 10
    expect(headTrained(trunk, 'c', 10)).toBe(4128 + 2112 + 650);
    expect(90112 + 1610 + 35562 + 6890).toBe(134174);
  });

  test('googlenet at 224x224x3 with 1000 classes has 6,998,552, and 13,378,280 with both auxiliary heads', () => {
    const trunk = network('googlenet').build(image(224, 3), {});
    // Table 1 of Szegedy et al. 2014, with biases. Stem: 7x7x3x64 + 64 = 9472; 1x1: 64 x 64 + 64 = 4160; 3x3: 9 x 64 x 192 + 192 = 110784.
    // A block on c channels: c (a + b + d + p) + 9 b B + 25 d D + (a + b + B + d + D + p), with 1x1 a, 3x3 b then B, 5x5 d then D, projection p.
    const blocks = { '3a': 163696, '3b': 388736, '4a': 376176, '4b': 449160, '4c': 510104, '4d': 605376, '4e': 868352, '5a': 1043456, '5b': 1444080 };
    const counted = Object.fromEntries(describeTrunk(trunk).stages.flatMap(({ depth, parameters }) => (depth === null ? [] : [[depth, parameters.trained]])));
    expect(counted).toEqual(blocks);
    expect(trained(trunk) + headTrained(trunk, 'end', 1000)).toBe(6998552); // + 1024 x 1000 + 1000; the published Caffe model (bvlc_googlenet) has as many
    expect(trunk.suggestedDepths(2)).toEqual(['4a', '4d']);
    expect(headTrained(trunk, '4a', 1000)).toBe(65664 + 2098176 + 1025000); // 512 x 128 + 128, 4 x 4 x 128 x 1024 + 1024, 1024 x 1000 + 1000
    expect(headTrained(trunk, '4d', 1000)).toBe(67712 + 2098176 + 1025000); // 528 x 128 + 128
    expect(6998552 + 3188840 + 3190888).toBe(13378280);
  });

  test('resnet with depth 3 is ResNet-20 with projections: 269,722 + 2,752', () => {
    // He et al. 2016, table 6 (0.27 M): 432 + 32, 13824 + 192, 50688 + 384, 202752 + 768, 650. Projections: 16 x 32 + 64, 32 x 64 + 128.
    const trunk = network('resnet').build(image(32, 3), { depth: 3 });
    expect(trained(trunk) + headTrained(trunk, 'end', 10)).toBe(272474);
    expect(describeTrunk(trunk).parameters.states).toBe(2 * (16 + 6 * 16 + 6 * 32 + 32 + 6 * 64 + 64)); // a mean and a variance for each channel
  });

  test('lstm and gru as Keras counts them', () => {
    // 4 (12 x 64 + 64 x 64 + 64) and, with reset_after, 3 (12 x 64 + 64 x 64 + 2 x 64)
    expect(trained(network('lstm').build(sequence(29, 12), {}))).toBe(19712);
    expect(trained(network('gru').build(sequence(29, 12), {}))).toBe(14976);
  });
});

test('googlenet has the feature maps of table 1 at 224 pixels and at least 16x16 at 3a from 32 pixels up', () => {
  const shapes = (side: number): string[] =>
    describeTrunk(network('googlenet').build(image(side, 3), {})).stages.map(({ name, outputShape }) => `${name} ${outputShape.join('x')}`);
  expect(shapes(224).filter((line) => !/^(4b|4c)/.test(line))).toEqual([
    'stem 28x28x192',
    '3a 28x28x256',
    '3b 28x28x480',
    'pool3 14x14x480',
    '4a 14x14x512',
    '4d 14x14x528',
    '4e 14x14x832',
    'pool4 7x7x832',
    '5a 7x7x832',
    '5b 7x7x1024',
    'pool5 1024',
  ]);
  expect(shapes(32)[1]).toBe('3a 16x16x256');
  expect(shapes(63)[1]).toBe('3a 32x32x256');
  expect(shapes(64)[1]).toBe('3a 16x16x256');
  expect(shapes(128)[1]).toBe('3a 16x16x256');
  expect(shapes(32).at(-2)).toBe('5b 4x4x1024');
});

test('the auxiliary head of googlenet is the published one', () => {
  const head = describeHead(network('googlenet').build(image(224, 3), {}), '4a', 1000);
  expect(head.children.map(({ kind, outputShape }) => `${kind}: ${outputShape.join('x')}`)).toEqual([
    'average pool to 4x4: 4x4x512',
    'conv 1x1 128: 4x4x128',
    'flatten: 2048',
    'dense 1024: 1024',
    'dropout 0.7: 1024',
    'dense 1000: 1000',
  ]);
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

test.each(smallBuilds)('%s gives finite outputs at its depths and its end, in training and after it: %j %j', (id, input, params) => {
  const trunk = network(id).build(input, params);
  // A head of googlenet has millions of parameters: the two of the paper will do.
  const depths = id === 'googlenet' ? trunk.suggestedDepths(2) : depthNames(trunk);
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
    expect(network('resnet').build(image(32, 3), {}).suggestedDepths(2)).toEqual(['stage1', 'stage2']);
    expect(network('mlp').build(table(4), { layers: 5 }).suggestedDepths(2)).toEqual(['layer2', 'layer4']);
    expect(network('cnn').build(image(8, 1), {}).suggestedDepths(3)).toEqual(['block1', 'block2', 'block3']);
    expect(network('lstm').build(sequence(4, 2), {}).suggestedDepths(1)).toEqual(['layer1']);
    expect(network('googlenet').build(image(32, 3), {}).suggestedDepths(0)).toEqual([]);
  });

  test('more heads than depths are refused', () => {
    expect(() => network('cnn').build(image(8, 1), {}).suggestedDepths(4)).toThrow(
      'The network cnn has 3 depths for intermediate heads (block1, block2, block3). Requested: 4 heads.',
    );
  });

  test('a depth that does not exist is refused with the nearest one', () => {
    expect(() => network('googlenet').build(image(32, 3), {}).head('4f', 2)).toThrow('Unknown depth of the network googlenet "4f". Did you mean 4a, 4b, 4c?');
  });
});

describe('refusals', () => {
  test('an unknown network', () => {
    expect(() => network('cn')).toThrow('Unknown network "cn". Did you mean cnn');
  });

  test('a network on another kind of data', () => {
    expect(() => network('lstm').build(table(4), {})).toThrow(
      'The network lstm takes sequences or images, but this data set is a table. Networks that fit: mlp.',
    );
    expect(() => network('cnn').build(sequence(4, 2), {})).toThrow(
      'The network cnn takes images, but this data set is a set of sequences. Networks that fit: mlp, lstm, gru.',
    );
  });

  test('images that are too small', () => {
    const digits: InputShape = { kind: 'image', shape: [8, 10, 1] };
    expect(() => network('googlenet').build(digits, {})).toThrow(
      'The network googlenet takes images from 16 x 16 pixels up, but these are 10 x 8 (width x height). ' +
        'Networks that fit: mlp, cnn, mini-inception, lstm, gru.',
    );
    expect(networksThatFit(image(7, 1)).map(({ id }) => id)).toEqual(['mlp', 'lstm', 'gru']);
  });

  test('a parameter out of its range', () => {
    expect(() => network('mlp').build(table(4), { units: 0 })).toThrow('Network mlp: units must be a whole number from 1 to 8192. Received: 0.');
    expect(() => network('mini-inception').build(image(28, 1), { units: 3 })).toThrow('Network mini-inception has no parameter "units". It has none.');
  });
});
