/** Steps run as one TensorFlow graph: an eager step is recorded once, its parameters become variables, the optimizer TensorFlow's fused kernels. */
import type { Ops } from '../networks/ops.ts';
import type { NativeBackend } from './backend.ts';
import { CaptureBuilder } from './captureBuilder.ts';
import type { Feed, Ref } from './graph.ts';
import type { ScalarName } from './optimizers.ts';
import { scalarNames } from './optimizers.ts';
import type { Batch, State, StepEngine, StepEngineOptions } from './stepEngine.ts';
import { initialState, matrix } from './stepEngine.ts';

/** @param ops the fused operations of the same back end */
export function createCapturedEngine(ops: Ops, native: NativeBackend, options: StepEngineOptions): StepEngine {
  const startedMs = performance.now();
  const { program } = options;
  const { model } = program;
  const builder = new CaptureBuilder(ops, native, options);
  const step = options.needs.gramian ? null : builder.weightedStep();
  const halves = options.needs.gramian ? builder.halves() : null;
  const losses = options.needs.losses ? builder.losses() : null;
  const predict = builder.predict();
  const { graph, variables, write: writeRefs, feeds } = builder;
  const session = graph.load(native);
  const taskCount = model.tasks.length;

  const batchFeeds = (batch: Batch, weights: readonly number[], scalars: Readonly<Record<ScalarName, number>> | null): Feed[] => {
    const list: Feed[] = [{ ref: feeds.x, shape: [program.batch, ...model.input.shape], values: batch.x }, scalarFeed(weights, scalars)];
    if (batch.mask !== null && feeds.mask !== null) list.push({ ref: feeds.mask, shape: [program.batch, model.input.shape[0] ?? 0], values: batch.mask });
    program.labelGroups.forEach((group, k) => {
      if (program.labelGroups.indexOf(group) !== k) return;
      list.push({ ref: `labels_${group}:0`, shape: [program.batch, model.tasks[k]?.outputs ?? 1], values: batch.labels[k] as Float32Array });
      list.push({ ref: `row_weights_${group}:0`, shape: [program.batch], values: batch.rowWeights[k] as Float32Array });
    });
    if (model.streams.length > 0) {
      const keys = Int32Array.from(model.streams.flatMap((stream) => [...(batch.seeds.get(stream) ?? [0, 0])]));
      list.push({ ref: 'seeds:0', shape: [model.streams.length, 2], values: keys });
    }
    return list;
  };
  const scalarFeed = (weights: readonly number[], scalars: Readonly<Record<ScalarName, number>> | null): Feed => ({
    ref: 'scalars:0',
    shape: [taskCount + scalarNames.length],
    values: Float32Array.from([...weights, ...scalarNames.map((name) => scalars?.[name] ?? 0)]),
  });
  const run = (list: readonly Feed[], output: Ref): Float32Array => session.run(list, [output])[0] as Float32Array;
  const write = (state: ReadonlyMap<string, Float32Array>): void => {
    const list: Feed[] = [];
    const done: Ref[] = [];
    for (const [name, values] of state) {
      const target = writeRefs.get(name);
      if (target === undefined) throw new Error(`The state has no value named "${name}".`);
      list.push({ ref: target.feed, shape: target.shape, values });
      done.push(target.done);
    }
    session.run(list, done);
  };
  const split = (outcome: Float32Array): { losses: number[]; gradientSquares: Float32Array } => ({
    losses: Array.from(outcome.subarray(0, taskCount)),
    gradientSquares: outcome.slice(taskCount),
  });

  write(initialState(options));
  return {
    kind: 'captured',
    captureMs: performance.now() - startedMs,
    step: (batch, weights, scalars) => {
      if (step === null) throw new Error('This engine was captured for observe() and apply().');
      return split(run(batchFeeds(batch, weights, scalars), step));
    },
    observe: (batch, weights) => {
      if (halves === null) throw new Error('This engine was captured without the Gramian.');
      const outcome = run(batchFeeds(batch, weights, null), halves.observe);
      return { losses: Array.from(outcome.subarray(0, taskCount)), gramian: matrix(outcome.subarray(taskCount), taskCount) };
    },
    apply: (factors, scalars) => {
      if (halves === null) throw new Error('This engine was captured without the Gramian.');
      return { gradientSquares: run([scalarFeed(factors, scalars)], halves.apply) };
    },
    losses: (batch) => {
      if (losses === null) throw new Error('This engine was captured without separate losses.');
      return Array.from(
        run(
          batchFeeds(
            batch,
            model.tasks.map(() => 0),
            null,
          ),
          losses,
        ),
      );
    },
    predict: (x, mask) => {
      const list: Feed[] = [{ ref: 'evaluation_x:0', shape: [program.evaluationBatch, ...model.input.shape], values: x }];
      if (mask !== null) list.push({ ref: 'evaluation_mask:0', shape: [program.evaluationBatch, model.input.shape[0] ?? 0], values: mask });
      return session.run(list, predict) as Float32Array[];
    },
    read: (): State => {
      const names = [...variables.keys()];
      const values = session.run(
        [],
        names.map((name) => variables.get(name)?.value ?? ''),
      );
      return new Map(names.map((name, position) => [name, values[position] as Float32Array]));
    },
    write,
    dispose: () => session.dispose(),
  };
}
