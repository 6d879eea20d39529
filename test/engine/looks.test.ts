import * as v from 'valibot';
import { beforeAll, describe, expect, test } from 'vitest';
import { checkParams } from '../../src-main/contract/params.ts';
import { OptimizerPlan } from '../../src-main/contract/plan.ts';
import type { Backend } from '../../src-main/engine/backend.ts';
import { openEngine } from '../../src-main/engine/openEngine.ts';
import { openOptimizer, type Scalars } from '../../src-main/engine/optimizers.ts';
import type { Batch, StepEngine } from '../../src-main/engine/stepEngine.ts';
import { hypergradient } from '../../src-main/methods/autoLambda.ts';
import { gls } from '../../src-main/methods/gls.ts';
import { methods } from '../../src-main/methods/index.ts';
import { oneStep } from '../../src-main/methods/oneStep.ts';
import { engineOptions, fixtureBatch, fixtureHeldOut, relativeError } from '../support/engineFixture.ts';
import { needsOfNetwork, testBackend, trainable } from '../support/tensorFlow.ts';

const modes = ['captured', 'eager'] as const;
const networks = ['mlp', 'mini-inception', 'lstm'];
const lambdas = [1, 0.3, 0.2];
let backend: Backend;

beforeAll(async () => {
  backend = await testBackend();
});

function scalars(id: string, step: number, learningRate = 0.001): Scalars {
  return openOptimizer(v.parse(OptimizerPlan, { id })).scalars(step, learningRate);
}

function expectSameState(a: StepEngine, b: StepEngine, tolerance: number): void {
  const other = b.read();
  for (const [name, values] of a.read()) expect(relativeError(other.get(name) ?? [], values, 1e-3), name).toBeLessThan(tolerance);
}

describe('weights computed inside a step from its own losses', () => {
  const formulas = methods.flatMap((method) => ('formulaOfLosses' in method ? [{ method, formula: method.formulaOfLosses }] : []));
  test.each(formulas.map(({ method, formula }) => [method.id, method, formula] as const))(
    '%s: are those of the method in plain numbers, and the step is the one that they give from outside',
    (_, method, formula) => {
      const params = checkParams(`method ${method.id}`, method.params, {});
      let state = method.init(3, params);
      const need = { formula, inputCount: formula.inputs(state, params).length };
      const inside = engineOptions('mlp', 'momentum', { needs: { step: false, formula: need } });
      const [captured, eager, outside] = [
        openEngine(backend, 'captured', inside),
        openEngine(backend, 'eager', inside),
        openEngine(backend, 'captured', engineOptions('mlp', 'momentum')),
      ];
      for (let step = 0; step < 5; step++) {
        const batch = fixtureBatch(inside, step);
        const losses = outside.losses(batch);
        const seen = { step, epoch: 0, losses, epochLosses: [] };
        const { weights } = oneStep(method, state, seen, params, () => () => 0.5);
        const inputs = formula.inputs(state, params);
        const found = captured.stepByFormula(batch, lambdas, inputs, scalars('momentum', step));
        expect(relativeError(found.weights, weights)).toBeLessThan(1e-4);
        expect(relativeError(found.losses, losses)).toBeLessThan(1e-5);
        expect(relativeError(eager.stepByFormula(batch, lambdas, inputs, scalars('momentum', step)).weights, weights)).toBeLessThan(1e-4);
        outside.step(
          batch,
          weights.map((weight, k) => weight * (lambdas[k] ?? 0)),
          scalars('momentum', step),
        );
        const lossesAfter = outside.losses(batch);
        state = oneStep(method, state, { ...seen, lossesAfter }, params, () => () => 0.5).state;
      }
      expectSameState(captured, outside, 1e-4);
      expectSameState(eager, outside, 1e-4);
      for (const engine of [captured, eager, outside]) engine.dispose();
    },
  );
});

