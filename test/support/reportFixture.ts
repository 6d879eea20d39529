/** Builds a realistic ReportInput without training: curves that rise and level off, paired noise, weights that move. Deterministic. */
import * as v from 'valibot';
import { Plan } from '../../src-main/contract/plan.ts';
import type {
  ArmDocument,
  ComparisonDocument,
  ExperimentDocument,
  MetricId,
  ReportInput,
  RunDocument,
  Series,
  TaskDocument,
  TaskMetrics,
} from '../../src-main/contract/results.ts';
import { isHigherBetter } from '../../src-main/contract/results.ts';
import { bestArm, compareArms } from '../../src-main/stats/comparison.ts';
import { metricOf } from '../../src-main/vocabulary/metrics/index.ts';
import { moments } from '../../src-main/stats/paired.ts';

export interface FixtureOptions {
  readonly name?: string;
  readonly target?: string;
  readonly auxiliaryTarget?: string;
  readonly armTitles?: readonly string[]; // one an auxiliary arm
  readonly gains?: readonly number[]; // true gain of each arm in the metric, plus is better
  readonly noise?: number; // standard deviation of a pair's difference
  readonly pairs?: number;
  readonly finishedPairs?: number;
  readonly failedSeed?: number;
  readonly metric?: 'accuracy' | 'rmse';
  readonly margin?: number;
  readonly testRows?: number; // of an accuracy
  readonly steps?: number; // recorded a run
  readonly notes?: string;
}

const EPOCHS = 12;

export function reportFixture(options: FixtureOptions = {}): ReportInput {
  const {
    name = 'Does the coarse group help Fashion-MNIST?',
    target = 'label',
    auxiliaryTarget = 'coarse',
    pairs = 6,
    finishedPairs = pairs,
    metric = 'accuracy',
    margin = metric === 'accuracy' ? 0.005 : 0.05,
  } = options;
  const titles = options.armTitles ?? ['Coarse group, fixed 0.3', 'Coarse group, uncertainty'];
  const random = noise(7);
  const seriesRandom = noise(11); // apart, so that the metrics do not depend on how many steps were recorded
  const seeds = Array.from({ length: pairs }, (_, i) => i + 1);
  const base = seeds.map(() => (metric === 'accuracy' ? 0.884 : 2.9) + random() * (metric === 'accuracy' ? 0.004 : 0.1));
  const series = new Map<string, readonly Series[]>();
  const better = isHigherBetter(metric) ? 1 : -1;
  const arms = ['Baseline', ...titles].map((title, place): ArmDocument => {
    const isBaseline = place === 0;
    const gain = isBaseline ? 0 : (options.gains?.[place - 1] ?? [0.011, 0.0045][place - 1] ?? 0);
    const id = isBaseline ? 'baseline' : `aux-${place}`;
    const runs = seeds.map((seed, i): RunDocument => {
      const test = (base[i] ?? 0) + better * (gain + (isBaseline ? 0 : random() * (options.noise ?? (metric === 'accuracy' ? 0.0028 : 0.06))));
      const failed = options.failedSeed === seed && place === 1;
      const status = failed ? 'failed' : i < finishedPairs ? 'finished' : 'queued';
      const runId = `${id}-seed-${seed}`;
      if (status === 'finished') series.set(runId, recordedSeries(test, metric, place, auxiliaryTarget, options.steps ?? 1500, seriesRandom));
      return runDocument({ id: runId, seed, status, test, metric, place, auxiliaryTarget, random });
    });
    return {
      id,
      title,
      role: isBaseline ? 'baseline' : 'auxiliary',
      method: isBaseline ? 'none' : place === 2 ? 'uncertainty' : 'fixed',
      methodParams: {},
      tasks: tasks(target, auxiliaryTarget, metric, place),
      runs,
    };
  });
  const experiment = experimentDocument({ name, target, auxiliaryTarget, metric, margin, arms, pairs, testRows: options.testRows ?? 10_000 });
  return { experiment, series, ...(options.notes === undefined ? {} : { notes: options.notes }) };
}

function tasks(target: string, auxiliaryTarget: string, metric: MetricId, place: number): TaskDocument[] {
  const isRegression = metric === 'rmse';
  const main: TaskDocument = {
    id: 'main',
    target,
    kind: isRegression ? 'regression' : 'classification',
    depth: 'end',
    weight: null,
    schedule: null,
    balanced: true,
    bounds: null,
    classes: isRegression ? null : Array.from({ length: 10 }, (_, i) => `class ${i}`),
    metric,
  };
  const auxiliary: TaskDocument = {
    id: auxiliaryTarget,
    target: auxiliaryTarget,
    kind: 'classification',
    depth: place === 2 ? 'block2' : 'end',
    weight: 0.3,
    schedule: place === 2 ? null : 'curriculum from 2 to 5',
    balanced: true,
    bounds: null,
    classes: ['tops', 'shoes', 'other'],
    metric: 'accuracy',
  };
  return place === 0 ? [main] : [main, auxiliary];
}

