import { expect, test } from 'vitest';
import { headDepths } from '../../../src-main/lab/plan/headDepths.ts';
import { network } from '../../../src-main/networks/index.ts';

const image = { kind: 'image', shape: [32, 32, 3] } as const;

test('the two heads of GoogLeNet sit where its paper has them', () => {
  const { all, suggested } = headDepths({ id: 'googlenet', params: {} }, image);
  expect(suggested(2)).toEqual(['4a', '4d']);
  expect(all).toEqual(['3a', '3b', '4a', '4b', '4c', '4d', '4e', '5a', '5b']);
});

test('a network is built with the parameters that were asked for', () => {
  const table = { kind: 'table', shape: [5] } as const;
  expect(network('mlp').params['layers']).toMatchObject({ default: 2 });
  expect(headDepths({ id: 'mlp', params: { layers: 4 } }, table).all).toHaveLength(4);
});

test('without a wish it is the network that fits the data best', () => {
  expect(headDepths(null, image).network).toBe('mini-inception');
  expect(headDepths(null, { kind: 'image', shape: [8, 8, 1] }).network).toBe('cnn');
});

test('a network that does not take the data is refused with those that do', () => {
  expect(() => headDepths({ id: 'cnn', params: {} }, { kind: 'table', shape: [5] })).toThrow(
    'The network cnn takes images, but this data set is a table. Networks that fit: mlp.',
  );
});
