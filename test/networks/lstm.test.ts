import { expect, test } from 'vitest';
import { defaultNetwork } from '../../src-main/lab/plan/resolveNetwork.ts';
import { network } from '../../src-main/networks/index.ts';
import { initialValues } from '../../src-main/networks/initialize.ts';
import { sequence, table, trained } from './counts.ts';

test('lstm as Keras counts it', () => {
  // 4 (12 x 64 + 64 x 64 + 64)
  expect(trained(network('lstm').build(sequence(29, 12), {}))).toBe(19712);
});

test('it is the usual network of sequences, and its only layer takes a head', () => {
  expect(defaultNetwork({ kind: 'sequence', shape: [20, 3] })).toBe('lstm');
  expect(network('lstm').build(sequence(4, 2), {}).suggestedDepths(1)).toEqual(['layer1']);
});

test('a table is refused with the networks that take one', () => {
  expect(() => network('lstm').build(table(4), {})).toThrow(
    'The network lstm takes sequences or images, but this data set is a table. Networks that fit: mlp.',
  );
});

test('the forget gate of an lstm begins with bias 1, every other bias with 0', () => {
  const trunk = network('lstm').build({ kind: 'sequence', shape: [3, 2] }, { units: 2 });
  const bias = trunk.stages[0]?.layer.parameters.find(({ role }) => role === 'bias');
  expect(bias === undefined ? null : Array.from(initialValues(bias, 1))).toEqual([0, 0, 1, 1, 0, 0, 0, 0]); // gates i, f, c, o
});
