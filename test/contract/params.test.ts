import { describe, expect, test } from 'vitest';
import { areParamsOf, checkParams, describeRange, parseParams, type ParamSpecs } from '../../src-main/contract/params.ts';

const help = 'what it does';
const specs: ParamSpecs = {
  rate: { kind: 'number', default: 0.5, min: 0, max: 1, help },
  open: { kind: 'number', default: 0.5, min: 0, exclusiveMin: true, max: 1, exclusiveMax: true, help },
  every: { kind: 'number', default: 1, min: 1, integer: true, help },
  on: { kind: 'boolean', default: false, help },
  mode: { kind: 'choice', default: 'fast', choices: ['fast', 'slow'], help },
};
const defaults = { rate: 0.5, open: 0.5, every: 1, on: false, mode: 'fast' };

describe('given values', () => {
  test('stand in the place of the defaults', () => {
    expect(checkParams('method m', specs, {})).toEqual(defaults);
    expect(checkParams('method m', specs, { rate: 1, on: true, mode: 'slow' })).toEqual({ ...defaults, rate: 1, on: true, mode: 'slow' });
  });

  test.each<[object, string]>([
    [{ rate: 1.01 }, 'Method m: rate must be a number from 0 to 1. Received: 1.01.'],
    [{ rate: -0.01 }, 'Method m: rate must be a number from 0 to 1. Received: -0.01.'],
    [{ rate: 'much' }, 'Method m: rate must be a number from 0 to 1. Received: "much".'],
    [{ rate: NaN }, 'Method m: rate must be a number from 0 to 1. Received: NaN.'],
    [{ open: 0 }, 'Method m: open must be a number above 0 and below 1. Received: 0.'],
    [{ open: 1 }, 'Method m: open must be a number above 0 and below 1. Received: 1.'],
    [{ every: 1.5 }, 'Method m: every must be a whole number from 1 up. Received: 1.5.'],
    [{ on: 1 }, 'Method m: on must be true or false. Received: 1.'],
    [{ mode: 'quick' }, 'Method m: mode must be one of fast, slow. Received: "quick".'],
    [{ rat: 1 }, 'Method m has no parameter "rat". Did you mean rate? It has: rate, open, every, on, mode.'],
    [{ temperature: 1 }, 'Method m has no parameter "temperature". It has: rate, open, every, on, mode.'],
  ])('%j is refused', (given, message) => {
    expect(() => checkParams('method m', specs, { ...given })).toThrow(expect.objectContaining({ code: 'bad-input', message }));
  });

  test('on the border are taken where the border belongs to the range', () => {
    for (const rate of [0, 1]) expect(checkParams('m', specs, { rate })['rate']).toBe(rate);
    for (const open of [1e-9, 1 - 1e-9]) expect(checkParams('m', specs, { open })['open']).toBe(open);
  });

  test('of something without parameters are refused in its own words', () => {
    expect(() => checkParams('loss mse', {}, { delta: 1 })).toThrow('Loss mse has no parameter "delta". It has none.');
  });

  test('are those of a description only where each is there and fits', () => {
    expect(areParamsOf(specs, defaults)).toBe(true);
    expect(areParamsOf(specs, { ...defaults, rate: 2 })).toBe(false);
    expect(areParamsOf(specs, { ...defaults, more: 1 })).toBe(false);
    const { mode: _, ...incomplete } = defaults;
    expect(areParamsOf(specs, incomplete)).toBe(false);
  });
});

test('a line of the command is read with the kinds of its parameters', () => {
  expect(parseParams('m', specs, ' rate = 1e-1 , every=3, on=true,mode=slow,')).toEqual({ ...defaults, rate: 0.1, every: 3, on: true, mode: 'slow' });
  expect(parseParams('m', specs, 'on=false')).toEqual(defaults);
  expect(parseParams('m', specs, '')).toEqual(defaults);
  expect(parseParams('m', { c: { kind: 'number', default: 0, help } }, 'c=2')).toEqual({ c: 2 });
  expect(() => parseParams('method m', specs, 'rate')).toThrow('Method m: "rate" is not of the form name=value.');
  expect(() => parseParams('method m', specs, '=1')).toThrow('Method m: "=1" is not of the form name=value.');
  expect(() => parseParams('method m', specs, 'rate=')).toThrow('Method m: rate must be a number from 0 to 1. Received: "".');
  expect(() => parseParams('method m', specs, 'on=yes')).toThrow('Method m: on must be true or false. Received: "yes".');
});

test('ranges read as a person would say them', () => {
  const range = (part: object): string => describeRange({ kind: 'number', default: 1, help, ...part });
  expect(range({})).toBe('a number');
  expect(range({ integer: true })).toBe('a whole number');
  expect(range({ min: 0 })).toBe('a number from 0 up');
  expect(range({ min: 0, exclusiveMin: true })).toBe('a number above 0');
  expect(range({ max: 2 })).toBe('a number to 2');
  expect(range({ min: 0, max: 2 })).toBe('a number from 0 to 2');
  expect(range({ min: 0, max: 2, exclusiveMax: true })).toBe('a number from 0 to below 2');
  expect(range({ min: 0, exclusiveMin: true, max: 2 })).toBe('a number above 0 and at most 2');
  expect(range({ min: 0, exclusiveMin: true, max: 2, exclusiveMax: true })).toBe('a number above 0 and below 2');
});
