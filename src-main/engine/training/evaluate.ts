/** Metrics of every task on a list of rows, in inference mode. */
import type { ClassRecall, TaskMetrics } from '../../contract/results.ts';
import type { EncodedInputs } from '../../data/dataset.ts';
import { size } from '../../networks/layer.ts';
import type { Task } from '../../tasks/task.ts';
import { stepMask } from './batches.ts';
import type { StepEngine } from '../stepEngine.ts';

/** @param tasks the tasks by id, in the order of the engine's outputs */
export async function evaluate(
  engine: StepEngine,
  tasks: ReadonlyMap<string, Task>,
  inputs: EncodedInputs,
  rows: Int32Array,
  evaluationBatch: number,
): Promise<TaskMetrics> {
  return (await evaluateClasses(engine, tasks, inputs, rows, evaluationBatch)).metrics;
}

/** The same with the recall of every class of the classification tasks, from one reading of the rows. */
export async function evaluateClasses(
  engine: StepEngine,
  tasks: ReadonlyMap<string, Task>,
  inputs: EncodedInputs,
  rows: Int32Array,
  evaluationBatch: number,
): Promise<{ readonly metrics: TaskMetrics; readonly classRecall: ClassRecall }> {
  const rowSize = size(inputs.shape.shape);
  const list = [...tasks];
  const outputs = list.map(([, task]) => new Float32Array(rows.length * task.outputs));
  for (let first = 0; first < rows.length; first += evaluationBatch) {
    const part = rows.subarray(first, first + evaluationBatch);
    const x = new Float32Array(evaluationBatch * rowSize); // the last part is padded with zeros, whose outputs are left out
    inputs.write(part, x.subarray(0, part.length * rowSize));
    const predicted = await engine.predict(x, stepMask(inputs, part, evaluationBatch));
    list.forEach(([, task], k) => outputs[k]?.set(predicted[k]?.subarray(0, part.length * task.outputs) ?? [], first * task.outputs));
  }
  const outputsOf = (k: number): Float32Array => outputs[k] ?? new Float32Array(0);
  return {
    metrics: Object.fromEntries(list.map(([id, task], k) => [id, task.metrics(rows, outputsOf(k))])),
    classRecall: Object.fromEntries(list.flatMap(([id, task], k) => (task.classRecall === undefined ? [] : [[id, task.classRecall(rows, outputsOf(k))]]))),
  };
}

/** Rows a batch in evaluation: as many as in training, 64 at least, fewer for large inputs (about 16 MB of them).
 *  A larger batch is no faster and needs more memory. */
export function evaluationBatchSize(rowSize: number, mostRows: number, trainingBatch: number): number {
  return Math.max(1, Math.min(Math.max(64, trainingBatch), mostRows, Math.floor(4e6 / rowSize)));
}
