import { existsSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Backend } from '../../../../src-main/engine/engines/backend.ts';
import { readGraph, writeGraph } from '../../../../src-main/engine/engines/tensorflow/graphFile.ts';
import { graphOrigin } from '../../../../src-main/engine/engines/tensorflow/graphSignature.ts';
import { openEngine } from '../../../../src-main/engine/engines/openEngine.ts';
import type { RecordedGraph } from '../../../../src-main/engine/engines/tensorflow/recordedGraph.ts';
import { writeSealed } from '../../../../src-main/engine/sealedFile.ts';
import type { StepEngineOptions } from '../../../../src-main/engine/stepEngine.ts';
import { engineOptions, fixtureBatch, type FixtureOptions } from '../../../support/engineFixture.ts';
import { runInProcess, sampleJob } from '../../../support/engineRuns.ts';
import { withSamples } from '../../../support/entriesThere.ts';
import { temporaryFolders } from '../../../support/temporary.ts';
import { needsTensorFlow, testBackend } from '../../../support/tensorFlow.ts';

const folder = temporaryFolders();
const signature = 'a'.repeat(64);
const graph: RecordedGraph = {
  model: Uint8Array.of(1, 2, 3),
  names: {
    computations: { step: { feeds: { x: 'step/x:0' }, output: 'Identity_3:0' } },
    state: { 'trunk/kernel#m': { value: 'ReadVariableOp_1:0', feed: 'state/0:0', done: 'Identity_1:0' } },
  },
};

describe('a recorded graph as a file', () => {
  const written = (): string => {
    const file = path.join(folder(), 'a.graph');
    writeGraph(file, signature, graph);
    return file;
  };

  test('comes back as it was, for the signature that it was recorded under', () => {
    const file = written();
    const found = readGraph(file, signature);
    expect(found?.names).toEqual(graph.names);
    expect([...(found?.model ?? [])]).toEqual([1, 2, 3]);
    expect(readGraph(file, 'b'.repeat(64))).toBeNull();
    expect(readGraph(`${file}.other`, signature)).toBeNull();
    expect(readdirSync(path.dirname(file))).toEqual(['a.graph']);
  });

  test('is not believed when a bit is wrong, it is cut short, too large, or of another form', () => {
    const refused = (damage: (file: string) => void): void => {
      const file = written();
      damage(file);
      expect(readGraph(file, signature)).toBeNull();
    };
    refused((file) => {
      const bytes = readFileSync(file);
      bytes[30] = (bytes[30] ?? 0) ^ 1;
      writeFileSync(file, bytes);
    });
    refused((file) => truncateSync(file, statSync(file).size - 1));
    refused((file) => truncateSync(file, 100 * 2 ** 20)); // grows with zeros
    refused((file) => writeSealed(file, 'AUXCKPT1', { format: 1, signature, ...graph.names }, [graph.model], 'checkpoint'));
    refused((file) => writeSealed(file, 'AUXGRAPH', { format: 2, signature, ...graph.names }, [graph.model], 'graph'));
    refused((file) => writeSealed(file, 'AUXGRAPH', { format: 1, signature, state: {} }, [graph.model], 'graph'));
    const comma = { step: { feeds: { x: 'step/x:0,other:0' }, output: 'Identity_3:0' } };
    refused((file) => writeSealed(file, 'AUXGRAPH', { format: 1, signature, computations: comma, state: {} }, [graph.model], 'graph'));
  });
});

