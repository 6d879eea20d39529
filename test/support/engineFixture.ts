/** Small programs and batches for engine tests: every network with two intermediate heads, numbers from counter-based streams. */
import * as v from 'valibot';
import { OptimizerPlan } from '../../src-main/contract/plan.ts';
import type { Params } from '../../src-main/contract/params.ts';
import { Stream, streamKey } from '../../src-main/contract/random.ts';
import type { InputShape } from '../../src-main/contract/inputShape.ts';
import { buildModel } from '../../src-main/engine/program/model.ts';
import { openOptimizer } from '../../src-main/engine/program/optimizers.ts';
import type { Program } from '../../src-main/engine/program/program.ts';
import { plainSteps, type Batch, type EngineNeeds, type HeldOutBatch, type StepEngineOptions } from '../../src-main/engine/stepEngine.ts';
import { network, networks } from '../../src-main/networks/index.ts';
import { initialValues } from '../../src-main/networks/initialize.ts';
import { size } from '../../src-main/networks/layer.ts';
import { depthNames } from '../../src-main/networks/network.ts';
import type { LossFunction } from '../../src-main/engine/program/program.ts';

const usualInputs: Readonly<Record<InputShape['kind'], InputShape>> = {
  table: { kind: 'table', shape: [12] },
  image: { kind: 'image', shape: [16, 16, 1] },
  sequence: { kind: 'sequence', shape: [6, 5] },
};

/** Where a network needs another input than is usual of its kind, to exercise all of it. */
const ownInputs: Readonly<Record<string, InputShape>> = {
  cnn: { kind: 'image', shape: [12, 12, 1] },
  'mini-inception': { kind: 'image', shape: [20, 20, 1] },
  googlenet: { kind: 'image', shape: [32, 32, 3] },
  resnet: { kind: 'image', shape: [16, 16, 3] },
};

/** Each network on the smallest input that exercises all of it. */
export const networkInputs: Readonly<Record<string, InputShape>> = Object.fromEntries(
  networks.map(({ id, inputs }) => [id, ownInputs[id] ?? usualInputs[inputs[0] ?? 'table']]),
);

export const classCount = 4;

const crossEntropy: LossFunction = (ops, output, labels, rowWeights) => ops.sum(ops.multiply(ops.softmaxCrossEntropy(output, labels), rowWeights));

export interface FixtureOptions {
  readonly batch?: number;
  readonly seed?: number;
  readonly clipNorm?: number;
  readonly gramian?: boolean;
  readonly auxiliaries?: boolean;
  readonly params?: Params; // of the network
  readonly needs?: Partial<EngineNeeds>; // beside steps and losses
}

/** A main task at the end and, unless switched off, two classifiers at the first and last depth. */
export function engineOptions(networkId: string, optimizerId: string, options: FixtureOptions = {}): StepEngineOptions {
  const input = networkInputs[networkId];
  if (input === undefined) throw new Error(`No input for network ${networkId}`);
  const trunk = network(networkId).build(input, options.params ?? {});
  const depths = depthNames(trunk);
  const heads = [
    { id: 'early', depth: depths[0] ?? 'end', outputs: classCount },
    { id: 'late', depth: depths.at(-1) ?? 'end', outputs: classCount },
  ];
  const model = buildModel(input, trunk, [{ id: 'main', depth: 'end', outputs: classCount }, ...(options.auxiliaries === false ? [] : heads)]);
  const plan = v.parse(OptimizerPlan, { id: optimizerId, weightDecay: optimizerId === 'adamw' ? 0.01 : 0, nesterov: optimizerId === 'momentum' });
  const program: Program = {
    model,
    losses: model.tasks.map(() => crossEntropy),
    labelGroups: model.tasks.map(() => 0),
    batch: options.batch ?? 6,
    evaluationBatch: 5,
    heldOutBatch: 4,
    clipNorm: options.clipNorm ?? null,
    l2: optimizerId === 'sgd' ? 0.001 : 0,
  };
  const initial = new Map(model.parameters.map((spec) => [spec.path, initialValues(spec, options.seed ?? 1)]));
  return {
    program,
    optimizer: openOptimizer(plan),
    initial,
    graph: null,
    needs: { ...plainSteps, step: options.gramian !== true, halves: options.gramian === true, losses: true, ...options.needs },
  };
}

/** Batch number `step`: normal inputs, random labels, sequences of lengths 3 to 6, one row without a label. */
export function fixtureBatch(options: StepEngineOptions, step: number): Batch {
  const { program } = options;
  const { input } = program.model;
  const random = new Stream(7, 'fixture', step);
  const x = Float32Array.from({ length: program.batch * size(input.shape) }, () => random.normal());
  const labels = new Float32Array(program.batch * classCount);
  const rowWeights = new Float32Array(program.batch);
  for (let row = 0; row < program.batch - 1; row++) {
    labels[row * classCount + random.integer(classCount)] = 1;
    rowWeights[row] = 1 / (program.batch - 1);
  }
  const steps = input.kind === 'sequence' ? input.shape[0] : 0;
  const mask = steps === 0 ? null : Float32Array.from({ length: program.batch * steps }, (_, at) => (at % steps < 3 + (Math.floor(at / steps) % 4) ? 1 : 0));
  const seeds = new Map(program.model.streams.map((stream) => [stream, streamKey(5, stream, step)]));
  return { x, mask, labels: program.model.tasks.map(() => labels), rowWeights: program.model.tasks.map(() => rowWeights), seeds };
}

/** The first rows of another batch, as rows that no step trains on. */
export function fixtureHeldOut(options: StepEngineOptions): HeldOutBatch {
  const { program } = options;
  const { x, mask, labels, rowWeights } = fixtureBatch(options, 1000);
  const rows = program.heldOutBatch ?? 0;
  const part = (values: Float32Array, whole: number): Float32Array => values.slice(0, (values.length / whole) * rows);
  return {
    x: part(x, program.batch),
    mask: mask === null ? null : part(mask, program.batch),
    labels: part(labels[0] ?? new Float32Array(), program.batch),
    rowWeights: part(rowWeights[0] ?? new Float32Array(), program.batch),
  };
}

export function evaluationInputs(options: StepEngineOptions): { readonly x: Float32Array; readonly mask: Float32Array | null } {
  const { program } = options;
  const { input } = program.model;
  const random = new Stream(8, 'evaluation');
  const x = Float32Array.from({ length: program.evaluationBatch * size(input.shape) }, () => random.normal());
  return { x, mask: input.kind === 'sequence' ? new Float32Array(program.evaluationBatch * input.shape[0]).fill(1) : null };
}

/** Largest |a - b| / max(|b|, floor) over two lists. */
export function relativeError(a: ArrayLike<number>, b: ArrayLike<number>, floor = 1e-6): number {
  let worst = a.length === b.length ? 0 : Infinity;
  for (let i = 0; i < b.length; i++) worst = Math.max(worst, Math.abs((a[i] ?? NaN) - (b[i] ?? NaN)) / Math.max(Math.abs(b[i] ?? NaN), floor));
  return worst;
}
