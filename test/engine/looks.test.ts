import * as v from 'valibot';
import { beforeAll, describe, expect, test } from 'vitest';
import { checkParams } from '../../src-main/contract/params.ts';
import { OptimizerPlan } from '../../src-main/contract/plan.ts';
import type { Backend } from '../../src-main/engine/engines/backend.ts';
import { openEngine } from '../../src-main/engine/engines/openEngine.ts';
import { openOptimizer, type Scalars } from '../../src-main/engine/program/optimizers.ts';
import type { Batch, StepEngine } from '../../src-main/engine/stepEngine.ts';
import type { WeightFormula } from '../../src-main/methods/arithmetic.ts';
import { methods } from '../../src-main/methods/index.ts';
import { oneStep } from '../../src-main/methods/oneStep.ts';
import { engineOptions, fixtureBatch, fixtureHeldOut, networkInputs, relativeError } from '../support/engineFixture.ts';
import { needsOfNetwork, testBackend, trainable } from '../support/tensorFlow.ts';

const modes = ['captured', 'eager'] as const;
const networks = ['mlp', 'mini-inception', 'lstm'].filter((id) => id in networkInputs);
const lambdas = [1, 0.3, 0.2];
const halves: WeightFormula = { inputs: () => [], weights: ({ multiply, number }, losses) => losses.map((loss) => multiply(loss, number(0.5))) };
let backend: Backend;

beforeAll(async () => {
  backend = await testBackend();
});

function scalars(id: string, step: number, learningRate = 0.001): Scalars {
  return openOptimizer(v.parse(OptimizerPlan, { id })).scalars(step, learningRate);
}

async function expectSameState(a: StepEngine, b: StepEngine, tolerance: number): Promise<void> {
  const other = await b.read();
  for (const [name, values] of await a.read()) expect(relativeError(other.get(name) ?? [], values, 1e-3), name).toBeLessThan(tolerance);
}

describe('weights computed inside a step from its own losses', () => {
  const formulas = methods.flatMap((method) => ('formulaOfLosses' in method ? [{ method, formula: method.formulaOfLosses }] : []));
  test.each(formulas.map(({ method, formula }) => [method.id, method, formula] as const))(
    '%s: are those of the method in plain numbers, and the step is the one that they give from outside',
    async (_, method, formula) => {
      const params = checkParams(`method ${method.id}`, method.params, {});
      let state = method.init(3, params);
      const need = { formula, inputCount: formula.inputs(state, params).length };
      const inside = engineOptions('mlp', 'momentum', { needs: { step: false, formula: need } });
      const [captured, eager, outside] = [
        await openEngine(backend, 'captured', inside),
        await openEngine(backend, 'eager', inside),
        await openEngine(backend, 'captured', engineOptions('mlp', 'momentum')),
      ];
      for (let step = 0; step < 5; step++) {
        const batch = fixtureBatch(inside, step);
        const losses = await outside.losses(batch);
        const seen = { step, epoch: 0, losses, epochLosses: [] };
        const { weights } = oneStep(method, state, seen, params, () => () => 0.5);
        const inputs = formula.inputs(state, params);
        const found = await captured.stepByFormula(batch, lambdas, inputs, scalars('momentum', step));
        expect(relativeError(found.weights, weights)).toBeLessThan(1e-4);
        expect(relativeError(found.losses, losses)).toBeLessThan(1e-5);
        expect(relativeError((await eager.stepByFormula(batch, lambdas, inputs, scalars('momentum', step))).weights, weights)).toBeLessThan(1e-4);
        await outside.step(
          batch,
          weights.map((weight, k) => weight * (lambdas[k] ?? 0)),
          scalars('momentum', step),
        );
        const lossesAfter = await outside.losses(batch);
        state = oneStep(method, state, { ...seen, lossesAfter }, params, () => () => 0.5).state;
      }
      await expectSameState(captured, outside, 1e-4);
      await expectSameState(eager, outside, 1e-4);
      for (const engine of [captured, eager, outside]) await engine.dispose();
    },
  );
});

