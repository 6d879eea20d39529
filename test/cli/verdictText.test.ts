import { expect, test } from 'vitest';
import { verdictText } from '../../src-main/cli/output/verdictText.ts';
import { reportFixture } from '../support/reportFixture.ts';

const plain = { colour: false, width: 100, reportFile: '/home/x/reports/a.html' };

test('a verdict is question, word, sentence, arms, intervals, warnings, next step, report and how to add pairs, in this order', () => {
  const { experiment } = reportFixture();
  const text = verdictText(experiment, plain);
  const places = [
    /^Does an auxiliary loss make label better\?$/m,
    /^Helps$/m,
    /^With Coarse group, fixed 0\.3, the accuracy of label/m,
    /^Arm +Method +Accuracy, validation +Accuracy, test +Time a step +Runs$/m,
    /^Baseline .* ± .* % .* ms {2}6\/6$/m,
    /^Coarse group, fixed 0\.3: difference \+1\.24 points \(plus is better\), 95 % interval \+1\.07 to \+1\.42/m,
    /^Warning: /m,
    /^Next: /m,
    /^Report: \/home\/x\/reports\/a\.html$/m,
    new RegExp(`^More pairs: npx auxlab resume ${experiment.experimentId} --repeats 12$`, 'm'), // twice the 6 that were enough
  ].map((pattern) => text.search(pattern));
  expect(places).not.toContain(-1);
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(text.split('\n').every((line) => line.length <= 100)).toBe(true);
});

test('a failed run is named with its arm, seed and reason', () => {
  const { experiment } = reportFixture({ failedSeed: 2, armTitles: ['Group'] });
  const text = verdictText({ ...experiment, status: 'failed' }, plain);
  expect(text).toMatch(/^Failed: Group, seed 2: The loss became NaN/m);
  expect(text).toContain(
    `\nAgain, where a process was lost: npx auxlab resume ${experiment.experimentId}\nAgain, once the plan is changed: ${experiment.provenance.command}`,
  );
  expect(text).not.toContain('More pairs:');
});

test('without a pair there is no number to show, and an interrupted experiment says how to go on', () => {
  const { experiment } = reportFixture({ finishedPairs: 0, armTitles: ['Group'] });
  const text = verdictText({ ...experiment, status: 'interrupted' }, { ...plain, reportFile: null });
  expect(text).toContain('Group: no finished pair.');
  expect(text).toContain(`Go on: npx auxlab resume ${experiment.experimentId}`);
  expect(text).toContain(`Report: npx auxlab report ${experiment.experimentId}`);
  expect(text).not.toContain('Next:');
});

test('below five pairs the next step is five, whatever the spread of two or three says', () => {
  const { experiment } = reportFixture({ pairs: 3, armTitles: ['Group'] });
  const [comparison] = experiment.comparisons;
  const text = verdictText({ ...experiment, comparisons: [{ ...comparison!, pairsStillNeeded: 770 }] }, plain);
  expect(text).toMatch(/^Next: Run 2 more pairs, about .* of training: a verdict needs at least 5\.$/m);
  expect(text).toContain(`More pairs: npx auxlab resume ${experiment.experimentId} --repeats 5`);
});

test('colour is only on the word and the warnings', () => {
  const text = verdictText(reportFixture().experiment, { ...plain, colour: true });
  expect(text).toContain('\u001b[1m\u001b[32mHelps\u001b[39m\u001b[22m');
});

test('no command for more pairs where they cannot settle it', () => {
  const text = verdictText(reportFixture({ testRows: 60 }).experiment, plain);
  expect(text).toMatch(/^Inconclusive$/m);
  expect(text).not.toContain('More pairs:');
});
