import { expect, test } from 'vitest';
import { defaultNetwork } from '../../src-main/lab/plan/resolveNetwork.ts';
import { network } from '../../src-main/networks/index.ts';
import { image, sequence, trained } from './counts.ts';

test('cnn with 16 filters on 28x28x1', () => {
  // 3x3 convolutions 1-16-16, 16-32-32, 32-64-64: 160 + 2320 + 4640 + 9248 + 18496 + 36928
  expect(trained(network('cnn').build(image(28, 1), {}))).toBe(71792);
});

test('it is the usual network of small images', () => {
  expect(defaultNetwork({ kind: 'image', shape: [8, 8, 1] })).toBe('cnn');
});

test('depths are suggested as many as there are, and more are refused', () => {
  expect(network('cnn').build(image(8, 1), {}).suggestedDepths(3)).toEqual(['block1', 'block2', 'block3']);
  expect(() => network('cnn').build(image(8, 1), {}).suggestedDepths(4)).toThrow(
    'The network cnn has 3 depths for intermediate heads (block1, block2, block3). Requested: 4 heads.',
  );
});

test('a name with a slip is answered with it, and other data with those that fit', () => {
  expect(() => network('cn')).toThrow('Unknown network "cn". Did you mean cnn');
  expect(() => network('cnn').build(sequence(4, 2), {})).toThrow(
    'The network cnn takes images, but this data set is a set of sequences. Networks that fit: mlp',
  );
});
