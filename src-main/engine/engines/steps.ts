/** The calls of training, translated into computations of an engine: batches into feeds, outputs into what training reads. The only place that knows both. */
import type { Engine, Outputs } from './engine.ts';
import { scalarList, type Scalars } from '../program/optimizers.ts';
import { named } from '../program/computation.ts';
import { batchValues, heldOutValues, inputValues } from '../program/feeds.ts';
import { lookName } from '../program/look.ts';
import type { Look, StepEngine, StepEngineOptions } from '../stepEngine.ts';

export function stepsOn(engine: Engine, { program, needs }: Pick<StepEngineOptions, 'program' | 'needs'>): StepEngine {
  const numbers = (values: readonly number[]): Float32Array => Float32Array.from(values);
  const numbersOf = (scalars: Scalars): Float32Array => numbers(scalarList(scalars));
  const of = (outputs: Outputs, name: string): Float32Array => named(outputs[name], 'output', name);
  const listOf = (outputs: Outputs, name: string): number[] => Array.from(of(outputs, name));
  const lookOf = (outputs: Outputs): Look => {
    const losses = listOf(outputs, 'losses');
    return { losses, gramian: matrix(of(outputs, 'gramian'), losses.length) };
  };
  return {
    kind: engine.kind,
    step: async (batch, weights, scalars, factors) => {
      const feeds = { ...batchValues(program, batch), weights: numbers(weights), numbers: numbersOf(scalars) };
      const outputs = await engine.run(
        'step',
        needs.factors || factors !== undefined ? { ...feeds, factors: numbers(factors ?? weights.map(() => 1)) } : feeds,
      );
      return { losses: listOf(outputs, 'losses'), gradientSquares: of(outputs, 'gradientSquares') };
    },
    stepByFormula: async (batch, lambdas, inputs, scalars) => {
      const feeds = { ...batchValues(program, batch), lambdas: numbers(lambdas), numbers: numbersOf(scalars) };
      const outputs = await engine.run('stepByFormula', inputs.length === 0 ? feeds : { ...feeds, inputs: numbers(inputs) });
      return { losses: listOf(outputs, 'losses'), weights: listOf(outputs, 'weights'), gradientSquares: of(outputs, 'gradientSquares') };
    },
    look: async (batch, weights, over) => lookOf(await engine.run(lookName(over), { ...batchValues(program, batch), weights: numbers(weights) })),
    lookAhead: async (batch, weights, rate, heldOut) => {
      const feeds = { ...batchValues(program, batch), ...heldOutValues(heldOut), weights: numbers(weights), rate: numbers([rate]) };
      const outputs = await engine.run('lookAhead', feeds);
      return { rate, plus: listOf(outputs, 'plus'), minus: listOf(outputs, 'minus'), epsilon: of(outputs, 'epsilon')[0] ?? NaN };
    },
    observe: async (batch, weights) => lookOf(await engine.run('observe', { ...batchValues(program, batch), weights: numbers(weights) })),
    apply: async (factors, scalars) => {
      const outputs = await engine.run('apply', { factors: numbers(factors), numbers: numbersOf(scalars) });
      return { gradientSquares: of(outputs, 'gradientSquares') };
    },
    losses: async (batch) => listOf(await engine.run('losses', batchValues(program, batch)), 'losses'),
    predict: async (x, mask) => {
      const outputs = await engine.run('predict', inputValues(x, mask));
      return program.model.tasks.map(({ id }) => of(outputs, id));
    },
    read: () => engine.read(),
    write: (state) => engine.write(state),
    dispose: () => engine.dispose(),
  };
}

/** Matrix rows of a flat [K, K] array. */
function matrix(values: ArrayLike<number>, size: number): number[][] {
  return Array.from({ length: size }, (_, i) => Array.from({ length: size }, (__, j) => values[i * size + j] ?? NaN));
}
