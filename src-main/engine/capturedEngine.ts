/** Steps run as one TensorFlow graph: an eager step is recorded once, its parameters become variables, the optimizer TensorFlow's fused kernels. */
import type { Ops } from '../networks/ops.ts';
import type { NativeBackend } from './backend.ts';
import { CaptureBuilder } from './captureBuilder.ts';
import type { Feed, Ref } from './graph.ts';
import { scalarList, type Scalars } from './optimizers.ts';
import type { Batch, Look, State, StepEngine, StepEngineOptions } from './stepEngine.ts';
import { initialState, matrix, scalarLayout } from './stepEngine.ts';

interface MoreScalars {
  readonly factors?: readonly number[] | undefined;
  readonly formulaInputs?: readonly number[];
}

/** @param ops the fused operations of the same back end */
export function createCapturedEngine(ops: Ops, native: NativeBackend, options: StepEngineOptions): StepEngine {
  const startedMs = performance.now();
  const { program } = options;
  const { model } = program;
  const builder = new CaptureBuilder(ops, native, options);
  const { needs } = options;
  const step = needs.step ? builder.weightedStep() : null;
  const formulaStep = needs.formula === null ? null : builder.formulaStep();
  const halves = needs.halves ? builder.halves() : null;
  const losses = needs.losses ? builder.losses() : null;
  const looks = new Map(needs.look.map((over) => [over, builder.look(over)]));
  const ahead = needs.lookAhead ? builder.lookAhead() : null;
  const predict = builder.predict();
  const { graph, variables, write: writeRefs, feeds } = builder;
  const session = graph.load(native);
  const taskCount = model.tasks.length;

  const batchFeeds = (batch: Batch, weights: readonly number[], scalars: Scalars | null, more: MoreScalars = {}): Feed[] => {
    const list: Feed[] = [{ ref: feeds.x, shape: [program.batch, ...model.input.shape], values: batch.x }, scalarFeed(weights, scalars, more)];
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
  const layout = scalarLayout(options);
  const scalarFeed = (weights: readonly number[], scalars: Scalars | null, more: MoreScalars = {}): Feed => {
    const values = new Float32Array(layout.length);
    values.set([...weights, ...(scalars === null ? [] : scalarList(scalars))]);
    if (needs.factors) values.set(more.factors ?? weights.map(() => 1), layout.factors);
    values.set(more.formulaInputs ?? [], layout.formulaInputs);
    return { ref: 'scalars:0', shape: [layout.length], values };
  };
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

  const lookOf = (outcome: Float32Array): Look => ({
    losses: Array.from(outcome.subarray(0, taskCount)),
    gramian: matrix(outcome.subarray(taskCount), taskCount),
  });
  const captured = (ref: Ref | null, call: string): Ref => {
    if (ref === null) throw new Error(`This engine was captured without ${call}.`);
    return ref;
  };

  write(initialState(options));
  return {
    kind: 'captured',
    captureMs: performance.now() - startedMs,
    step: (batch, weights, scalars, factors) => split(run(batchFeeds(batch, weights, scalars, { factors }), captured(step, 'step()'))),
    stepByFormula: (batch, lambdas, formulaInputs, scalars) => {
      const outcome = run(batchFeeds(batch, lambdas, scalars, { formulaInputs }), captured(formulaStep, 'stepByFormula()'));
      const weights = Array.from(outcome.subarray(taskCount, 2 * taskCount));
      return { losses: Array.from(outcome.subarray(0, taskCount)), weights, gradientSquares: outcome.slice(2 * taskCount) };
    },
    look: (batch, weights, over) => lookOf(run(batchFeeds(batch, weights, null), captured(looks.get(over) ?? null, 'look()'))),
    lookAhead: (batch, weights, rate, heldOut) => {
      const rows = program.heldOutBatch ?? 0;
      const list = batchFeeds(batch, weights, { learningRate: rate, own: [] });
      list.push({ ref: 'held_out_x:0', shape: [rows, ...model.input.shape], values: heldOut.x });
      list.push({ ref: 'held_out_labels:0', shape: [rows, model.tasks[0]?.outputs ?? 1], values: heldOut.labels });
      list.push({ ref: 'held_out_row_weights:0', shape: [rows], values: heldOut.rowWeights });
      if (heldOut.mask !== null) list.push({ ref: 'held_out_mask:0', shape: [rows, model.input.shape[0] ?? 0], values: heldOut.mask });
      const outcome = Array.from(run(list, captured(ahead, 'lookAhead()')));
      return { rate, plus: outcome.slice(0, taskCount), minus: outcome.slice(taskCount, 2 * taskCount), epsilon: outcome[2 * taskCount] ?? NaN };
    },
    observe: (batch, weights) => lookOf(run(batchFeeds(batch, weights, null), captured(halves?.observe ?? null, 'observe()'))),
    apply: (factors, scalars) => ({ gradientSquares: run([scalarFeed(factors, scalars)], captured(halves?.apply ?? null, 'apply()')) }),
    losses: (batch) =>
      Array.from(
        run(
          batchFeeds(
            batch,
            model.tasks.map(() => 0),
            null,
          ),
          captured(losses, 'losses()'),
        ),
      ),
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
