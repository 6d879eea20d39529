import { describe, expect, test } from 'vitest';
import type { ReportBlock } from '../../src-main/contract/blocks.ts';
import type { ReportInput, Series } from '../../src-main/contract/results.ts';
import { diagnosticPoints, usualInterval } from '../../src-main/engine/training/weighing/diagnostics.ts';
import { directionWarnings, median, shareOf } from '../../src-main/report/directions.ts';
import { buildReport } from '../../src-main/report/index.ts';
import { reportFixture } from '../support/reportFixture.ts';

const looks = (name: string, values: readonly number[]): Series => ({ name, steps: values.map((_, i) => i * 25), values });

describe('the points of one look', () => {
  // g_0 = (1, 2, 3), g_1 = (-1, 0.5, 0): |g_0|^2 = 14, |g_1|^2 = 1.25, <g_0, g_1> = 0
  const named = (gramian: number[][], weights: number[]): Record<string, number> =>
    Object.fromEntries(
      diagnosticPoints(['main', 'aux', 'other'].slice(0, gramian.length), 7, { gramian, weights }).map(([name, at, value]) => [`${name}@${at}`, value]),
    );

  test('lengths, cosine, and the step against the main gradient follow from the inner products', () => {
    const found = named(
      [
        [4, -3],
        [-3, 9],
      ],
      [1, 0.5],
    ); // d = g_0 + g_1 / 2: |d|^2 = 4 - 3 + 9/4 = 3.25; <d, g_0> = 4 - 1.5 = 2.5
    expect(found).toEqual({
      'gradient-norm/main@7': 2,
      'gradient-norm/aux@7': 3,
      'cosine/aux@7': -0.5,
      'step-ratio@7': expect.closeTo(Math.sqrt(3.25) / 2, 12),
      'main-progress@7': expect.closeTo(2.5 / 4, 12),
    });
  });

  test('the main task alone makes exactly its own step', () => {
    expect(named([[5]], [1])).toEqual({ 'gradient-norm/main@7': Math.sqrt(5), 'step-ratio@7': 1, 'main-progress@7': 1 });
  });

  test('a task that was not looked at, or has no gradient, says nothing and spoils nothing', () => {
    const found = named(
      [
        [4, NaN, 0],
        [NaN, NaN, NaN],
        [0, NaN, 0],
      ],
      [1, 0, 1],
    );
    expect(found).toEqual({ 'gradient-norm/main@7': 2, 'gradient-norm/other@7': 0, 'step-ratio@7': 1, 'main-progress@7': 1 });
    expect(named([[0, 0], [0, 1]], [1, 1])).toEqual({ 'gradient-norm/main@7': 0, 'gradient-norm/aux@7': 1 }); // prettier-ignore
  });

  test('there are about 40 looks in a long run and none more often than every 25 steps; a short run gets ten', () => {
    expect(usualInterval(48)).toBe(5);
    expect(usualInterval(100)).toBe(10);
    expect(usualInterval(1000)).toBe(25);
    expect(usualInterval(10_000)).toBe(250);
  });
});

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

describe('the section', () => {
  function withLooks(): ReportInput {
    const input = reportFixture({ steps: 60 });
    const series = new Map(input.series);
    for (const arm of input.experiment.arms) {
      const auxiliary = arm.tasks.find(({ id }) => id !== 'main');
      for (const run of arm.runs) {
        const own = [looks('gradient-norm/main', [2, 2, 2, 2]), looks('step-ratio', [1, 1.5, 1.5, 2]), looks('main-progress', [1, -0.5, -0.25, -0.125])];
        const more =
          auxiliary === undefined ? [] : [looks(`gradient-norm/${auxiliary.id}`, [4, 4, 4, 4]), looks(`cosine/${auxiliary.id}`, [0.5, -0.5, -0.25, 0.25])];
        series.set(run.id, [...(series.get(run.id) ?? []), ...own, ...more]);
      }
    }
    return { ...input, series };
  }

  test('tells lengths, cosines and conflicts, warns, and never says helps or hurts', () => {
    const section = buildReport(withLooks()).sections.find(({ id }) => id === 'gradients');
    const blocks: readonly ReportBlock[] = section?.blocks ?? [];
    const tables = blocks.flatMap((block) => (block.kind === 'table' ? [block.rows.map((row) => row.map(({ text }) => text))] : []));
    expect(tables[0]?.[0]?.slice(2, 5)).toEqual(['2.00', '0.00', '50 %']); // |aux| / |main| = 4 / 2; mean cosine 0; 2 of 4 below 0
    expect(tables[1]?.[0]?.slice(2)).toEqual(['1.50', '−0.19', '75 %']); // medians of [1, 1.5, 1.5, 2] and [1, -0.5, -0.25, -0.125]; 3 of 4 below 0
    expect(blocks.filter(({ kind }) => kind === 'warning').length).toBeGreaterThan(0);
    expect(blocks.filter(({ kind }) => kind === 'line-chart').length).toBeGreaterThanOrEqual(5);
    expect(JSON.stringify(blocks)).not.toMatch(/\b(helps|hurts)\b(?! on new data)/i);
  });

  test('is left out where nothing was looked at', () => {
    expect(buildReport(reportFixture({ steps: 60 })).sections.map(({ id }) => id)).not.toContain('gradients');
  });
});
