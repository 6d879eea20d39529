/** The networks of the benchmark, each with the batch it is timed on. The peers in peers.py build the same ones. */
import * as v from 'valibot';
import { OptimizerPlan } from '../../src-main/contract/plan.ts';
import { Stream, streamKey } from '../../src-main/contract/random.ts';
import type { InputShape } from '../../src-main/contract/inputShape.ts';
import { buildModel } from '../../src-main/engine/program/model.ts';
import type { ModelTask } from '../../src-main/engine/program/model.ts';
import { openOptimizer } from '../../src-main/engine/program/optimizers.ts';
import type { LossFunction, Program } from '../../src-main/engine/program/program.ts';
import type { TaskJob } from '../../src-main/engine/protocol.ts';
import { plainSteps, type Batch, type EngineNeeds, type StepEngineOptions } from '../../src-main/engine/stepEngine.ts';
import type { Params } from '../../src-main/contract/params.ts';
import { network, networks } from '../../src-main/networks/index.ts';
import { initialValues } from '../../src-main/networks/initialize.ts';
import { size } from '../../src-main/networks/layer.ts';

export interface BenchCase {
  readonly id: string;
  readonly network: string;
  readonly params: Params;
  readonly input: InputShape;
  readonly depths: readonly string[]; // of the heads, the main one first
  readonly hasPeers: boolean;
}

const all: readonly BenchCase[] = [
  { id: 'mini-inception', network: 'mini-inception', params: {}, input: { kind: 'image', shape: [28, 28, 1] }, depths: ['end', 'a', 'c'], hasPeers: true },
  { id: 'mlp', network: 'mlp', params: { units: 128, layers: 2 }, input: { kind: 'table', shape: [64] }, depths: ['end', 'end', 'end'], hasPeers: true },
  { id: 'cnn', network: 'cnn', params: {}, input: { kind: 'image', shape: [28, 28, 1] }, depths: ['end', 'block1', 'block2'], hasPeers: false },
  { id: 'lstm', network: 'lstm', params: { units: 128, layers: 1 }, input: { kind: 'sequence', shape: [28, 28] }, depths: ['end'], hasPeers: true },
];

/** Those whose network is there. */
export const cases = all.filter((bench) => networks.some(({ id }) => id === bench.network));

export const batchSize = 64;
const classes = 10;
const crossEntropy: LossFunction = (ops, output, labels, rowWeights) => ops.sum(ops.multiply(ops.softmaxCrossEntropy(output, labels), rowWeights));

export const plan = v.parse(OptimizerPlan, { id: 'adam' });

/** @param needs what will be called beside predict(); default: plain steps */
export function engineOptions(bench: BenchCase, needs: EngineNeeds = plainSteps): StepEngineOptions {
  const trunk = network(bench.network).build(bench.input, bench.params);
  const tasks: ModelTask[] = bench.depths.map((depth, k) => ({ id: k === 0 ? 'main' : `auxiliary${k}`, depth, outputs: classes }));
  const model = buildModel(bench.input, trunk, tasks);
  const program: Program = {
    model,
    losses: tasks.map(() => crossEntropy),
    labelGroups: tasks.map(() => 0),
    batch: batchSize,
    evaluationBatch: batchSize,
    heldOutBatch: batchSize,
    clipNorm: null,
    l2: 0,
  };
  return {
    program,
    optimizer: openOptimizer(plan),
    initial: new Map(model.parameters.map((spec) => [spec.path, initialValues(spec, 1)])),
    needs,
    graph: null,
  };
}

/** The tasks of a case as a run has them, auxiliaries with weight 0.3. */
export function benchTasks(bench: BenchCase): TaskJob[] {
  return bench.depths.map((depth, k) => ({
    id: k === 0 ? 'main' : `auxiliary${k}`,
    target: 'label',
    kind: 'classification',
    loss: 'cross-entropy',
    lossParams: {},
    labelSmoothing: 0,
    classWeights: 'none',
    metric: 'accuracy',
    depth,
    weight: k === 0 ? 1 : 0.3,
    schedule: { id: 'constant' },
    balanced: true,
    bounds: null,
  }));
}

export function benchBatch({ program }: StepEngineOptions): Batch {
  const random = new Stream(1, 'bench');
  const x = Float32Array.from({ length: batchSize * size(program.model.input.shape) }, () => random.normal());
  const labels = new Float32Array(batchSize * classes);
  for (let row = 0; row < batchSize; row++) labels[row * classes + random.integer(classes)] = 1;
  const rowWeights = new Float32Array(batchSize).fill(1 / batchSize);
  const { input } = program.model;
  return {
    x,
    mask: input.kind === 'sequence' ? new Float32Array(batchSize * input.shape[0]).fill(1) : null,
    labels: program.model.tasks.map(() => labels),
    rowWeights: program.model.tasks.map(() => rowWeights),
    seeds: new Map(program.model.streams.map((stream) => [stream, streamKey(1, stream, 0)])),
  };
}
