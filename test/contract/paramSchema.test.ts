import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { anyParams, oneOf, ownOf } from '../../src-main/contract/paramSchema.ts';

const help = 'what it does';
const free = { id: 'free', params: { rate: { kind: 'number', default: 2, help } } } as const;
const strict = {
  id: 'strict',
  params: {
    share: { kind: 'number', default: 0.5, min: 0, exclusiveMin: true, max: 1, exclusiveMax: true, help },
    count: { kind: 'number', default: 1, min: 1, max: 3, integer: true, required: true, help },
    on: { kind: 'boolean', default: true, help },
    mode: { kind: 'choice', default: 'a', choices: ['a', 'b'], help },
  },
} as const;

describe('one of several entries', () => {
  const schema = oneOf([free, strict]);

  test('has its own parameters, with defaults for those that need not be written', () => {
    expect(v.parse(schema, { id: 'free' })).toEqual({ id: 'free', rate: 2 });
    expect(v.parse(schema, { id: 'free', rate: -1e300 })).toEqual({ id: 'free', rate: -1e300 });
    expect(v.parse(schema, { id: 'strict', count: 3 })).toEqual({ id: 'strict', share: 0.5, count: 3, on: true, mode: 'a' });
  });

  test.each<[object, boolean]>([
    [{ id: 'free', rate: Infinity }, false],
    [{ id: 'free', rate: '1' }, false],
    [{ id: 'free', share: 0.5 }, false],
    [{ id: 'other' }, false],
    [{ id: 'strict' }, false],
    [{ id: 'strict', count: 1 }, true],
    [{ id: 'strict', count: 0 }, false],
    [{ id: 'strict', count: 4 }, false],
    [{ id: 'strict', count: 1.5 }, false],
    [{ id: 'strict', count: 1, share: 0 }, false],
    [{ id: 'strict', count: 1, share: 1 }, false],
    [{ id: 'strict', count: 1, share: 0.01 }, true],
    [{ id: 'strict', count: 1, on: 1 }, false],
    [{ id: 'strict', count: 1, mode: 'c' }, false],
  ])('%j: %s', (given, isTaken) => {
    expect(v.is(schema, given)).toBe(isTaken);
  });
});

test('side by side the parameters of all entries are optional and keep their ranges', () => {
  const schema = v.strictObject(anyParams([free, strict]));
  expect(v.parse(schema, {})).toEqual({});
  expect(v.is(schema, { rate: 1, count: 2, on: false, mode: 'b' })).toBe(true);
  expect(v.is(schema, { count: 4 })).toBe(false);
  expect(v.is(schema, { more: 1 })).toBe(false);
});

test('of a flat choice what belongs to the other entry is left out', () => {
  expect(ownOf([free, strict], { id: 'free', share: 0.2, rate: 3 })).toEqual({ id: 'free', rate: 3 });
  expect(ownOf([free, strict], { id: 'strict', rate: 3, mode: 'b' })).toEqual({ id: 'strict', share: 0.5, count: 1, on: true, mode: 'b' });
});