interface RunParts {
  readonly id: string;
  readonly seed: number;
  readonly status: RunDocument['status'];
  readonly test: number;
  readonly metric: MetricId;
  readonly place: number;
  readonly auxiliaryTarget: string;
  readonly random: () => number;
}

function runDocument({ id, seed, status, test, metric, place, auxiliaryTarget, random }: RunParts): RunDocument {
  const done = status === 'finished';
  const auxiliary = place === 0 ? {} : { [auxiliaryTarget]: { accuracy: 0.952 + random() * 0.003, loss: 0.13 + random() * 0.01 } };
  const at = (value: number): TaskMetrics => ({
    main:
      metric === 'rmse'
        ? { rmse: value, mae: value * 0.76, r2: 1 - (value / 7.8) ** 2, loss: 0.2 }
        : { accuracy: value, 'macro-f1': value - 0.002, 'log-loss': 0.36, loss: 0.36 },
    ...auxiliary,
  });
  const shift = metric === 'rmse' ? -0.4 : 0.05 - place * 0.006;
  return {
    id,
    seed,
    status,
    ...(status === 'failed' ? { error: 'The loss became NaN at step 812 (auxiliary coarse, weight 9.6).' } : {}),
    epochs: done ? EPOCHS : 0,
    steps: done ? 1500 : 0,
    selectedEpoch: done ? EPOCHS - 1 - (seed % 3) : null,
    wallMs: done ? 18_400 + place * 2_900 + Math.round(random() * 300) : 0,
    stepMs: done ? 6.2 + place * 0.85 + random() * 0.05 : null,
    train: done ? at(test + shift) : {},
    validation: done ? at(test + random() * 0.002) : {},
    test: done ? at(test) : {},
    classRecall:
      done && metric !== 'rmse'
        ? { main: Array.from({ length: 10 }, (_, k) => (k === 9 ? null : test - 0.02 + 0.005 * k + (k === 2 ? 0.04 * place : 0))) }
        : {},
    finalWeightsSha256: done ? digest(seed * 31 + place) : null,
    mainWeightsSha256: done ? digest(seed * 57 + place) : null,
    parameters: done ? { total: 421_642 + place * 1_290, deployed: 421_642 } : null,
  };
}

function recordedSeries(end: number, metric: MetricId, place: number, auxiliaryTarget: string, steps: number, random: () => number): Series[] {
  const epochs = Array.from({ length: EPOCHS }, (_, i) => i);
  const all = Array.from({ length: steps }, (_, i) => i);
  const start = metric === 'rmse' ? 6.5 : 0.62;
  const curve = (target: number, wobble: number): number[] => epochs.map((epoch) => target + (start - target) * Math.exp(-epoch / 2.2) + random() * wobble);
  const loss = (scale: number): number[] => all.map((step) => scale * (0.28 + 1.9 * Math.exp(-step / (steps / 9))) * Math.exp(random() * 0.22));
  const wobble = metric === 'rmse' ? 0.05 : 0.0025;
  const list: Series[] = [
    { name: `validation/main/${metric}`, steps: epochs, values: curve(end, wobble) },
    { name: `train/main/${metric}`, steps: epochs, values: curve(end + (metric === 'rmse' ? -0.4 : 0.05 - place * 0.006), wobble / 2) },
    { name: 'learning-rate', steps: epochs, values: epochs.map(() => 0.001) },
    { name: 'loss/main', steps: all, values: loss(1 - place * 0.03) },
  ];
  if (place === 0) return list;
  const ramp = (step: number): number => Math.min(1, Math.max(0, (step / steps - 2 / 12) / (3 / 12)));
  const drift = random() * 0.02;
  const weights = all.map((step) => (place === 2 ? 0.5 + (0.55 + drift) * (1 - Math.exp(-step / (steps / 3))) + random() * 0.004 : 0.3 * ramp(step)));
  return [...list, { name: `loss/${auxiliaryTarget}`, steps: all, values: loss(0.5) }, { name: `weight/${auxiliaryTarget}`, steps: all, values: weights }];
}

