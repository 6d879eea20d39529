import { expect, test } from 'vitest';
import type { ReportInput, Series } from '../../../src-main/contract/results.ts';
import { reportFixture } from '../../support/reportFixture.ts';
import { blocksOf, stands } from '../support.ts';

const looks = (name: string, values: readonly number[]): Series => ({ name, steps: values.map((_, i) => i * 25), values });

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
  const blocks = blocksOf(withLooks(), 'gradients');
  const tables = blocks.flatMap((block) => (block.kind === 'table' ? [block.rows.map((row) => row.map(({ text }) => text))] : []));
  expect(tables[0]?.[0]?.slice(2, 5)).toEqual(['2.00', '0.00', '50 %']); // |aux| / |main| = 4 / 2; mean cosine 0; 2 of 4 below 0
  expect(tables[1]?.[0]?.slice(2)).toEqual(['1.50', '−0.19', '75 %']); // medians of [1, 1.5, 1.5, 2] and [1, -0.5, -0.25, -0.125]; 3 of 4 below 0
  expect(blocks.filter(({ kind }) => kind === 'warning').length).toBeGreaterThan(0);
  expect(blocks.filter(({ kind }) => kind === 'line-chart').length).toBeGreaterThanOrEqual(5);
  expect(JSON.stringify(blocks)).not.toMatch(/\b(helps|hurts)\b(?! on new data)/i);
});

test('is left out where nothing was looked at', () => {
  expect(stands('gradients', withLooks(), reportFixture({ steps: 60 }), reportFixture({ finishedPairs: 0 }))).toEqual([true, false, false]);
});