for (const networkId of networks)
  describe(networkId, needsOfNetwork(networkId), () => {
    test('a step with factors on the way into the trunk is the step in two halves with these factors', () => {
      const factors = [1.5, 0, -0.5];
      for (const mode of modes) {
        const [gated, halved] = [
          openEngine(backend, mode, engineOptions(networkId, 'sgd', { needs: { factors: true } })),
          openEngine(backend, mode, engineOptions(networkId, 'sgd', { gramian: true })),
        ];
        for (let step = 0; step < 2; step++) {
          const batch = fixtureBatch(engineOptions(networkId, 'sgd'), step);
          const { losses } = gated.step(batch, lambdas, scalars('sgd', step, 0.05), factors);
          expect(relativeError(halved.observe(batch, lambdas).losses, losses)).toBeLessThan(1e-5);
          halved.apply(factors, scalars('sgd', step, 0.05));
        }
        expectSameState(gated, halved, 1e-4);
        gated.dispose();
        halved.dispose();
      }
    });

    test('a look at the gradients agrees with the first half of a step, captured and eager, and changes no bit', () => {
      const options = engineOptions(networkId, 'sgd', { gramian: true, needs: { look: ['trunk', 'representation'] } });
      const [captured, eager] = [openEngine(backend, 'captured', options), openEngine(backend, 'eager', options)];
      const batch = fixtureBatch(options, 0);
      const before = captured.read();
      for (const over of ['trunk', 'representation'] as const) {
        const [a, b] = [captured.look(batch, [1, 1, 1], over), eager.look(batch, [1, 1, 1], over)];
        expect(relativeError(a.gramian.flat(), b.gramian.flat(), 1e-3), over).toBeLessThan(1e-4);
        expect(relativeError(a.losses, b.losses)).toBeLessThan(1e-5);
      }
      const after = captured.read();
      for (const [name, values] of before) expect(Buffer.from((after.get(name) as Float32Array).buffer).equals(Buffer.from(values.buffer)), name).toBe(true);
      const trunk = captured.look(batch, [1, 1, 1], 'trunk').gramian;
      expect(relativeError(captured.observe(batch, [1, 1, 1]).gramian.flat(), trunk.flat(), 1e-3)).toBeLessThan(1e-5);
      captured.dispose();
      eager.dispose();
    });

    test('the inner product of two gradients on the trunk is the finite difference of one loss along the other gradient', () => {
      const options = engineOptions(networkId, 'momentum', { batch: 16, needs: { look: ['trunk'] } });
      const engine = openEngine(backend, 'captured', options);
      const batch = fixtureBatch(options, 0);
      // Biases of 0 lie on the bend of the rectifiers
      for (let step = 1; step < 4; step++) engine.step(fixtureBatch(options, step), lambdas, scalars('momentum', step, 0.05));
      const still = [...engine.read()].map(([name, values]) => [name, name.includes('#') ? new Float32Array(values.length) : values] as const);
      engine.write(new Map(still));
      const { gramian } = engine.look(batch, [1, 1, 1], 'trunk');
      const before = engine.read();
      const trunk = [...options.program.model.trunkPaths];
      for (const along of [0, 1, 2]) {
        engine.write(before);
        engine.step(
          batch,
          [0, 1, 2].map((task) => (task === along ? 1 : 0)),
          scalars('momentum', 0, 0),
        );
        const accumulators = engine.read(); // after one step from 0 each accumulator is the gradient
        const gradient = new Map(trunk.map((path) => [path, accumulators.get(`${path}#momentum`) as Float32Array]));
        const length = Math.sqrt([...gradient.values()].flatMap((values) => [...values]).reduce((sum, value) => sum + value * value, 0));
        const lossesAt = (shift: number): readonly number[] => {
          const moved = [...gradient].map(([path, values]) => {
            const from = before.get(path) as Float32Array;
            return [path, from.map((value, at) => value + (shift / length) * (values[at] ?? 0))] as const;
          });
          engine.write(new Map([...before, ...moved]));
          return engine.losses(batch);
        };
        const reach = 0.0005; // short, because rectifiers and pooling bend at every corner; float32 losses of about 1 still leave three digits
        const [ahead, behind] = [lossesAt(reach), lossesAt(-reach)];
        for (const task of [0, 1, 2]) {
          const slope = ((ahead[task] ?? NaN) - (behind[task] ?? NaN)) / (2 * reach); // <g_task, g_along> / |g_along|
          const scale = Math.sqrt((gramian[task]?.[task] ?? 0) + 1e-6);
          expect(Math.abs(slope - (gramian[task]?.[along] ?? NaN) / length) / scale, `task ${task} along ${along}`).toBeLessThan(0.02);
        }
      }
      engine.dispose();
    });

    test('the forward-only hypergradient is the change of the held-out main loss with each weight of a virtual step', () => {
      const rate = 0.05;
      const options = engineOptions(networkId, 'sgd', { batch: 12, needs: { lookAhead: true } });
      const wide = { ...options, program: { ...options.program, heldOutBatch: 12 } };
      const [captured, eager] = [openEngine(backend, 'captured', wide), openEngine(backend, 'eager', wide)];
      const batch = fixtureBatch(wide, 0);
      const heldOut = fixtureHeldOut(wide);
      const found = captured.lookAhead(batch, lambdas, rate, heldOut);
      const reference = eager.lookAhead(batch, lambdas, rate, heldOut);
      expect(relativeError([...found.plus, ...found.minus], [...reference.plus, ...reference.minus])).toBeLessThan(1e-4);
      expect(found.epsilon / reference.epsilon).toBeCloseTo(1, 3);

      // The same by doing it: steps with slightly different weights, and the loss of the held-out rows after each.
      const before = captured.read();
      const other: Batch = { ...batch, ...heldOut, labels: batch.labels.map(() => heldOut.labels), rowWeights: batch.rowWeights.map(() => heldOut.rowWeights) };
      const lossAfter = (weights: readonly number[]): number => {
        captured.write(before);
        captured.step(batch, weights, scalars('sgd', 0, rate));
        return captured.losses(other)[0] ?? NaN;
      };
      const shifted = (task: number, by: number): number[] => lambdas.map((lambda, k) => lambda + (k === task ? by : 0));
      const slopes = lambdas.map((_, task) => (lossAfter(shifted(task, 0.25)) - lossAfter(shifted(task, -0.25))) / 0.5);
      const scale = Math.max(...slopes.map(Math.abs));
      hypergradient(found).forEach((value, task) => expect(Math.abs(value - (slopes[task] ?? NaN)) / scale, `task ${task}`).toBeLessThan(0.05));
      captured.dispose();
      eager.dispose();
    });
  });

test('no tensor is left behind by looks and by steps with a formula', () => {
  for (const mode of modes) {
    const options = engineOptions(trainable('resnet', 'lstm'), 'adam', {
      needs: { factors: true, formula: { formula: gls.formulaOfLosses, inputCount: 0 }, look: ['trunk', 'representation'], lookAhead: true },
    });
    const engine = openEngine(backend, mode, options);
    const all = (step: number): void => {
      const batch = fixtureBatch(options, step);
      engine.step(batch, lambdas, scalars('adam', step), [1, 0.5, 0.5]);
      engine.stepByFormula(batch, lambdas, [], scalars('adam', step));
      engine.look(batch, lambdas, 'trunk');
      engine.look(batch, lambdas, 'representation');
      engine.lookAhead(batch, lambdas, 0.01, fixtureHeldOut(options));
    };
    all(0);
    const before = [backend.native?.getNumOfTFTensors(), backend.tf.memory().numTensors];
    for (let step = 1; step < 4; step++) all(step);
    expect([backend.native?.getNumOfTFTensors(), backend.tf.memory().numTensors], mode).toEqual(before);
    engine.dispose();
  }
});
