import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openEngine } from '../../src-main/engine/engines/openEngine.ts';
import { methods } from '../../src-main/methods/index.ts';
import { engineOptions, fixtureBatch } from '../support/engineFixture.ts';
import { needsTensorFlow, testBackend, testRuntime } from '../support/tensorFlow.ts';

test('100,000 captured steps keep every tensor count and the memory of the process', needsTensorFlow, async () => {
  const backend = await testBackend();
  const options = engineOptions('mlp', 'adam');
  const engine = await openEngine(backend, 'captured', options);
  const batches = Array.from({ length: 16 }, (_, step) => fixtureBatch(options, step));
  const steps = async (count: number): Promise<void> => {
    for (let step = 0; step < count; step++)
      await engine.step(batches[step % 16] ?? fixtureBatch(options, 0), [1, 0.3, 0.3], options.optimizer.scalars(step, 0.001));
  };
  await steps(10_000);
  const before = { tensors: backend.native?.getNumOfTFTensors(), memory: process.memoryUsage().rss };
  await steps(100_000);
  expect(backend.native?.getNumOfTFTensors()).toBe(before.tensors);
  expect(process.memoryUsage().rss / before.memory).toBeLessThan(1.02);
  await engine.dispose();
});

test.each(methods.map(({ id }) => id))('%s: 2,000 steps leave no tensor and hardly any memory behind', needsTensorFlow, (id) => {
  const file = fileURLToPath(new URL('../bench/memory.ts', import.meta.url));
  const { stdout, stderr } = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', '--expose-gc', file, testRuntime() ?? '', 'mlp', id], {
    encoding: 'utf8',
  });
  const gained = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { readonly tensors: number; readonly mebibytes: number };
  expect(gained.tensors, stderr).toBe(0);
  expect(gained.mebibytes).toBeLessThan(16); // the heap settles by a few; a leak of one gradient a step would be hundreds
});