for (const networkId of networks)
  describe(networkId, needsOfNetwork(networkId), () => {
    test('a step with factors on the way into the trunk is the step in two halves with these factors', async () => {
      const factors = [1.5, 0, -0.5];
      for (const mode of modes) {
        const [gated, halved] = [
          await openEngine(backend, mode, engineOptions(networkId, 'sgd', { needs: { factors: true } })),
          await openEngine(backend, mode, engineOptions(networkId, 'sgd', { gramian: true })),
        ];
        for (let step = 0; step < 2; step++) {
          const batch = fixtureBatch(engineOptions(networkId, 'sgd'), step);
          const { losses } = await gated.step(batch, lambdas, scalars('sgd', step, 0.05), factors);
          expect(relativeError((await halved.observe(batch, lambdas)).losses, losses)).toBeLessThan(1e-5);
          await halved.apply(factors, scalars('sgd', step, 0.05));
        }
        await expectSameState(gated, halved, 1e-4);
        await gated.dispose();
        await halved.dispose();
      }
    });

    test('a look at the gradients agrees with the first half of a step, captured and eager, and changes no bit', async () => {
      const options = engineOptions(networkId, 'sgd', { gramian: true, needs: { look: ['trunk', 'representation'] } });
      const [captured, eager] = [await openEngine(backend, 'captured', options), await openEngine(backend, 'eager', options)];
      const batch = fixtureBatch(options, 0);
      const before = await captured.read();
      for (const over of ['trunk', 'representation'] as const) {
        const [a, b] = [await captured.look(batch, [1, 1, 1], over), await eager.look(batch, [1, 1, 1], over)];
        expect(relativeError(a.gramian.flat(), b.gramian.flat(), 1e-3), over).toBeLessThan(1e-4);
        expect(relativeError(a.losses, b.losses)).toBeLessThan(1e-5);
      }
      const after = await captured.read();
      for (const [name, values] of before) expect(Buffer.from((after.get(name) as Float32Array).buffer).equals(Buffer.from(values.buffer)), name).toBe(true);
      const trunk = (await captured.look(batch, [1, 1, 1], 'trunk')).gramian;
      expect(relativeError((await captured.observe(batch, [1, 1, 1])).gramian.flat(), trunk.flat(), 1e-3)).toBeLessThan(1e-5);
      await captured.dispose();
      await eager.dispose();
    });

    test('the inner product of two gradients on the trunk is the finite difference of one loss along the other gradient', async () => {
      const options = engineOptions(networkId, 'momentum', { batch: 16, needs: { look: ['trunk'] } });
      const engine = await openEngine(backend, 'captured', options);
      const batch = fixtureBatch(options, 0);
      // biases of 0 lie on the bend of the rectifiers
      for (let step = 1; step < 4; step++) await engine.step(fixtureBatch(options, step), lambdas, scalars('momentum', step, 0.05));
      const still = [...(await engine.read())].map(([name, values]) => [name, name.includes('#') ? new Float32Array(values.length) : values] as const);
      await engine.write(new Map(still));
      const { gramian } = await engine.look(batch, [1, 1, 1], 'trunk');
      const before = await engine.read();
      const trunk = [...options.program.model.trunkPaths];
      for (const along of [0, 1, 2]) {
        await engine.write(before);
        await engine.step(
          batch,
          [0, 1, 2].map((task) => (task === along ? 1 : 0)),
          scalars('momentum', 0, 0),
        );
        const accumulators = await engine.read(); // after one step from 0 each accumulator is the gradient
        const gradient = new Map(trunk.map((path) => [path, accumulators.get(`${path}#momentum`) as Float32Array]));
        const length = Math.sqrt([...gradient.values()].flatMap((values) => [...values]).reduce((sum, value) => sum + value * value, 0));
        const lossesAt = async (shift: number): Promise<readonly number[]> => {
          const moved = [...gradient].map(([path, values]) => {
            const from = before.get(path) as Float32Array;
            return [path, from.map((value, at) => value + (shift / length) * (values[at] ?? 0))] as const;
          });
          await engine.write(new Map([...before, ...moved]));
          return engine.losses(batch);
        };
        const reach = 0.0005; // short, because rectifiers and pooling bend at every corner; float32 losses of about 1 still leave three digits
        const [ahead, behind] = [await lossesAt(reach), await lossesAt(-reach)];
        for (const task of [0, 1, 2]) {
          const slope = ((ahead[task] ?? NaN) - (behind[task] ?? NaN)) / (2 * reach); // <g_task, g_along> / |g_along|
          const scale = Math.sqrt((gramian[task]?.[task] ?? 0) + 1e-6);
          expect(Math.abs(slope - (gramian[task]?.[along] ?? NaN) / length) / scale, `task ${task} along ${along}`).toBeLessThan(0.02);
        }
      }
      await engine.dispose();
    });

    test('the forward-only hypergradient is the change of the held-out main loss with each weight of a virtual step', async () => {
      const rate = 0.05;
      const options = engineOptions(networkId, 'sgd', { batch: 12, needs: { lookAhead: true } });
      const wide = { ...options, program: { ...options.program, heldOutBatch: 12 } };
      const [captured, eager] = [await openEngine(backend, 'captured', wide), await openEngine(backend, 'eager', wide)];
      const batch = fixtureBatch(wide, 0);
      const heldOut = fixtureHeldOut(wide);
      const found = await captured.lookAhead(batch, lambdas, rate, heldOut);
      const reference = await eager.lookAhead(batch, lambdas, rate, heldOut);
      expect(relativeError([...found.plus, ...found.minus], [...reference.plus, ...reference.minus])).toBeLessThan(1e-4);
      expect(found.epsilon / reference.epsilon).toBeCloseTo(1, 3);

      // The same by doing it: steps with slightly different weights, and the loss of the held-out rows after each.
      const before = await captured.read();
      const other: Batch = { ...batch, ...heldOut, labels: batch.labels.map(() => heldOut.labels), rowWeights: batch.rowWeights.map(() => heldOut.rowWeights) };
      const lossAfter = async (weights: readonly number[]): Promise<number> => {
        await captured.write(before);
        await captured.step(batch, weights, scalars('sgd', 0, rate));
        return (await captured.losses(other))[0] ?? NaN;
      };
      const shifted = (task: number, by: number): number[] => lambdas.map((lambda, k) => lambda + (k === task ? by : 0));
      const slopes: number[] = [];
      for (const task of lambdas.keys()) slopes.push(((await lossAfter(shifted(task, 0.25))) - (await lossAfter(shifted(task, -0.25)))) / 0.5);
      const scale = Math.max(...slopes.map(Math.abs));
      const towards = found.plus.map((plus, task) => (-found.rate * (plus - (found.minus[task] ?? NaN))) / (2 * found.epsilon));
      towards.forEach((value, task) => expect(Math.abs(value - (slopes[task] ?? NaN)) / scale, `task ${task}`).toBeLessThan(0.05));
      await captured.dispose();
      await eager.dispose();
    });
  });

test('no tensor is left behind by looks and by steps with a formula', async () => {
  for (const mode of modes) {
    const options = engineOptions(trainable(['resnet', 'cnn'], ['lstm', 'gru']), 'adam', {
      needs: { factors: true, formula: { formula: halves, inputCount: 0 }, look: ['trunk', 'representation'], lookAhead: true },
    });
    const engine = await openEngine(backend, mode, options);
    const all = async (step: number): Promise<void> => {
      const batch = fixtureBatch(options, step);
      await engine.step(batch, lambdas, scalars('adam', step), [1, 0.5, 0.5]);
      await engine.stepByFormula(batch, lambdas, [], scalars('adam', step));
      await engine.look(batch, lambdas, 'trunk');
      await engine.look(batch, lambdas, 'representation');
      await engine.lookAhead(batch, lambdas, 0.01, fixtureHeldOut(options));
    };
    await all(0);
    const before = [backend.native?.getNumOfTFTensors(), backend.tf.memory().numTensors];
    for (let step = 1; step < 4; step++) await all(step);
    expect([backend.native?.getNumOfTFTensors(), backend.tf.memory().numTensors], mode).toEqual(before);
    await engine.dispose();
  }
});
