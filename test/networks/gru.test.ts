import { expect, test } from 'vitest';
import { network } from '../../src-main/networks/index.ts';
import { sequence, trained } from './counts.ts';

test('gru as Keras counts it', () => {
  // with reset_after, 3 (12 x 64 + 64 x 64 + 2 x 64)
  expect(trained(network('gru').build(sequence(29, 12), {}))).toBe(14976);
});
