import { expect, test } from 'vitest';
import { changedHostVariables, pinnedEnvironment, workerEnvironment } from '../../../src-main/lab/process/environment.ts';
import { experimentId } from '../../../src-main/lab/record/ids.ts';
import { shareMachine } from '../../../src-main/lab/run/sharing.ts';

const machine = { cores: 8, availableMiB: 16_000 };
const small = { runs: 12, parameters: 10_000, inputShape: [28, 28, 1], isGpu: false, datasetBytes: 40 * 2 ** 20 };

test.each([
  [{}, small, machine, 8, 1, '8 runs side by side, 1 thread each (8 cores, 12 runs).'],
  [{}, { ...small, runs: 3 }, machine, 3, 1, '3 runs side by side, 1 thread each (8 cores, 3 runs).'],
  [{}, small, { ...machine, availableMiB: 1000 }, 2, 1, '2 runs side by side, 1 thread each (1000 MiB of free memory allow no more).'],
  // 450 MiB and what a worker holds of its data past 64 MiB: 1000 / (450 + 136) is 1
  [
    {},
    { ...small, datasetBytes: 200 * 2 ** 20 },
    { ...machine, availableMiB: 1000 },
    1,
    1,
    'One run at a time, 1 thread each (1000 MiB of free memory allow no more).',
  ],
  [{}, { ...small, parameters: 6_000_000 }, machine, 1, 8, 'One run at a time, 8 threads each (a large network uses all cores).'],
  [{}, { ...small, inputShape: [224, 224, 3] }, machine, 1, 8, 'One run at a time, 8 threads each (a large network uses all cores).'],
  [{}, { ...small, isGpu: true }, machine, 1, 8, 'One run at a time, 8 threads each (the GPU serves one run at a time).'],
  [{ threads: 4 }, small, machine, 2, 4, '2 runs side by side, 4 threads each (as the plan asks).'],
  [{ workers: 2 }, { ...small, parameters: 6_000_000 }, machine, 2, 4, '2 runs side by side, 4 threads each (as the plan asks).'],
])('plan %j, work %j on %j', (plan, work, on, workers, threads, note) => {
  expect(shareMachine(plan, work, on)).toEqual({ workers, threads, note });
});

test('a resumed experiment keeps its threads on a larger computer, and a GPU still serves one run', () => {
  expect(shareMachine({}, { ...small, isGpu: true }, { ...machine, cores: 16 }, 8)).toMatchObject({ workers: 1, threads: 8 });
  expect(shareMachine({}, small, { ...machine, cores: 16 }, 1)).toMatchObject({ workers: 12, threads: 1 });
});

test("thread counts and switches are pinned for every run; what is free text stays the computer's own", () => {
  const pinned = pinnedEnvironment(2, {
    TF_XLA_FLAGS: '--a',
    PATH: '/bin',
    TF_DETERMINISTIC_OPS: 'TRUE',
    NVIDIA_TF32_OVERRIDE: 'perhaps',
    ONEDNN_MAX_CPU_ISA: 'avx2',
  });
  const threads = { TF_NUM_INTRAOP_THREADS: '2', TF_NUM_INTEROP_THREADS: '2', OMP_NUM_THREADS: '2' };
  expect(pinned).toEqual({ ...threads, TF_ENABLE_ONEDNN_OPTS: '1', TF_DETERMINISTIC_OPS: '1', ONEDNN_MAX_CPU_ISA: 'AVX2' });
  const own = { TF_XLA_FLAGS: '--own', PATH: '/bin', OMP_NUM_THREADS: '16', NVIDIA_TF32_OVERRIDE: 'perhaps' };
  const environment = workerEnvironment(pinned, own, '/home/x/cache');
  expect(environment).toMatchObject({
    PATH: '/bin',
    TF_XLA_FLAGS: '--own',
    TF_CPP_MIN_LOG_LEVEL: '2',
    TF_FORCE_GPU_ALLOW_GROWTH: 'true',
    OMP_NUM_THREADS: '2',
  });
  expect(environment['NVIDIA_TF32_OVERRIDE']).toBeUndefined(); // a resumed run gets the recorded ones or none
  expect(environment['NODE_COMPILE_CACHE']).toBe('/home/x/cache');
  expect(workerEnvironment(pinned, { NODE_COMPILE_CACHE: '/own' }, '/home/x/cache')['NODE_COMPILE_CACHE']).toBe('/own');
});

test('what a design carries is held against its table once more before a worker gets it', () => {
  for (const foreign of [
    { NODE_OPTIONS: '--import=data:text/javascript,1' },
    { XLA_FLAGS: '--xla_dump_to=/tmp' },
    { OMP_NUM_THREADS: '2 --x' },
    { PATH: '/evil' },
  ])
    expect(() => workerEnvironment(foreign as Record<string, string>, { PATH: '/bin' }, '/c')).toThrow();
});

test('free-text variables that changed since an experiment began are named, never shown', () => {
  expect(changedHostVariables({ XLA_FLAGS: '--a' }, { XLA_FLAGS: '--a' })).toEqual([]);
  expect(changedHostVariables({ XLA_FLAGS: '--a' }, { CUDA_VISIBLE_DEVICES: '1' })).toEqual(['XLA_FLAGS', 'CUDA_VISIBLE_DEVICES']);
});

test('experiment ids are in the order of time', () => {
  expect(experimentId(new Date('2026-11-24T15:30:12.345Z'), () => 0)).toBe('261124-153012-aaaa');
});
