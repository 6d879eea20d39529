/** Steps run operation by operation on any tfjs back end. The reference: what the captured engine must match. */
import type { Ops, Tensor } from '../networks/ops.ts';
import { lookAhead } from './lookAhead.ts';
import { scalarList, type Scalars } from './optimizers.ts';
import { combineGradients, finishGradients, gradientGramian, predictions, taskGradients, trainingLosses, weightedGradients } from './program.ts';
import type { StepTensors } from './program.ts';
import type { Batch, State, StepEngine, StepEngineOptions } from './stepEngine.ts';
import { initialState, matrix, stateShapes } from './stepEngine.ts';

export function createEagerEngine(ops: Ops, options: StepEngineOptions): StepEngine {
  const { tf } = ops;
  const { program, optimizer } = options;
  const { model } = program;
  const shapes = stateShapes(program, optimizer);
  const values = new Map<string, Tensor>();
  let observed: { rows: Tensor; headGradients: ReadonlyMap<string, Tensor> } | null = null;

  const set = (name: string, value: Tensor): void => {
    values.get(name)?.dispose();
    values.set(name, tf.keep(value));
  };
  const write = (state: ReadonlyMap<string, Float32Array>): void => {
    for (const [name, content] of state) {
      const shape = shapes.get(name);
      if (shape === undefined) throw new Error(`The state has no value named "${name}".`);
      set(name, tf.tensor(content.slice(), [...shape], 'float32'));
    }
  };
  const scalarsOf = (numbers: readonly number[]): Tensor[] => numbers.map((value) => tf.scalar(value));
  const inputs = (
    batch: Batch,
    weights: readonly number[],
    more: { readonly factors?: readonly number[] | undefined; readonly formulaInputs?: readonly number[] } = {},
  ): StepTensors => ({
    x: tf.tensor(batch.x, [program.batch, ...model.input.shape]),
    mask: batch.mask === null ? null : tf.tensor(batch.mask, [program.batch, model.input.shape[0] ?? 0]),
    labels: batch.labels.map((labels, k) => tf.tensor(labels, [program.batch, model.tasks[k]?.outputs ?? 1])),
    rowWeights: batch.rowWeights.map((rows) => tf.tensor1d(rows)),
    weights: scalarsOf(weights),
    factors: more.factors === undefined ? null : scalarsOf(more.factors),
    formulaInputs: scalarsOf(more.formulaInputs ?? []),
    seeds: new Map([...batch.seeds].map(([stream, seed]) => [stream, tf.tensor1d([...seed], 'int32')])),
  });
  const read = (tensor: Tensor): Float32Array => tensor.dataSync<'float32'>();
  const update = (gradients: ReadonlyMap<string, Tensor>, scalars: Scalars): Float32Array => {
    const finished = finishGradients(program, ops, gradients);
    const tensors = scalarsOf(scalarList(scalars));
    for (const spec of model.trainable) {
      const names = [spec.path, ...optimizer.slots.map((slot) => `${spec.path}#${slot.name}`)];
      const [parameter, ...slots] = names.map((name) => values.get(name) as Tensor);
      const next = optimizer.update(tf, parameter as Tensor, slots, finished.gradients.get(spec.path) as Tensor, tensors, spec);
      next.forEach((value, position) => set(names[position] ?? '', value));
    }
    return read(finished.squares);
  };
  const settle = (assigned: ReadonlyMap<string, Tensor>): void => {
    for (const [path, value] of assigned) set(path, value);
  };
  const numbers = (losses: readonly Tensor[]): number[] => losses.map((loss) => read(loss)[0] ?? NaN);
  const forget = (): void => {
    observed?.rows.dispose();
    observed?.headGradients.forEach((gradient) => gradient.dispose());
    observed = null;
  };

  write(initialState(options));
  return {
    kind: 'eager',
    captureMs: 0,
    step: (batch, weights, scalars, factors) =>
      tf.tidy(() => {
        const { losses, gradients, assigned } = weightedGradients(program, ops, values, inputs(batch, weights, { factors }));
        const outcome = { losses: numbers(losses), gradientSquares: update(gradients, scalars) };
        settle(assigned);
        losses.forEach((loss) => loss.dispose());
        return outcome;
      }),
    stepByFormula: (batch, lambdas, formulaInputs, scalars) =>
      tf.tidy(() => {
        const formula = options.needs.formula?.formula;
        if (formula === undefined) throw new Error('This engine was opened without a formula.');
        const { losses, weights, gradients, assigned } = weightedGradients(program, ops, values, inputs(batch, lambdas, { formulaInputs }), formula);
        const outcome = { losses: numbers(losses), weights: Array.from(read(weights as Tensor)), gradientSquares: update(gradients, scalars) };
        settle(assigned);
        weights?.dispose();
        losses.forEach((loss) => loss.dispose());
        return outcome;
      }),
    look: (batch, weights, over) =>
      tf.tidy(() => {
        const { losses, gramian } = gradientGramian(program, ops, values, inputs(batch, weights), over);
        const result = { losses: numbers(losses), gramian: matrix(read(gramian), losses.length) };
        losses.forEach((loss) => loss.dispose());
        return result;
      }),
    lookAhead: (batch, weights, rate, heldOut) =>
      tf.tidy(() => {
        const rows = heldOut.rowWeights.length;
        const tensors = {
          x: tf.tensor(heldOut.x, [rows, ...model.input.shape]),
          mask: heldOut.mask === null ? null : tf.tensor(heldOut.mask, [rows, model.input.shape[0] ?? 0]),
          labels: tf.tensor(heldOut.labels, [rows, model.tasks[0]?.outputs ?? 1]),
          rowWeights: tf.tensor1d(heldOut.rowWeights),
        };
        const { plus, minus, epsilon } = lookAhead(program, ops, values, inputs(batch, weights), tensors, tf.scalar(rate));
        return { rate, epsilon: read(epsilon)[0] ?? NaN, plus: numbers(plus), minus: numbers(minus) };
      }),
    observe: (batch, weights) =>
      tf.tidy(() => {
        forget();
        const { losses, rows, gramian, headGradients, assigned } = taskGradients(program, ops, values, inputs(batch, weights));
        observed = { rows: tf.keep(rows), headGradients };
        settle(assigned);
        const result = { losses: numbers(losses), gramian: matrix(read(gramian), losses.length) };
        losses.forEach((loss) => loss.dispose());
        return result;
      }),
    apply: (factors, scalars) =>
      tf.tidy(() => {
        if (observed === null) throw new Error('apply() needs an observe() before it.');
        const gradients = combineGradients(
          program,
          ops,
          values,
          observed.rows,
          factors.map((factor) => tf.scalar(factor)),
          observed.headGradients,
        );
        const gradientSquares = update(gradients, scalars);
        forget();
        return { gradientSquares };
      }),
    losses: (batch) =>
      tf.tidy(() =>
        numbers(
          trainingLosses(
            program,
            ops,
            values,
            inputs(
              batch,
              batch.labels.map(() => 1),
            ),
          ),
        ),
      ),
    predict: (x, mask) =>
      tf.tidy(() => {
        const rows = program.evaluationBatch;
        const maskTensor = mask === null ? null : tf.tensor(mask, [rows, model.input.shape[0] ?? 0]);
        return predictions(program, ops, values, tf.tensor(x, [rows, ...model.input.shape]), maskTensor).map(read);
      }),
    read: (): State => new Map([...shapes.keys()].map((name) => [name, read(values.get(name) as Tensor).slice()])),
    write,
    dispose: () => {
      forget();
      for (const value of values.values()) value.dispose();
      values.clear();
    },
  };
}
