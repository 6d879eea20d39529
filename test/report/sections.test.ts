import { expect, test } from 'vitest';
import type { Report, ReportBlock, Span, VerdictBlock } from '../../src-main/contract/blocks.ts';
import type { ReportInput } from '../../src-main/contract/results.ts';
import { usualStepMs } from '../../src-main/report/arms.ts';
import { buildReport, sections } from '../../src-main/report/index.ts';
import type { Section } from '../../src-main/report/section.ts';
import { parseNotes } from '../../src-main/report/sections/notes.ts';
import { digitsFor, formatDuration, formatNumber, formatP, mainMetric, plainNumber } from '../../src-main/report/words.ts';
import { reportFixture } from '../support/reportFixture.ts';

const text = (spans: readonly Span[]): string => spans.map((span) => (typeof span === 'string' ? span : span.text)).join('');
const blocksOf = (report: Report, id: string): readonly ReportBlock[] => report.sections.find((section) => section.id === id)?.blocks ?? [];

function card(input: ReportInput): VerdictBlock {
  const block = blocksOf(buildReport(input), 'verdict').find(({ kind }) => kind === 'verdict');
  if (block?.kind !== 'verdict') throw new Error('There is no verdict card.');
  return block;
}

test('the sections stand in reading order and those without matter are left out', () => {
  const ids = (input: ReportInput): string[] => buildReport(input).sections.map(({ id }) => id);
  const all = [
    'verdict',
    'notes',
    'pairs',
    'curves',
    'weights',
    'losses',
    'tasks',
    'classes',
    'overfitting',
    'cost',
    'runs',
    'settings',
    'provenance',
    'caveats',
    'repeat',
  ];
  expect(ids(reportFixture({ steps: 60, notes: 'x' }))).toEqual(all);
  expect(ids(reportFixture({ finishedPairs: 0 }))).toEqual(['verdict', 'runs', 'settings', 'provenance', 'caveats', 'repeat']);
});

test('classes show the baseline’s recall and each arm’s mean difference over its pairs', () => {
  const table = blocksOf(buildReport(reportFixture({ steps: 60 })), 'classes').find((block) => block.kind === 'table');
  const rows = table?.kind === 'table' ? table.rows.map((row) => row.map((cell) => cell.text)) : [];
  expect(rows.length).toBe(10);
  expect(rows[9]?.slice(1)).toEqual(['–', '–', '–']); // class 9 has no test row
  const [plain, raised] = [Number(rows[0]?.[2]?.replace('−', '-')), Number(rows[2]?.[2]?.replace('−', '-'))];
  expect(raised - plain).toBeCloseTo(4, 6); // class 2 of the first arm is 0.04 above what the others gain
});

test('a gain is told in percentage points with its interval', () => {
  const verdict = card(reportFixture({ steps: 60 }));
  expect(verdict.word).toBe('Helps');
  expect(text(verdict.sentence)).toBe(
    'With Coarse group, fixed 0.3, the accuracy of label on the test split is 1.24 percentage points higher: ' +
      'the 95 % interval of the difference, +1.07 to +1.42, lies wholly above the 0.5 that is worth having.',
  );
  expect(verdict.caveats[0]).toMatch(/^Best of 2 arms: .* Adjusted for all 2, its interval is \+1\.03 to \+1\.46, which still leaves out zero\.$/);
  expect(verdict.caveats.at(-1)).toBe('Seeds measure training noise on one split of the data. Another split could shift the difference.');
});

test('a lower error is told as lower and better, while its difference stays positive', () => {
  const verdict = card(reportFixture({ steps: 60, metric: 'rmse', target: 'mpg', gains: [0.4], armTitles: ['Origin'] }));
  expect(text(verdict.sentence).split(': ')).toEqual([
    expect.stringMatching(/^With Origin, the RMSE of mpg on the test split is 0\.\d+ lower, which is better$/),
    expect.stringMatching(/^the 95 % interval of the difference, \+0\.\d+ to \+0\.\d+, lies wholly above the 0\.05 that is worth having\.$/),
  ]);
  expect(verdict.facts[0]?.value).toMatch(/^\+0\.\d+$/);
});

test('a loss is told as worse, with advice against it', () => {
  const verdict = card(reportFixture({ steps: 60, gains: [-0.03], armTitles: ['Noise'] }));
  expect(verdict.word).toBe('Hurts');
  expect(text(verdict.sentence)).toMatch(/percentage points lower: .* lies wholly below −0\.5\.$/);
  expect(text(verdict.nextStep)).toMatch(/^Leave this auxiliary loss out/);
});

