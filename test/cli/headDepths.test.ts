import { expect, test } from 'vitest';
import { inputShape, suggestedHeadDepths } from '../../src-main/cli/headDepths.ts';
import { network } from '../../src-main/networks/index.ts';

const image = { kind: 'image', shape: [32, 32, 3] } as const;

test('the two heads of GoogLeNet sit where its paper has them', () => {
  expect(suggestedHeadDepths(network('googlenet'), {}, image, 2)).toEqual(['4a', '4d']);
});

test('more heads than depths are refused with the depths', () => {
  expect(() => suggestedHeadDepths(network('cnn'), {}, image, 9)).toThrow(
    /^Option --heads: network cnn has \d depths for intermediate heads \(.+\)\. Received: 9\.$/,
  );
});

test('a network that does not take the data is refused with those that do', () => {
  expect(() => suggestedHeadDepths(network('cnn'), {}, { kind: 'table', shape: [5] }, 1)).toThrow(
    'The network cnn takes images, but this data set is a table. Networks that fit: mlp.',
  );
});

test('a shape is what its kind needs', () => {
  expect(inputShape({ kind: 'sequence', shape: [29, 12] })).toEqual({ kind: 'sequence', shape: [29, 12] });
  expect(() => inputShape({ kind: 'image', shape: [8, 8] })).toThrow('An input of kind image cannot have the shape [8, 8].');
});
