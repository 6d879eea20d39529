import { expect, test } from 'vitest';
import { defaultNetwork } from '../../src-main/lab/plan/resolveNetwork.ts';
import { network } from '../../src-main/networks/index.ts';
import { withNetworks } from '../support/entriesThere.ts';
import { headTrained, image, trained } from './counts.ts';

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

test('it is the usual network of images from 20 pixels up', withNetworks('cnn'), () => {
  expect(defaultNetwork({ kind: 'image', shape: [28, 28, 1] })).toBe('mini-inception');
  expect(defaultNetwork({ kind: 'image', shape: [20, 28, 1] })).toBe('mini-inception');
  expect(defaultNetwork({ kind: 'image', shape: [19, 28, 1] })).not.toBe('mini-inception');
});

test('it has no parameter', () => {
  expect(() => network('mini-inception').build(image(28, 1), { units: 3 })).toThrow('Network mini-inception has no parameter "units". It has none.');
});
