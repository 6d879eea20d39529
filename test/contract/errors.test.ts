import { expect, test } from 'vitest';
import { fromWire, LabError, nearestNames, toWire, unknownName } from '../../src-main/contract/errors.ts';

test('the nearest names come first, as many as are asked for, and none that are far', () => {
  // edit distances from "gradnrm": gradnorm 1, gradvac 3, pcgrad 6; a half of seven letters, rounded up, is 4
  expect(nearestNames('gradnrm', ['pcgrad', 'gradvac', 'gradnorm', 'famo'])).toEqual(['gradnorm', 'gradvac']);
  expect(nearestNames('GRADNORM', ['gradnorm'])).toEqual(['gradnorm']);
  expect(nearestNames('PCGRDA', ['pcgrad'])).toEqual(['pcgrad']); // 2 of at most 3
  expect(nearestNames('a', ['abc', 'abcd', 'xyz', 'b'])).toEqual(['b', 'abc', 'abcd']); // distances 1, 2, 3; the last has the letter in it
  expect(nearestNames('x1', ['x2', 'x3', 'x4', 'x5'])).toEqual(['x2', 'x3', 'x4']);
  expect(nearestNames('x1', ['x2', 'x3', 'x4', 'x5'], 1)).toEqual(['x2']);
  expect(nearestNames('column', ['my_column_of_numbers'])).toEqual(['my_column_of_numbers']);
  expect(nearestNames('COLUMN', ['my_column_of_numbers', 'my_COLUMN_of_numbers'])).toHaveLength(2);
  expect(nearestNames('column', ['my_COLUMN_of_numbers'])).toHaveLength(1);
  expect(nearestNames('kitten', ['sitting', 'mitten', 'kitchen'])).toEqual(['mitten', 'kitchen', 'sitting']); // 1, 2 and 3, the last one Levenshtein's own
  expect(nearestNames('abcd', ['wxyz', 'abzz', 'azzz'])).toEqual(['abzz']); // 4, 2 and 3 where 2 is the limit
});

test('an unknown name is answered with the nearest, else with all, else with none', () => {
  expect(unknownName('network', 'cn', ['mlp', 'cnn']).message).toBe('Unknown network "cn". Did you mean cnn?');
  expect(unknownName('network', 'transformer', ['mlp', 'cnn']).message).toBe('Unknown network "transformer". There are: mlp, cnn.');
  expect(unknownName('column', 'x', [])).toMatchObject({ code: 'bad-input', message: 'Unknown column "x". There is none at all.' });
});

test('an error keeps its code and its sentence on the way, and brings the stack of its cause', () => {
  const cause = new TypeError('x is not a function');
  expect(toWire(new LabError('store', 'It is full.'))).toEqual({ code: 'store', message: 'It is full.' });
  expect(toWire(new LabError('store', 'It is full.', { cause }))).toEqual({ code: 'store', message: 'It is full.', detail: cause.stack });
  expect(toWire(cause)).toEqual({ code: 'internal', message: 'x is not a function', detail: cause.stack });
  expect(toWire('just a text')).toEqual({ code: 'internal', message: 'just a text' });
  const back = fromWire({ code: 'store', message: 'It is full.', detail: 'at line 1' });
  expect([back.name, back.code, back.message, back.stack]).toEqual(['LabError', 'store', 'It is full.', 'at line 1']);
  expect(fromWire({ code: 'store', message: 'It is full.' }).stack).toContain('LabError');
});
