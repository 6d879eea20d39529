/** Notices what changes in the store, whoever writes it: this process, a command line, another window. Reads only. */
import type { LabWork } from '../../contract/lab.ts';

type Lab = Pick<LabWork, 'query'>;

/** One text an experiment; it differs when anything that a list or a report shows has changed. */
type Marks = ReadonlyMap<string, string>;

export interface ChangeWatch {
  /** @returns the experiments that are new, changed or gone since the last look; the first look finds none */
  look(lab: Lab): readonly string[];
}

/** The statement counts and adds what a run changes while it trains, so one query serves thousands of runs. */
const marksQuery = `
  SELECT experiment.id, experiment.name, experiment.verdict, run.status, count(run.id), sum(run.steps), sum(run.epochs), max(run.ended)
  FROM experiment LEFT JOIN run ON run.experiment_id = experiment.id
  GROUP BY experiment.id, run.status ORDER BY experiment.created DESC, experiment.id DESC, run.status`;

export function watchChanges(): ChangeWatch {
  let lastLab: Lab | null = null;
  let lastVersion: unknown = null;
  let marks: Marks | null = null;
  return {
    look(lab) {
      // SQLite counts the commits that others made, for each connection anew; asking costs microseconds, so quiet stores stay quiet
      const version = lab.query('SELECT data_version FROM pragma_data_version').rows[0]?.[0];
      if (lab === lastLab && version === lastVersion) return [];
      const before = marks;
      const after = readMarks(lab);
      lastLab = lab;
      lastVersion = version;
      marks = after;
      if (before === null) return [];
      const ids = new Set([...before.keys(), ...after.keys()]);
      return [...ids].filter((id) => before.get(id) !== after.get(id));
    },
  };
}

function readMarks(lab: Lab): Marks {
  const marks = new Map<string, string>();
  for (const [id, ...values] of lab.query(marksQuery).rows) {
    const key = String(id);
    marks.set(key, `${marks.get(key) ?? ''}${JSON.stringify(values)}`);
  }
  return marks;
}
