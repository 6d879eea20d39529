import { expect, test } from 'vitest';
import type { VerdictBlock } from '../../../src-main/contract/blocks.ts';
import type { ReportInput } from '../../../src-main/contract/results.ts';
import { reportFixture } from '../../support/reportFixture.ts';
import { blocksOf, stands, textOf } from '../support.ts';

function card(input: ReportInput): VerdictBlock {
  const block = blocksOf(input, 'verdict').find(({ kind }) => kind === 'verdict');
  if (block?.kind !== 'verdict') throw new Error('There is no verdict card.');
  return block;
}

test('the verdict stands in every report', () => {
  expect(stands('verdict', reportFixture({ steps: 60 }), reportFixture({ finishedPairs: 0 }))).toEqual([true, true]);
});

test('a gain is told in percentage points with its interval', () => {
  const verdict = card(reportFixture({ steps: 60 }));
  expect(verdict.word).toBe('Helps');
  expect(textOf(verdict.sentence)).toBe(
    'With Coarse group, fixed 0.3, the accuracy of label on the test split is 1.24 percentage points higher: ' +
      'the 95 % interval of the difference, +1.07 to +1.42, lies wholly above the 0.5 that is worth having.',
  );
  expect(verdict.caveats[0]).toMatch(/^Best of 2 arms: .* Adjusted for all 2, its interval is \+1\.03 to \+1\.46, which still leaves out zero\.$/);
  expect(verdict.caveats.at(-1)).toBe('Seeds measure training noise on one split of the data. Another split could shift the difference.');
});

test('a lower error is told as lower and better, while its difference stays positive', () => {
  const verdict = card(reportFixture({ steps: 60, metric: 'rmse', target: 'mpg', gains: [0.4], armTitles: ['Origin'] }));
  expect(textOf(verdict.sentence).split(': ')).toEqual([
    expect.stringMatching(/^With Origin, the RMSE of mpg on the test split is 0\.\d+ lower, which is better$/),
    expect.stringMatching(/^the 95 % interval of the difference, \+0\.\d+ to \+0\.\d+, lies wholly above the 0\.05 that is worth having\.$/),
  ]);
  expect(verdict.facts[0]?.value).toMatch(/^\+0\.\d+$/);
});

test('a loss is told as worse, with advice against it', () => {
  const verdict = card(reportFixture({ steps: 60, gains: [-0.03], armTitles: ['Noise'] }));
  expect(verdict.word).toBe('Hurts');
  expect(textOf(verdict.sentence)).toMatch(/percentage points lower: .* lies wholly below −0\.5\.$/);
  expect(textOf(verdict.nextStep)).toMatch(/^Leave this auxiliary loss out/);
});

test('an inconclusive verdict names the pairs still needed and their time', () => {
  const input = reportFixture({ steps: 60, gains: [0], noise: 0.02, armTitles: ['Coarse'] });
  const needed = input.experiment.comparisons[0]!.pairsStillNeeded!;
  const verdict = card(input);
  expect(verdict.word).toBe('Inconclusive');
  // a pair takes 18.4 s and 21.3 s, give or take the fixture's noise
  expect(textOf(verdict.nextStep)).toMatch(
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
  expect(textOf(started.sentence)).toBe('3 of 6 planned pairs have finished. The verdict waits for all of them.');
  expect(textOf(started.nextStep)).toMatch(/^Let the plan finish: 3 more pairs/);
  expect(textOf(card(reportFixture({ steps: 60, pairs: 3 })).sentence)).toBe('3 pairs have finished. A verdict needs at least 5 pairs.');
  expect(textOf(card(reportFixture({ finishedPairs: 0 })).sentence)).toBe('No pair of runs has finished yet. A verdict needs at least 5 pairs.');
});

test('an arm with a failed run leaves the headline to one that can be judged, and is named with its seed beside it', () => {
  const input = reportFixture({ steps: 60, failedSeed: 4 });
  const [failed, other] = input.experiment.comparisons;
  expect([failed!.verdict, input.experiment.verdict]).toEqual(['too-early', other!.verdict]);
  expect(textOf(card(input).sentence)).toMatch(/^With Coarse group, uncertainty, the accuracy of label on the test split is /);
  expect(card(input).caveats[0]).toBe(
    'Coarse group, fixed 0.3 is not judged. A run failed in 1 pair (seed 4), and a comparison that leaves failed pairs out could flatter either side.',
  );
  const alone = { ...input, experiment: { ...input.experiment, comparisons: [failed!], verdict: failed!.verdict } };
  expect(textOf(card(alone).sentence)).toBe('A run failed in 1 pair (seed 4), and a comparison that leaves failed pairs out could flatter either side.');
});

test('an experiment without comparisons has a report', () => {
  const input = reportFixture({ finishedPairs: 0 });
  const bare = { ...input, experiment: { ...input.experiment, comparisons: [], engine: null, warnings: [] } };
  expect(blocksOf(bare, 'verdict').some(({ kind }) => kind === 'warning')).toBe(true);
});

test('where the test rows set the width of the interval, they are named, and more pairs are not advised', () => {
  // 3 / 60 is 5 points to either side of a gain of 1.24, which the six pairs alone would bound within 0.18
  const input = reportFixture({ steps: 60, testRows: 60 });
  const verdict = card(input);
  expect(verdict.word).toBe('Inconclusive');
  expect(verdict.interval).toMatchObject({ low: expect.closeTo(1.24 - 5, 1), high: expect.closeTo(1.24 + 5, 1) });
  expect(verdict.caveats).toContain(
    'The pairs agree more closely than 60 test rows can vouch for, so the interval reaches 5.0 to either side of the mean: ' +
      'where none of n rows changed, 3 in n of all rows still may (the rule of three).',
  );
  expect(textOf(verdict.nextStep)).toBe('More pairs cannot settle it: too few rows are tested. Use more data, or a larger share of them for the test split.');
  const told = blocksOf(input, 'verdict').flatMap((block) => (block.kind === 'text' ? block.paragraphs.map(textOf) : []));
  expect(told.at(-1)).toMatch(/the interval is the paired t interval, never narrower than 60 test rows can vouch for\.$/);
});

test('with enough test rows nothing is said of them', () => {
  expect(card(reportFixture({ steps: 60 })).caveats.join(' ')).not.toContain('test rows');
});
