/** Finds experiments and runs among very many: one statement a page, so that ten thousand runs answer in a moment. Reads only. */
import type Sqlite from 'better-sqlite3';
import type { ExperimentStatus, RunStatus, Verdict } from '../contract/results.ts';
import { experimentStatusSql } from './run.ts';

export interface FoundExperiment {
  readonly id: string;
  readonly name: string;
  readonly question: string;
  readonly created: string;
  readonly verdict: Verdict;
  readonly metric: string;
  readonly data: string;
  readonly status: ExperimentStatus;
  readonly runs: number;
  readonly finished: number;
  readonly tags: string | null; // joined by the unit separator
  readonly has_notes: number;
  readonly trashed: string | null;
  readonly imported: string | null;
}

export interface FoundRun {
  readonly name: string;
  readonly experiment_id: string;
  readonly experiment: string;
  readonly arm_id: string;
  readonly arm_title: string;
  readonly role: 'baseline' | 'auxiliary';
  readonly seed: number;
  readonly status: RunStatus;
  readonly metric: string;
  readonly validation: number | null;
  readonly test: number | null;
  readonly steps: number;
  readonly wall_ms: number;
  readonly started: string | null;
  readonly error: string | null;
}

export interface ExperimentSearch {
  readonly words: readonly string[]; // all of them must occur
  readonly status?: ExperimentStatus | undefined;
  readonly verdict?: Verdict | undefined;
  readonly tag?: string | undefined;
  readonly trashed: boolean;
  readonly sort: 'newest' | 'oldest' | 'name';
  readonly offset: number;
  readonly limit: number; // -1: all
}

export interface RunSearch {
  readonly words: readonly string[];
  readonly experiment?: string | undefined;
  readonly status?: RunStatus | undefined;
  readonly sort: 'newest' | 'oldest' | 'test-high' | 'test-low' | 'slowest';
  readonly offset: number;
  readonly limit: number;
}

export const tagSeparator = '\u001f';

const experiments = `
  SELECT experiment.id, experiment.name, experiment.question, experiment.created, experiment.verdict,
    experiment.metric, experiment.imported, dataset.name AS data,
    coalesce(state.status, 'finished') AS status, coalesce(state.runs, 0) AS runs, coalesce(state.finished, 0) AS finished,
    (SELECT group_concat(tag, char(31)) FROM (SELECT tag FROM tag WHERE tag.experiment_id = experiment.id ORDER BY tag)) AS tags,
    coalesce(annotation.notes, '') <> '' AS has_notes, coalesce(annotation.notes, '') AS notes, annotation.trashed
  FROM experiment JOIN dataset ON dataset.id = experiment.dataset_id
    LEFT JOIN annotation ON annotation.experiment_id = experiment.id
    LEFT JOIN (
      SELECT experiment_id, count(*) AS runs, sum(run.status = 'finished') AS finished, ${experimentStatusSql} AS status
      FROM run GROUP BY experiment_id) AS state
      ON state.experiment_id = experiment.id`;

const experimentOrder = { newest: 'created DESC, id DESC', oldest: 'created, id', name: 'name COLLATE NOCASE, created DESC' } as const;

const runOrder = {
  newest: 'run.id DESC',
  oldest: 'run.id',
  'test-high': 'test.value IS NULL, test.value DESC, run.id DESC',
  'test-low': 'test.value IS NULL, test.value, run.id DESC',
  slowest: 'run.wall_ms DESC, run.id DESC',
} as const;

type Values = Record<string, string | number>;

export type SearchQueries = ReturnType<typeof searchQueries>;

export function searchQueries(database: Sqlite.Database) {
  return {
    experiments({ words, status, verdict, tag, trashed, sort, offset, limit }: ExperimentSearch): { total: number; items: FoundExperiment[] } {
      const values: Values = {};
      const conditions = [trashed ? 'trashed IS NOT NULL' : 'trashed IS NULL'];
      const text = "name || ' ' || question || ' ' || data || ' ' || coalesce(tags, '') || ' ' || notes || ' ' || id";
      words.forEach((word, at) => {
        values[`word${at}`] = likePattern(word);
        conditions.push(`${text} LIKE :word${at} ESCAPE '\\'`);
      });
      const given: Values = { ...(status === undefined ? {} : { status }), ...(verdict === undefined ? {} : { verdict }) };
      for (const [name, value] of Object.entries(given)) {
        values[name] = value;
        conditions.push(`${name} = :${name}`);
      }
      if (tag !== undefined) {
        values['tag'] = tag;
        conditions.push('EXISTS (SELECT 1 FROM tag WHERE tag.experiment_id = found.id AND tag.tag = :tag)');
      }
      const found = `FROM (${experiments}) AS found WHERE ${conditions.join(' AND ')}`;
      const total = database.prepare<[Values], { total: number }>(`SELECT count(*) AS total ${found}`).get(values)?.total ?? 0;
      const items = database
        .prepare<[Values], FoundExperiment>(`SELECT * ${found} ORDER BY ${experimentOrder[sort]} LIMIT :limit OFFSET :offset`)
        .all({ ...values, limit, offset });
      return { total, items };
    },
    runs({ words, experiment, status, sort, offset, limit }: RunSearch): { total: number; items: FoundRun[] } {
      const values: Values = {};
      const conditions = ['NOT EXISTS (SELECT 1 FROM annotation WHERE annotation.experiment_id = run.experiment_id AND annotation.trashed IS NOT NULL)'];
      words.forEach((word, at) => {
        values[`word${at}`] = likePattern(word);
        conditions.push(`run.name || ' ' || experiment.name || ' ' || arm.title LIKE :word${at} ESCAPE '\\'`);
      });
      if (experiment !== undefined) {
        values['experiment'] = experiment;
        conditions.push('run.experiment_id = :experiment');
      }
      if (status !== undefined) {
        values['status'] = status;
        conditions.push('run.status = :status');
      }
      const from = `
        FROM run JOIN experiment ON experiment.id = run.experiment_id JOIN arm ON arm.experiment_id = run.experiment_id AND arm.id = run.arm_id`;
      const metric = (part: string): string =>
        `LEFT JOIN metric AS ${part} ON ${part}.run_id = run.id AND ${part}.part = '${part}' AND ${part}.task = 'main' AND ${part}.metric = experiment.metric`;
      const where = `WHERE ${conditions.join(' AND ')}`;
      const total = database.prepare<[Values], { total: number }>(`SELECT count(*) AS total ${from} ${where}`).get(values)?.total ?? 0;
      const items = database
        .prepare<[Values], FoundRun>(
          `SELECT run.name, run.experiment_id, experiment.name AS experiment, run.arm_id, arm.title AS arm_title, arm.role, run.seed, run.status,
             experiment.metric, validation.value AS validation, test.value AS test, run.steps, run.wall_ms, run.started, run.error
           ${from} ${metric('validation')} ${metric('test')} ${where} ORDER BY ${runOrder[sort]} LIMIT :limit OFFSET :offset`,
        )
        .all({ ...values, limit, offset });
      return { total, items };
    },
  };
}

/** Every place where the word occurs, with LIKE's own signs taken as they are. */
function likePattern(word: string): string {
  return `%${word.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
}
