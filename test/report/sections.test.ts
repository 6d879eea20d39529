import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ReportInput } from '../../src-main/contract/results.ts';
import { usualStepMs } from '../../src-main/report/arms.ts';
import { buildReport, sections } from '../../src-main/report/index.ts';
import type { Section } from '../../src-main/report/section.ts';
import { digitsFor, formatDuration, formatNumber, formatP, mainMetric, plainNumber } from '../../src-main/report/words.ts';
import { reportFixture } from '../support/reportFixture.ts';

const ids = (input: ReportInput, of = sections): string[] => buildReport(input, of).sections.map(({ id }) => id);

test('the sections stand in the order of their list, the verdict first, and those without matter are left out', () => {
  const all = sections.map(({ id }) => id);
  expect(new Set(all).size).toBe(all.length);
  expect(all[0]).toBe('verdict');
  const [full, bare] = [reportFixture({ steps: 60, notes: 'x' }), reportFixture({ finishedPairs: 0 })];
  for (const input of [full, bare]) {
    expect(ids(input)).toEqual(all.filter((id) => ids(input).includes(id)));
    expect(ids(input, sections.toReversed())).toEqual(ids(input).toReversed());
  }
  expect(ids(bare).length).toBeLessThan(ids(full).length);
});

test('every section has a file of tests named after it, and no file tests one that is gone', () => {
  const tested = readdirSync(join(import.meta.dirname, 'sections')).map((name) => name.replace(/\.test\.ts$/, ''));
  expect(tested.toSorted()).toEqual(sections.map(({ id }) => id).toSorted());
});

test('numbers read as people write them', () => {
  expect(formatNumber(-1234.5, 1)).toBe('−1,234.5');
  expect(formatNumber(0.04, 1, true)).toBe('0.0');
  expect(formatNumber(0.06, 1, true)).toBe('+0.1');
  expect(formatNumber(null, 1)).toBe('–');
  expect(formatNumber(Infinity, 1)).toBe('–');
  expect([12, 1.2, 0.12, 0.012].map(digitsFor)).toEqual([0, 1, 2, 3]);
  expect([0.3, 0.05, 100].map(plainNumber)).toEqual(['0.3', '0.05', '100']);
  expect([950, 12_340, 95_000, 1_800_000, 7_500_000].map(formatDuration)).toEqual(['950 ms', '12.3 s', '1 min 35 s', '30 min', '2 h 5 min']);
  expect([0, 0.0312, 0.62].map(formatP)).toEqual(['< 0.0001', '0.031', '0.62']);
});

test('the spread decides how many decimals are shown, and a mean that lies near zero does not', () => {
  const { experiment } = reportFixture({ finishedPairs: 6, armTitles: ['Group'] });
  const [comparison] = experiment.comparisons;
  const digits = (mean: number, low: number, high: number, standardDeviation: number): number =>
    mainMetric({
      ...experiment,
      metric: 'rmse',
      margin: 0.0778,
      comparisons: [{ ...comparison!, difference: { mean, low, high, pairs: 6 }, standardDeviation }],
    }).differenceStyle.digits;
  expect(digits(0.0006, -0.044, 0.045, 0.042)).toBe(3);
  expect(digits(0.021, 0.0003, 0.042, 0.02)).toBe(4); // 0.000 would hide on which side of zero the bound lies
  expect(digits(0.0006, 0.0006, 0.0006, 0)).toBe(5);
});

test('the step time of an arm is the median over its runs, as the overhead is, so that one slowed run moves neither', () => {
  const [arm] = reportFixture({ finishedPairs: 6, armTitles: ['Group'] }).experiment.arms;
  const timed = (times: readonly (number | null)[]) => ({
    ...arm!,
    runs: arm!.runs.slice(0, times.length).map((run, i) => ({ ...run, stepMs: times[i] ?? null })),
  });
  expect(usualStepMs(timed([10, 90, 11]))).toBe(11);
  expect(usualStepMs(timed([10, null, 12]))).toBe(11);
  expect(usualStepMs(timed([null]))).toBeNull();
});

test('a section that fails says so in its own place, and the others stand', () => {
  const input = reportFixture();
  const fails = (id: string, part: Partial<Section>): Section => ({ id, title: `The ${id}`, appliesTo: () => true, blocks: () => [], ...part });
  const broken = (): never => {
    throw new TypeError('there is no such line');
  };
  const report = buildReport(input, [fails('first', { blocks: broken }), ...sections, fails('last', { appliesTo: broken })]);
  expect(report.sections.slice(1, -1)).toEqual(buildReport(input).sections);
  const warning = (title: string) => [{ kind: 'warning', text: [`"${title}" cannot be shown because of an error in Auxlab: there is no such line`] }];
  expect([report.sections[0], report.sections.at(-1)]).toEqual([
    { id: 'first', title: 'The first', blocks: warning('The first') },
    { id: 'last', title: 'The last', blocks: warning('The last') },
  ]);
});