describe('an engine with a file for its graph', needsTensorFlow, () => {
  let backend: Backend;
  beforeAll(async () => {
    backend = await testBackend();
  });
  const optionsAt = (file: string, more: FixtureOptions = {}, origin: unknown = 'one'): StepEngineOptions => ({
    ...engineOptions('mlp', 'adam', more),
    graph: { file, origin },
  });
  /** Losses of some steps and the weights after them, bit for bit. */
  const trained = async (options: StepEngineOptions): Promise<{ losses: number[]; weights: string }> => {
    const engine = await openEngine(backend, 'captured', options);
    const losses: number[] = [];
    for (const step of [0, 1, 2]) losses.push(...(await engine.step(fixtureBatch(options, step), [1, 0.3, 0.2], options.optimizer.scalars(step, 0.01))).losses);
    const weights = [...(await engine.read()).values()]
      .map((values) => Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64'))
      .join();
    await engine.dispose();
    return { losses, weights };
  };
  const stamp = (file: string): unknown => [statSync(file).ino, statSync(file).mtimeMs];

  test('records once and loads afterwards, with the same steps bit for bit, whatever the first weights are', async () => {
    const file = path.join(folder(), 'graphs', 'a.graph');
    const reference = await trained({ ...optionsAt(file), graph: null });
    expect(existsSync(file)).toBe(false);
    expect(await trained(optionsAt(file))).toEqual(reference);
    const [before, bytes] = [stamp(file), statSync(file).size];
    expect(bytes).toBeLessThan(2 * 2 ** 20);
    expect(await trained(optionsAt(file))).toEqual(reference);
    expect(await trained(optionsAt(file, { seed: 2 }))).toEqual(await trained({ ...optionsAt(file, { seed: 2 }), graph: null }));
    expect(stamp(file)).toEqual(before);
  });

  test('records anew where the graph would be another one, or where the file is none', async () => {
    const file = path.join(folder(), 'a.graph');
    const reference = await trained(optionsAt(file));
    for (const other of [optionsAt(file, { batch: 7 }), optionsAt(file, { clipNorm: 3 }, 'two'), optionsAt(file, { needs: { factors: true } })]) {
      const before = stamp(file);
      expect(await trained(other)).toEqual(await trained({ ...other, graph: null }));
      expect(stamp(file)).not.toEqual(before);
    }
    writeFileSync(file, 'no graph');
    expect(await trained(optionsAt(file))).toEqual(reference);
    const kept = stamp(file);
    expect(await trained(optionsAt(file))).toEqual(reference);
    expect(stamp(file)).toEqual(kept);
  });

  test('that cannot be kept costs nothing but the time', async () => {
    const blocked = path.join(folder(), 'occupied');
    writeFileSync(blocked, '');
    const options = optionsAt(path.join(blocked, 'a.graph'));
    expect(await trained(options)).toEqual(await trained({ ...options, graph: null }));
  });
});

test('the origin of a graph tells losses, optimizer, method and clipping apart, and not the rate, the seed or the weights', withSamples('digits'), async () => {
  const job = await sampleJob(folder(), 'origin', { sample: 'digits', network: 'mlp', main: 'digit', auxiliaries: [{ target: 'parity' }] });
  const of = (changes: Partial<typeof job>): string => JSON.stringify(graphOrigin({ ...job, ...changes }));
  const same = of({});
  const { training, tasks } = job;
  expect(of({ training: { ...training, optimizer: { ...training.optimizer, learningRate: 0.5 }, epochs: 9 } })).toBe(same);
  expect(of({ seed: 9, tasks: tasks.map((task) => ({ ...task, weight: 0.1 })) })).toBe(same);
  expect(of({ training: { ...training, clipNorm: 2 } })).not.toBe(same);
  expect(of({ training: { ...training, optimizer: { ...training.optimizer, weightDecay: 0.5 } } })).not.toBe(same);
  expect(of({ tasks: tasks.map((task) => ({ ...task, loss: 'focal', lossParams: { gamma: 2 } })) })).not.toBe(same);
  expect(of({ method: { id: 'another', params: {} } })).not.toBe(same);
});

test(
  'a worker that is told to record keeps the graph and ends; the run that follows loads it and has the same weights',
  { ...needsTensorFlow, ...withSamples('digits') },
  async () => {
    const home = folder();
    const job = await sampleJob(home, 'recorded', { sample: 'digits', network: 'mlp', main: 'digit', training: { epochs: 1, maxSteps: 5 } });
    const file = path.join(home, 'cache', 'a.graph');
    await runInProcess({ ...job, graphFile: file }, { record: true });
    const before = stampOf(file);
    const [loaded, alone] = [
      await runInProcess({ ...job, runId: 'a', graphFile: file }),
      await runInProcess({ ...job, runId: 'b', checkpointFile: `${job.checkpointFile}2` }),
    ];
    expect(loaded.result?.finalWeightsSha256).toBe(alone.result?.finalWeightsSha256);
    expect(stampOf(file)).toBe(before);
  },
);

function stampOf(file: string): number {
  return statSync(file).mtimeMs;
}