test('an inconclusive verdict names the pairs still needed and their time', () => {
  const input = reportFixture({ steps: 60, gains: [0], noise: 0.02, armTitles: ['Coarse'] });
  const needed = input.experiment.comparisons[0]!.pairsStillNeeded!;
  const verdict = card(input);
  expect(verdict.word).toBe('Inconclusive');
  // a pair takes 18.4 s and 21.3 s, give or take the fixture's noise
  expect(text(verdict.nextStep)).toMatch(
    new RegExp(
      `^Run about ${needed} more pairs, about 2[67] min of training: ` +
        `enough to detect a difference of 0\\.5 percentage points in four cases out of five, given the spread seen so far\\.$`,
    ),
  );
});

test('too early shows no difference in the headline and says why', () => {
  const started = card(reportFixture({ steps: 60, finishedPairs: 3 }));
  expect(started.interval).toBeNull();
  expect(started.facts.map(({ label }) => label)).toEqual(['Pairs', 'Cost']);
  expect(text(started.sentence)).toBe('3 of 6 planned pairs have finished. The verdict waits for all of them.');
  expect(text(started.nextStep)).toMatch(/^Let the plan finish: 3 more pairs/);
  expect(text(card(reportFixture({ steps: 60, pairs: 3 })).sentence)).toBe('3 pairs have finished. A verdict needs at least 5 pairs.');
  expect(text(card(reportFixture({ finishedPairs: 0 })).sentence)).toBe('No pair of runs has finished yet. A verdict needs at least 5 pairs.');
});

test('an arm with a failed run leaves the headline to one that can be judged, and is named with its seed beside it', () => {
  const input = reportFixture({ steps: 60, failedSeed: 4 });
  const [failed, other] = input.experiment.comparisons;
  expect([failed!.verdict, input.experiment.verdict]).toEqual(['too-early', other!.verdict]);
  expect(text(card(input).sentence)).toMatch(/^With Coarse group, uncertainty, the accuracy of label on the test split is /);
  expect(card(input).caveats[0]).toBe(
    'Coarse group, fixed 0.3 is not judged. A run failed in 1 pair (seed 4), and a comparison that leaves failed pairs out could flatter either side.',
  );
  const alone = { ...input, experiment: { ...input.experiment, comparisons: [failed!], verdict: failed!.verdict } };
  expect(text(card(alone).sentence)).toBe('A run failed in 1 pair (seed 4), and a comparison that leaves failed pairs out could flatter either side.');
  const warning = blocksOf(buildReport(input), 'runs').find(({ kind }) => kind === 'warning');
  expect(warning?.kind === 'warning' && text(warning.text)).toBe(
    'Coarse group, fixed 0.3, seed 4, failed: The loss became NaN at step 812 (auxiliary coarse, weight 9.6).',
  );
});

test('an experiment without comparisons has a report', () => {
  const input = reportFixture({ finishedPairs: 0 });
  const report = buildReport({ ...input, experiment: { ...input.experiment, comparisons: [], engine: null, warnings: [] } });
  expect(blocksOf(report, 'verdict').some(({ kind }) => kind === 'warning')).toBe(true);
});

test('notes keep their paragraphs, lists and emphasis and nothing else', () => {
  expect(parseNotes('# Head\r\n\r\nA **b** *c* `d`\ne\n\n- one\n- <i>two</i>')).toEqual([
    { kind: 'heading', text: 'Head' },
    { kind: 'text', paragraphs: [['A ', { kind: 'strong', text: 'b' }, ' ', { kind: 'emphasis', text: 'c' }, ' ', { kind: 'code', text: 'd' }, ' e']] },
    { kind: 'list', items: [['one'], ['<i>two</i>']] },
  ]);
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

test('a split by a column of the data is told in the rows that came of it, not in shares that nobody asked for', () => {
  const { experiment, series } = reportFixture({ steps: 60 });
  const plan = {
    ...experiment.plan,
    data: { ...experiment.plan.data, split: { ...experiment.plan.data.split, kind: 'column' as const, column: 'part', train: 0.9, validation: 0.1, test: 0 } },
  };
  const { train, validation, test: tested } = experiment.provenance.data.split;
  const split = blocksOf(buildReport({ experiment: { ...experiment, plan }, series }), 'settings').flatMap((block) =>
    block.kind === 'key-value' ? block.entries.filter(({ key }) => key === 'Split') : [],
  );
  const rows = [train, validation, tested].map((count) => count.toLocaleString('en-US'));
  expect(split.map(({ value }) => value)).toEqual([
    `as the column part says: ${rows[0] ?? ''} training, ${rows[1] ?? ''} validation and ${rows[2] ?? ''} test rows`,
  ]);
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
