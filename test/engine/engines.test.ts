import * as v from 'valibot';
import { beforeAll, describe, expect, test } from 'vitest';
import { OptimizerPlan } from '../../src-main/contract/plan.ts';
import type { Backend } from '../../src-main/engine/engines/backend.ts';
import { openCapturedEngine } from '../../src-main/engine/engines/tensorflow/capturedEngine.ts';
import { openEagerEngine } from '../../src-main/engine/engines/eagerEngine.ts';
import type { Engine, EngineSpec } from '../../src-main/engine/engines/engine.ts';
import { recordGraph } from '../../src-main/engine/engines/tensorflow/graphRecording.ts';
import { opsOf } from '../../src-main/engine/engines/openEngine.ts';
import { openOptimizer } from '../../src-main/engine/program/optimizers.ts';
import { floats, type Computation } from '../../src-main/engine/program/computation.ts';
import { hasTensorFlow, testBackend } from '../support/tensorFlow.ts';

/** Adds what is fed to a running total, leaves the sum for later, and takes a step of gradient descent along the feed. */
const add: Computation = {
  name: 'add',
  feeds: { given: floats(2), key: { shape: [2], dtype: 'int32' }, rate: floats(1) },
  outputs: { total: floats(2), sum: floats() },
  compute: (ops, state, feeds) => {
    const total = ops.add(state('total'), feeds('given'));
    const sum = ops.sum(total);
    const descent = { gradients: new Map([['weight', feeds('given')]]), numbers: ops.unstack(feeds('rate')) };
    return { outputs: { total, sum: ops.reshape(sum, []) }, assigns: new Map([['total', ops.multiply(total, 1)], ['#sum', sum]]), descent }; // prettier-ignore
  },
};

/** What the last add() left. */
const recall: Computation = {
  name: 'recall',
  feeds: {},
  outputs: { sum: floats() },
  compute: (ops, state) => ({ outputs: { sum: ops.multiply(state('#sum'), 1) }, assigns: new Map(), descent: null }),
};

const spec = (more: readonly Computation[] = []): EngineSpec => ({
  computations: [add, recall, ...more],
  state: { kept: new Map([['total', [2]], ['weight', [2]]]), scratch: new Map([['#sum', []]]) }, // prettier-ignore
  optimizer: openOptimizer(v.parse(OptimizerPlan, { id: 'sgd' })),
  trainable: [{ path: 'weight', shape: [2], initial: { kind: 'constant', value: 0 }, role: 'kernel' }],
});
const initial = (): Map<string, Float32Array> => new Map([['total', Float32Array.of(1, 2)], ['weight', Float32Array.of(10, 20)]]); // prettier-ignore
const feeds = { given: Float32Array.of(3, 5), key: Int32Array.of(1, 2), rate: Float32Array.of(0.5) };
let backend: Backend;

beforeAll(async () => {
  backend = await testBackend();
});

function open(kind: Engine['kind'], given: EngineSpec = spec()): Promise<Engine> {
  const { tf, native } = backend;
  if (kind === 'eager' || native === null) return openEagerEngine(tf, opsOf(backend, 'eager'), given, initial());
  return openCapturedEngine(native, given, recordGraph(tf, native, opsOf(backend, 'captured'), given), initial());
}

describe.each(hasTensorFlow ? (['eager', 'captured'] as const) : (['eager'] as const))('the %s engine', (kind) => {
  test('runs a computation, puts what it assigns into the state, and takes its descent', async () => {
    const engine = await open(kind);
    expect(await engine.run('add', feeds)).toEqual({ total: Float32Array.of(4, 7), sum: Float32Array.of(11) });
    expect((await engine.run('add', feeds))['sum']).toEqual(Float32Array.of(19));
    expect(await engine.run('recall', {})).toEqual({ sum: Float32Array.of(19) });
    expect(await engine.read()).toEqual(
      new Map([
        ['total', Float32Array.of(7, 12)],
        ['weight', Float32Array.of(7, 15)],
      ]),
    ); // prettier-ignore -- 10 - 2 * 0.5 * 3
    await engine.write(new Map([['total', Float32Array.of(0, 0)]]));
    expect(await engine.read(['total'])).toEqual(new Map([['total', Float32Array.of(0, 0)]]));
    expect((await engine.run('add', feeds))['total']).toEqual(Float32Array.of(3, 5));
    await engine.dispose();
  });

  test('names what is missing, too many, or of another size', async () => {
    const engine = await open(kind);
    await expect(engine.run('subtract', feeds)).rejects.toThrow('There is no computation of this engine named "subtract".');
    const { key: _, ...without } = feeds;
    await expect(engine.run('add', without)).rejects.toThrow('There is no value for the feed of the computation "add" named "key".');
    await expect(engine.run('add', { ...feeds, more: Float32Array.of(1) })).rejects.toThrow('There is no feed of the computation "add" named "more".');
    await expect(engine.run('add', { ...feeds, given: Float32Array.of(1) })).rejects.toThrow(
      'The feed of the computation "add" named "given" takes 2 numbers of type float32. Received: 1 in a Float32Array.',
    );
    await expect(engine.run('add', { ...feeds, key: Float32Array.of(1, 2) })).rejects.toThrow('named "key" takes 2 numbers of type int32');
    await expect(engine.write(new Map([['#sum', Float32Array.of(1)]]))).rejects.toThrow('There is no value of the state named "#sum".');
    await expect(engine.write(new Map([['total', Float32Array.of(1)]]))).rejects.toThrow('The value of the state named "total" has 2 numbers. Received: 1.');
    await expect(engine.run('recall', {})).rejects.toThrow(
      kind === 'eager' ? 'There is no value of the state named "#sum".' : /uninitialized|not found|does not exist/i,
    );
    await engine.dispose();
  });

  test('refuses a computation that gives something else than it declares', async () => {
    const run = async (wrong: Partial<Computation>): Promise<void> => {
      const computation = {
        ...recall,
        name: 'wrong',
        compute: () => ({ outputs: { sum: backend.tf.zeros([2]) }, assigns: new Map(), descent: null }),
        ...wrong,
      };
      await (await open(kind, spec([computation]))).run('wrong', {});
    };
    await expect(run({})).rejects.toThrow('The output of the computation "wrong" named "sum" has the shape [2], not [].');
    await expect(run({ outputs: { sum: floats(2), more: floats() } })).rejects.toThrow('There is no output of the computation "wrong" named "more".');
    await expect(run({ outputs: {} })).rejects.toThrow('There is no declared output of the computation "wrong" named "sum".');
    const compute: Computation['compute'] = (_, state) => ({ outputs: { sum: state('nobody') }, assigns: new Map(), descent: null });
    await expect(run({ compute })).rejects.toThrow('There is no value of the state named "nobody".');
  });
});
