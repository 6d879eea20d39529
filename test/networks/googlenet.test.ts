import { expect, test } from 'vitest';
import { headDepths } from '../../src-main/lab/plan/headDepths.ts';
import { describeHead, describeTrunk } from '../../src-main/networks/describe.ts';
import { network } from '../../src-main/networks/index.ts';
import { headTrained, image, trained } from './counts.ts';

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

test('the two heads of GoogLeNet sit where its paper has them', () => {
  const { all, suggested } = headDepths({ id: 'googlenet', params: {} }, image(32, 3));
  expect(suggested(2)).toEqual(['4a', '4d']);
  expect(all).toEqual(['3a', '3b', '4a', '4b', '4c', '4d', '4e', '5a', '5b']);
});

test('a depth that does not exist is refused with the nearest one, and no depth is asked for', () => {
  const trunk = network('googlenet').build(image(32, 3), {});
  expect(() => trunk.head('4f', 2)).toThrow('Unknown depth of the network googlenet "4f". Did you mean 4a, 4b, 4c?');
  expect(trunk.suggestedDepths(0)).toEqual([]);
});

test('images that are too small are refused', () => {
  expect(() => network('googlenet').build({ kind: 'image', shape: [8, 10, 1] }, {})).toThrow(
    'The network googlenet takes images from 16 x 16 pixels up, but these are 10 x 8 (width x height). Networks that fit: mlp',
  );
});
