/** Gathers the points of a training experiment and tells them a few times a second, thinned: a window draws what a person can see. */
import type { LivePoints } from '../../contract/calls.ts';
import { readFigure, writtenFigure } from '../../contract/figures.ts';
import { thin, type ThinPoint } from '../../contract/thin.ts';
import type { Point, RunJob } from '../../engine/protocol.ts';
import type { Emit } from './tell.ts';

const everyMs = 300;
const mostAtOnce = 24; // of one series; the whole line is read with series.read

interface Gathered {
  readonly about: Omit<LivePoints, 'steps' | 'values'>;
  readonly rows: ThinPoint[];
}

export interface LiveFeed {
  add(experimentId: string, job: RunJob, points: readonly Point[]): void;
  /** Tells what is left, at once. */
  flush(): void;
}

export function liveFeed(emit: Emit): LiveFeed {
  const gathered = new Map<string, Map<string, Gathered>>();
  let timer: NodeJS.Timeout | null = null;

  const flush = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    for (const [experimentId, lines] of gathered)
      emit({
        name: 'experiment.points',
        experimentId,
        lines: [...lines.values()].map(({ about, rows }) => {
          const kept = thin(rows, mostAtOnce);
          return { ...about, steps: kept.map(([at]) => at), values: kept.map(([, value]) => readFigure(value)) };
        }),
      });
    gathered.clear();
  };

  return {
    flush,
    add(experimentId, { runId, arm, seed }, points) {
      let lines = gathered.get(experimentId);
      if (lines === undefined) gathered.set(experimentId, (lines = new Map<string, Gathered>()));
      for (const [name, at, value] of points) {
        const key = `${runId}/${name}`;
        let line = lines.get(key);
        if (line === undefined) lines.set(key, (line = { about: { run: runId, arm, seed, name }, rows: [] }));
        line.rows.push([at, writtenFigure(value)]);
      }
      timer ??= setTimeout(flush, everyMs);
    },
  };
}
