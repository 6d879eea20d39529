/** What a lab has in it, as its answers carry it: experiments, runs, a plan, a data set. Tests change the part that they are about. */
import * as v from 'valibot';
import type { CallAnswer, CallOutput, ExperimentLine, RunLine } from '../../src-main/contract/calls.ts';
import { asWritten } from '../../src-main/contract/figures.ts';
import { Plan } from '../../src-main/contract/plan.ts';
import type { ExperimentDocument } from '../../src-main/contract/results.ts';
import { metricIds, type MetricId } from '../../src-main/vocabulary/metrics/index.ts';
import { reportFixture } from '../support/reportFixture.ts';

export function line(experimentId: string, part: Partial<ExperimentLine> = {}): ExperimentLine {
  return {
    experimentId,
    name: `Experiment ${experimentId}`,
    created: '2026-11-24T00:31:01.000Z',
    status: 'finished',
    verdict: 'helps',
    runs: 12,
    finishedRuns: 12,
    question: 'Does it help?',
    metric: 'accuracy',
    data: 'flowers.csv',
    tags: [],
    hasNotes: false,
    trashed: null,
    imported: null,
    activity: 'none',
    ...part,
  };
}

export function runLine(at: number, part: Partial<RunLine> = {}): RunLine {
  return {
    runId: `baseline-${at}`,
    experimentId: 'e1',
    experiment: 'Flowers',
    arm: 'baseline',
    armTitle: 'Baseline',
    role: 'baseline',
    seed: at,
    status: 'finished',
    metric: 'accuracy',
    validation: 0.9,
    test: 0.9125,
    steps: 1200,
    wallMs: 65_000,
    started: null,
    error: null,
    ...part,
  };
}

export function plan(part: Record<string, unknown> = {}): Plan {
  return v.parse(Plan, {
    format: 'auxlab-plan/2',
    data: { source: '/data/flowers.csv' },
    main: { target: 'species' },
    network: { id: 'mlp' },
    arms: [{ auxiliaries: [{ target: 'region' }, { target: 'species', depth: 'layer1', weight: 0.2 }] }],
    ...part,
  });
}

export function document(id = 'e1', options: Parameters<typeof reportFixture>[0] = {}): ExperimentDocument {
  return { ...reportFixture(options).experiment, experimentId: id };
}

/** A document as JSON carries it: what is not finite becomes null. */
export function onWire(value: ExperimentDocument): CallAnswer<'experiments.show'> {
  return asWritten(value);
}

export function flowers(
  source: string,
  columns = [column('length', 'number', 'regression'), column('species', 'class', 'classification'), column('region', 'class', 'classification')],
): CallOutput<'data.inspect'> {
  return {
    source,
    name: 'flowers.csv',
    format: 'csv',
    digest: 'abc',
    rows: 60,
    sizeBytes: 2000,
    input: { kind: 'table', shape: [2] },
    columns,
    targets: ['species', 'region'],
    networks: ['mlp'],
    notes: [],
    warnings: ['Column "species" is nearly a copy of "code".'],
    remedies: [{ kind: 'role', column: 'code', role: 'ignore' }],
    reading: { delimiter: ',', encoding: 'utf-8', decimal: '.', header: true },
  };
}

const noChance = Object.fromEntries(metricIds.map((id) => [id, null])) as Record<MetricId, null>; // one entry a metric

export function column(name: string, kind: 'class' | 'number', task: 'classification' | 'regression'): CallOutput<'data.inspect'>['columns'][number] {
  const role = kind === 'number' ? 'input' : 'target';
  return {
    name,
    kind,
    role,
    guessed: role,
    reason: 'few values',
    kindReason: kind === 'number' ? 'Its values are numbers.' : 'Its values are texts.',
    told: null,
    examples: kind === 'number' ? [5, 7, 13] : ['red', 'blue'],
    missing: 0,
    distinct: 3,
    outputs: { classification: 3, regression: 1 },
    chance: { ...noChance, ...(task === 'classification' ? { accuracy: 0.5 } : { rmse: 9 }) },
    classes:
      kind === 'class'
        ? [
            { name: 'red', count: 30 },
            { name: 'blue', count: 30 },
          ]
        : null,
    range: kind === 'number' ? { min: 0, max: 30, mean: 15, standardDeviation: 9 } : null,
    dates: null,
    histogram: kind === 'number' ? new Array<number>(24).fill(3) : null,
    task,
  };
}
