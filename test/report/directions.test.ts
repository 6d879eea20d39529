import { describe, expect, test } from 'vitest';
import type { Series } from '../../src-main/contract/results.ts';
import { directionWarnings, median, shareOf } from '../../src-main/report/directions.ts';

const looks = (name: string, values: readonly number[]): Series => ({ name, steps: values.map((_, i) => i * 25), values });

describe('warnings about the direction', () => {
  const rising = [0.5, -0.1, -0.2, -0.3, 0.4, 1];

  test('steps that go against the main gradient for three looks in a row are told, with where', () => {
    expect(directionWarnings('Colour', [[looks('main-progress', rising)], [looks('main-progress', rising.map(Math.abs))]])).toEqual([
      'Colour: the steps went against the main gradient for a sustained time (in 1 of 2 runs, ' +
        'for instance from step 25 to 75), so to first order they raised the main training loss.',
    ]);
  });

  test('single looks below 0 are noise, and so is a short stretch of a long run', () => {
    expect(directionWarnings('Colour', [[looks('main-progress', [1, -1, 1, -1, -1, 1])]])).toEqual([]);
    expect(directionWarnings('Colour', [[looks('main-progress', [...rising, ...Array.from({ length: 40 }, () => 1)])]])).toEqual([]);
  });

  test('steps on which the main loss nearly stands still are told', () => {
    const [warning] = directionWarnings('Colour, mgda', [[looks('main-progress', [1, 1, 0, 0.01, 0.04, 0])]]);
    expect(warning?.split(' the steps brought ')).toEqual([
      'Colour, mgda: for a sustained time (in 1 of 1 run, for instance from step 50 to 125)',
      expect.stringMatching(/^the main loss forward less than 5 % as fast as its own gradient would,/),
    ]);
  });

  test('nothing recorded, nothing said', () => {
    expect(directionWarnings('Colour', [[], []])).toEqual([]);
    expect([median([]), median([3, 1, 2]), median([4, 1]), shareOf([], () => true)]).toEqual([NaN, 2, 2.5, NaN]);
  });
});
