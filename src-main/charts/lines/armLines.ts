/** The runs of arms as the lines of a chart: a faint line a run, a mean line with its band an arm. Pure. */
import type { Line, RunLine } from './lines.ts';
import { meanLine } from './meanLine.ts';
import { stretched } from './stretches.ts';

export interface ArmRuns {
  readonly group: string; // what its lines are shown and hidden by
  readonly title: string;
  readonly arm: number; // 0: baseline
  readonly part?: string; // which of its arm's lines, where an arm has several: 'task type'
  readonly isDashed?: boolean;
  readonly runs: readonly (RunLine & { readonly seed: number })[];
  readonly stretch?: number; // steps that a point of the mean line stands for; 1 where it is left out
}

/** Faint lines of every run first, so that the means lie above them. A single run is its own mean. */
export function armLines(arms: readonly ArmRuns[]): Line[] {
  return [...arms.flatMap(thinLines), ...arms.flatMap(mainLine)];
}

function thinLines({ group, title, arm, part, isDashed = false, runs }: ArmRuns): Line[] {
  if (runs.length < 2) return [];
  return runs.map(({ seed, xs, ys }) => ({ group, label: withPart(`${title}, seed ${seed}`, part), arm, role: 'thin' as const, isDashed, xs, ys }));
}

function mainLine({ group, title, arm, part, isDashed = false, runs, stretch = 1 }: ArmRuns): Line[] {
  const mean = meanLine(runs.map((run) => stretched(run, stretch)));
  const parts = part === undefined ? {} : { title, part };
  return mean.xs.length === 0 ? [] : [{ group, label: withPart(title, part), ...parts, arm, role: 'main', isDashed, ...mean }];
}

function withPart(label: string, part: string | undefined): string {
  return part === undefined ? label : `${label}, ${part}`;
}