function experimentDocument(parts: {
  name: string;
  target: string;
  auxiliaryTarget: string;
  metric: MetricId;
  margin: number;
  arms: readonly ArmDocument[];
  pairs: number;
  testRows: number;
}): ExperimentDocument {
  const { name, target, auxiliaryTarget, metric, margin, arms, pairs } = parts;
  const comparisons = comparisonDocuments(arms, metric, margin, pairs, metricOf(metric).countsRows ? parts.testRows : null);
  const plan = v.parse(Plan, {
    format: 'auxlab-plan/2',
    name,
    data: { source: 'sample:fashion-mnist' },
    main: { target },
    network: { id: 'mini-inception', params: { width: 16 } },
    training: {
      epochs: EPOCHS,
      optimizer: { id: 'adamw', weightDecay: 0.01 },
      learningRateSchedule: { id: 'cosine', warmUp: 1 },
      augment: { flip: true, shift: 2 },
    },
    arms: arms.slice(1).map(() => ({ auxiliaries: [{ target: auxiliaryTarget }] })),
    repeats: pairs,
    margin,
  });
  return {
    experimentId: '01jb6x2k9q',
    name,
    question: `Does an auxiliary loss make ${target} better?`,
    status: 'finished',
    verdict: comparisons[Math.max(0, bestArm(comparisons))]?.verdict ?? 'too-early',
    metric,
    higherIsBetter: isHigherBetter(metric),
    margin,
    engine: { backend: 'tensorflow', version: '2.21.0', device: 'CPU', captured: true, threads: 1 },
    arms,
    comparisons,
    warnings: ['The column "coarse" follows from "label" in every row: the auxiliary task holds no information beyond the main one.'],
    plan,
    provenance: {
      auxlab: '0.1.0',
      node: '24.21.0',
      platform: 'linux x64',
      cpu: 'Example CPU, 2 cores',
      created: '2026-11-20T14:03:22.120Z',
      data: { source: 'sample:fashion-mnist', digest: digest(1), rows: 12_000, split: { train: 8_400, validation: 1_800, test: 1_800, digest: digest(2) } },
      seeds: Array.from({ length: pairs }, (_, i) => i + 1),
      command:
        `auxlab compare sample:fashion-mnist --main ${target} --aux ${auxiliaryTarget}=0.3 ` + `--network mini-inception --epochs ${EPOCHS} --repeats ${pairs}`,
      environment: { OMP_NUM_THREADS: '1', TF_ENABLE_ONEDNN_OPTS: '0' },
      host: {},
    },
    imported: null,
  };
}

function comparisonDocuments(arms: readonly ArmDocument[], metric: MetricId, margin: number, pairs: number, testRows: number | null): ComparisonDocument[] {
  const [baseline, ...auxiliary] = arms;
  const sign = isHigherBetter(metric) ? 1 : -1;
  const value = (run: RunDocument | undefined): number | undefined => (run?.status === 'finished' ? run.test['main']?.[metric] : undefined);
  const paired = auxiliary.map((arm) =>
    arm.runs.flatMap((run, i) => {
      const [before, after] = [value(baseline?.runs[i]), value(run)];
      return before === undefined || after === undefined ? [] : [{ seed: run.seed, baseline: before, auxiliary: after, difference: sign * (after - before) }];
    }),
  );
  const inputs = paired.map((list, i) => ({
    differences: list.map(({ difference }) => difference),
    plannedPairs: pairs,
    failedPairs: auxiliary[i]?.runs.filter(({ status }) => status === 'failed').length ?? 0,
  }));
  const step = (arm: ArmDocument | undefined): number => moments((arm?.runs ?? []).flatMap(({ stepMs }) => (stepMs === null ? [] : [stepMs]))).mean;
  return compareArms(inputs, margin, testRows).map((comparison, i) => ({
    ...comparison,
    testRows,
    arm: auxiliary[i]?.id ?? '',
    differences: paired[i] ?? [],
    overheadPercent: paired[i]?.length === 0 ? null : (step(auxiliary[i]) / step(baseline) - 1) * 100,
    gap: paired[i]?.length === 0 ? null : { baseline: 0.05, auxiliary: 0.05 - (i + 1) * 0.006, difference: -(i + 1) * 0.006 },
    validationDifference: comparison.difference.mean * 1.05,
  }));
}

/** Standard normal numbers from a fixed linear congruential generator (Numerical Recipes' constants). */
function noise(seed: number): () => number {
  let state = seed >>> 0;
  const uniform = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

function digest(seed: number): string {
  return Array.from({ length: 8 }, (_, i) => (Math.imul(seed + i * 7919, 2_654_435_761) >>> 0).toString(16).padStart(8, '0')).join('');
}
