/** Opens everything that one run needs from its job: data, split, network, tasks, method, engine. */
import { LabError } from '../../contract/errors.ts';
import { Stream } from '../../contract/random.ts';
import type { EncodedInputs, Split } from '../../data/dataset.ts';
import { encodeInputs, inputColumns } from '../../data/encode.ts';
import { readPrepared } from '../../data/preparedFolder.ts';
import { divideValidation, splitRows, taskColumn } from '../../data/splits.ts';
import { encodeTarget } from '../../data/targets.ts';
import type { Roles } from '../../data/roles.ts';
import { method as methodOf } from '../../methods/index.ts';
import type { Method } from '../../methods/method.ts';
import { network } from '../../networks/index.ts';
import { initialValues } from '../../networks/initialize.ts';
import { size } from '../../networks/layer.ts';
import { openTask } from '../../tasks/index.ts';
import type { Task } from '../../tasks/task.ts';
import type { Backend } from '../engines/backend.ts';
import type { BatchSource, HeldOutSource } from './batches.ts';
import { createBatchSource, createHeldOutSource } from './batches.ts';
import { evaluationBatchSize } from './evaluate.ts';
import type { Model } from '../program/model.ts';
import { buildModel } from '../program/model.ts';
import { graphOrigin } from '../engines/tensorflow/graphSignature.ts';
import { engineNeeds } from './weighing/needs.ts';
import { openEngine } from '../engines/openEngine.ts';
import { openOptimizer, type Optimizer } from '../program/optimizers.ts';
import type { Program } from '../program/program.ts';
import type { RunJob, TaskJob } from '../protocol.ts';
import type { StepEngine } from '../stepEngine.ts';

export interface RunSetup {
  readonly job: RunJob;
  readonly engine: StepEngine;
  readonly optimizer: Optimizer;
  readonly model: Model;
  readonly method: Method;
  readonly tasks: ReadonlyMap<string, Task>; // by id, the main task first
  readonly inputs: EncodedInputs;
  readonly split: Split; // without the held-out rows
  readonly trainSample: Int32Array; // training rows on which the training metrics are computed, as many as there are validation rows
  readonly curveSample: Int32Array; // a part of it, for the training curve of every epoch
  readonly batches: BatchSource;
  readonly heldOut: { readonly rows: Int32Array; readonly source: HeldOutSource } | null; // validation rows for the method alone
  readonly canLook: boolean; // at the tasks' gradients on the trunk
  readonly evaluationBatch: number;
}

export async function setUpRun(job: RunJob, backend: Backend): Promise<RunSetup> {
  const mainJob = job.tasks[0];
  if (mainJob === undefined) throw new LabError('bad-input', 'A run needs at least the main task.');
  const dataset = readPrepared(job.datasetFolder);
  const roles = job.roles as Roles; // resolved by the lab
  const whole = splitRows(
    dataset,
    job.split,
    taskColumn(dataset, mainJob.target, mainJob.kind),
    job.trainFraction,
    inputColumns(dataset, roles, job.excludedInputs),
  );
  const { selection, heldOut: heldOutRows } = job.heldOut ? divideValidation(whole.validation, job.split.seed) : { selection: whole.validation, heldOut: null };
  const split = { ...whole, validation: selection };
  const inputs = encodeInputs(dataset, roles, job.excludedInputs, split.train);
  const tasks = new Map(job.tasks.map((task) => [task.id, openTask(encodeTarget(dataset, task.target, task.kind, split.train), task, split.train)]));
  const trunk = network(job.network.id).build(inputs.shape, job.network.params);
  const model = buildModel(
    inputs.shape,
    trunk,
    job.tasks.map((task) => ({ id: task.id, depth: task.depth, outputs: tasks.get(task.id)?.outputs ?? 1 })),
  );
  const labelGroups = groupsOfLabels(job.tasks);
  const batches = createBatchSource({
    seed: job.seed,
    inputs,
    trainRows: split.train,
    tasks: [...tasks.values()],
    labelGroups,
    streams: model.streams,
    training: job.training,
  });
  const evaluationBatch = evaluationBatchSize(size(inputs.shape.shape), Math.max(split.validation.length, split.test.length), batches.batchSize);
  const mainTask = tasks.get(mainJob.id);
  const heldOut =
    heldOutRows === null || mainTask === undefined
      ? null
      : { rows: heldOutRows, source: createHeldOutSource({ seed: job.seed, inputs, rows: heldOutRows, task: mainTask, batch: batches.batchSize }) };
  const optimizer = openOptimizer(job.training.optimizer);
  const program: Program = {
    model,
    losses: [...tasks.values()].map((task) => (ops, output, labels, rowWeights) => task.loss(ops, output, labels, rowWeights)),
    labelGroups,
    batch: batches.batchSize,
    evaluationBatch,
    heldOutBatch: heldOut?.source.batchSize ?? null,
    clipNorm: job.training.clipNorm ?? null,
    l2: optimizer.l2,
  };
  const method = methodOf(job.method.id);
  const canLook = job.training.diagnosticsEvery !== 0 && model.trunkPaths.size > 0;
  const engine = await openEngine(backend, job.engine.mode, {
    program,
    optimizer,
    initial: new Map(model.parameters.map((spec) => [spec.path, initialValues(spec, job.seed)])),
    needs: engineNeeds(method, job.method.params, job.tasks, canLook),
    graph: job.graphFile === undefined ? null : { file: job.graphFile, origin: graphOrigin(job) },
  });
  const sampleSize = Math.min(split.validation.length, split.train.length);
  const chosen = new Stream(job.split.seed, 'train-sample').permutation(split.train.length).slice(0, sampleSize);
  const trainSample = chosen.map((position) => split.train[position] ?? 0);
  const curveSample = trainSample.slice(0, 512);
  return { job, engine, optimizer, model, method, tasks, inputs, split, trainSample, curveSample, batches, heldOut, canLook, evaluationBatch };
}

/** Tasks with the same target and label options share one group. */
function groupsOfLabels(tasks: readonly TaskJob[]): number[] {
  const keys = tasks.map((task) => JSON.stringify([task.target, task.kind, task.labelSmoothing, task.classWeights]));
  return keys.map((key) => keys.indexOf(key));
}
