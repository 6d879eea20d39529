import { expect, test } from 'vitest';
import { booleanOf, choiceOf, numberOf } from '../../src-main/methods/reading.ts';

test('parameters that were not checked are refused where they are read', () => {
  const params = { rate: 0.5, on: false, mode: 'a' };
  expect([numberOf(params, 'rate'), booleanOf(params, 'on'), choiceOf(params, 'mode')]).toEqual([0.5, false, 'a']);
  expect(() => numberOf(params, 'mode')).toThrow('The parameter mode is not a number: parameters go through checkParams first.');
  expect(() => booleanOf(params, 'rate')).toThrow('The parameter rate is not true or false: parameters go through checkParams first.');
  expect(() => choiceOf(params, 'constructor')).toThrow('The parameter constructor is not a choice: parameters go through checkParams first.');
});
