import { describe, expect, test } from 'vitest';
import { durationText, progressView } from '../../src-main/cli/output/progress.ts';
import type { ExperimentProgress } from '../../src-main/contract/lab.ts';
import { keptTerminal } from './terminals.ts';

const run = { runId: 'r', arm: 'heads', seed: 3, status: 'running', epoch: 1, step: 40, totalSteps: 200, stepMs: 41.53, mainMetric: 0.81234 };
const training: ExperimentProgress = { experimentId: 'e', phase: 'training', runs: [run], finishedRuns: 4, totalRuns: 12, fraction: 0.5, remainingMs: 65_000 };

describe('progress without a terminal', () => {
  test('is a plain line every ten seconds', () => {
    const terminal = keptTerminal();
    let time = 0;
    const view = progressView(terminal, () => time);
    for (time = 0; time < 25_000; time += 500) view.show(training);
    view.end();
    // at 0, 10 and 20 s
    expect(terminal.remarks).toEqual(
      Array.from({ length: 3 }, () => 'Training, 50 %, 4 of 12 runs done, 1 min 5 s left; heads seed 3: epoch 2, step 40/200, 42 ms a step, validation 0.812'),
    );
  });

  test('says nothing about a phase that is over within a second, so that a refusal stands alone', () => {
    const reading = { ...training, phase: 'reading data', message: 'cars.csv', runs: [], totalRuns: 0, finishedRuns: 0, fraction: 0, remainingMs: null };
    const terminal = keptTerminal();
    let time = 0;
    const view = progressView(terminal, () => time);
    view.show(reading);
    view.end();
    expect(terminal.remarks).toEqual([]);
    time = 1500;
    view.show(reading);
    expect(terminal.remarks).toEqual(['Reading data: cars.csv']);
  });

  test('gives an installation its whole sentence', () => {
    const terminal = keptTerminal();
    progressView(terminal, () => 0).show({
      ...training,
      phase: 'installing the runtime',
      message: 'First use: TensorFlow 2.21.0 for the CPU is installed in /home/x/runtimes; this happens once.',
      runs: [],
      totalRuns: 0,
      fraction: 0,
      remainingMs: null,
    });
    expect(terminal.remarks).toEqual(['First use: TensorFlow 2.21.0 for the CPU is installed in /home/x/runtimes; this happens once.']);
  });
});

describe('progress on a terminal', () => {
  test('rewrites two lines that are never wider than the terminal', () => {
    const terminal = keptTerminal({ isLive: true, columns: 60 });
    progressView(terminal, () => 0).show({ ...training, runs: [run, { ...run, seed: 4 }] });
    expect(terminal.statuses).toHaveLength(1);
    const [lines = []] = terminal.statuses;
    expect(lines[0]).toBe('[#######-------] Training, 50 %, 4 of 12 runs done, 1 min …'); // 59 characters: 60 columns less the last
    expect(lines.every((line) => line.length <= 59)).toBe(true);
  });

  test('shows a long sentence whole, above the lines', () => {
    const terminal = keptTerminal({ isLive: true, columns: 80 });
    const message = 'First use: TensorFlow 2.21.0 for the CPU is installed in /home/x/runtimes; this happens once.';
    const view = progressView(terminal, () => 0);
    view.show({ ...training, phase: 'installing the runtime', message, runs: [], totalRuns: 0, fraction: 0, remainingMs: null });
    view.show({ ...training, phase: 'installing the runtime', message, runs: [], totalRuns: 0, fraction: 0.1, remainingMs: null });
    expect(terminal.remarks).toEqual([message]);
  });

  test('draws a new phase at once, and does not draw it again at the end', () => {
    const terminal = keptTerminal({ isLive: true });
    const view = progressView(terminal, () => 0);
    const before = { ...training, runs: [], totalRuns: 0, finishedRuns: 0, fraction: 0, remainingMs: null };
    view.show({ ...before, phase: 'reading data' });
    view.show({ ...before, phase: 'timing a few steps' });
    expect(terminal.statuses).toHaveLength(2);
    view.end();
    expect(terminal.statuses.map(([line = '']) => line.split('] ')[1])).toEqual(['Reading data', 'Timing a few steps']);
  });

  test('is drawn at most ten times a second, and the last picture always', () => {
    const terminal = keptTerminal({ isLive: true });
    let time = 0;
    const view = progressView(terminal, () => time);
    for (time = 0; time <= 250; time += 10) view.show({ ...training, finishedRuns: time });
    view.end();
    expect(terminal.statuses.map(([line = '']) => /(\d+) of/.exec(line)?.[1])).toEqual(['0', '100', '200', '250']);
  });
});

test('durations are in the largest two units that matter', () => {
  expect([0, 950, 59_400, 60_000, 65_000, 3_600_000, 7_500_000].map(durationText)).toEqual(['1 s', '1 s', '59 s', '1 min', '1 min 5 s', '1 h', '2 h 5 min']);
});
