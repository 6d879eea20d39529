/** Shows how an experiment comes along: two lines rewritten in place on a terminal, otherwise a plain line now and then. */
import type { ExperimentProgress, RunProgress } from '../../contract/lab.ts';
import { harmless } from './table.ts';
import type { Terminal } from './terminal.ts';

const plainEveryMs = 10_000;
const liveEveryMs = 100;
const worthALineMs = 1000; // a phase that is over by then, or ends in a refusal, gets no line of its own

export interface ProgressView {
  readonly show: (progress: ExperimentProgress) => void;
  /** Draws the last picture, which then stays on the screen. */
  readonly end: () => void;
}

/** @param now milliseconds, to space the lines */
export function progressView(terminal: Terminal, now: () => number): ProgressView {
  return terminal.isLive ? liveView(terminal, now) : plainView(terminal, now);
}

function plainView(terminal: Terminal, now: () => number): ProgressView {
  let lastAt = -Infinity;
  let lastPhase = '';
  let phaseSince = 0;
  return {
    show: (progress) => {
      if (progress.phase !== lastPhase) {
        lastPhase = progress.phase;
        phaseSince = now();
        lastAt = -Infinity;
      }
      const isShort = !isTraining(progress) && now() - phaseSince < worthALineMs && !isLong(progress);
      if (isShort || now() - lastAt < plainEveryMs) return;
      lastAt = now();
      terminal.remark(`${headline(progress)}${progress.runs.some(isRunning) ? `; ${runsText(progress.runs)}` : ''}`);
    },
    end: () => undefined,
  };
}

function isTraining(progress: ExperimentProgress): boolean {
  return progress.totalRuns > 0;
}

/** A message that is a sentence says what is going to take its time. */
function isLong(progress: ExperimentProgress): boolean {
  return (progress.message?.length ?? 0) > 80;
}

function liveView(terminal: Terminal, now: () => number): ProgressView {
  let lastAt = -Infinity;
  let lastPhase = '';
  let waiting: ExperimentProgress | null = null;
  const draw = (progress: ExperimentProgress): void => {
    const width = Math.max(20, terminal.columns - 1);
    const lines = [`${bar(progress.fraction, Math.min(24, Math.floor(width / 4)))} ${headline(progress)}`, runsText(progress.runs)]
      .filter((line) => line !== '')
      .map((line) => cut(line, width));
    terminal.status(lines);
    lastAt = now();
    waiting = null;
  };
  return {
    show: (progress) => {
      const isPhaseNew = progress.phase !== lastPhase;
      lastPhase = progress.phase;
      // A long message has no room in the line
      if (isPhaseNew && progress.message !== undefined && !isTraining(progress) && isLong(progress)) terminal.remark(progress.message);
      if (!isPhaseNew && now() - lastAt < liveEveryMs) waiting = progress;
      else draw(progress);
    },
    end: () => {
      if (waiting !== null) draw(waiting);
    },
  };
}

function headline(progress: ExperimentProgress): string {
  const phase = progress.phase.charAt(0).toUpperCase() + progress.phase.slice(1);
  const parts = [phase];
  if (isTraining(progress)) parts.push(`${Math.floor(progress.fraction * 100)} %`, `${progress.finishedRuns} of ${progress.totalRuns} runs done`);
  if (progress.remainingMs !== null && progress.finishedRuns < progress.totalRuns) parts.push(`${durationText(progress.remainingMs)} left`);
  const message = isTraining(progress) ? undefined : progress.message; // in training it is the note that stands above already
  if (message !== undefined && isLong(progress)) return message; // a sentence speaks for itself
  return `${parts.join(', ')}${message === undefined ? '' : `: ${harmless(message)}`}`;
}

function isRunning(run: RunProgress): boolean {
  return run.status === 'running';
}

function runsText(runs: readonly RunProgress[]): string {
  return runs
    .filter(isRunning)
    .map((run) => {
      if (run.totalSteps === 0) return `${run.arm} seed ${run.seed}: starting`;
      const metric = run.mainMetric === null ? '' : `, validation ${Number(run.mainMetric.toPrecision(3))}`;
      return `${run.arm} seed ${run.seed}: epoch ${run.epoch + 1}, step ${run.step}/${run.totalSteps}, ${Number(run.stepMs.toPrecision(2))} ms a step${metric}`;
    })
    .join(' | ');
}

function bar(fraction: number, width: number): string {
  const full = Math.round(Math.min(1, Math.max(0, fraction)) * width);
  return `[${'#'.repeat(full)}${'-'.repeat(width - full)}]`;
}

function cut(line: string, width: number): string {
  return line.length <= width ? line : `${line.slice(0, width - 1)}…`;
}

/** 950 -> '1 s'; 65_000 -> '1 min 5 s'; 7_500_000 -> '2 h 5 min'. */
export function durationText(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min${seconds % 60 === 0 ? '' : ` ${seconds % 60} s`}`;
  return `${Math.floor(minutes / 60)} h${minutes % 60 === 0 ? '' : ` ${minutes % 60} min`}`;
}
