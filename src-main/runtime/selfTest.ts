/** The self-test of a runtime: a few operations against values worked out by hand, timed. Runs in a process of its own, since a broken library may end it. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type * as tfjs from '@tensorflow/tfjs';
import { LabError } from '../contract/errors.ts';
import { loadBinding } from './loadBinding.ts';
import type { SelfTestResult } from './record.ts';

type Tensorflow = typeof tfjs;

interface Check {
  readonly id: string;
  readonly title: string;
  readonly expected: readonly number[];
  compute(tf: Tensorflow): tfjs.Tensor;
}

const image = [1, 2, 3, 4, 5, 6, 7, 8, 9]; // 3 x 3
const filter = [1, 2, 3, 4]; // 2 x 2

/** Small whole numbers are exact in every float format that a device may use inside. */
const checks: readonly Check[] = [
  {
    id: 'matmul',
    title: 'Matrix product',
    expected: [19, 22, 43, 50], // [1 2; 3 4] [5 6; 7 8] = [1*5+2*7 1*6+2*8; 3*5+4*7 3*6+4*8]
    compute: (tf) => tf.matMul(tf.tensor2d([1, 2, 3, 4], [2, 2]), tf.tensor2d([5, 6, 7, 8], [2, 2])),
  },
  {
    id: 'conv2d',
    title: 'Convolution',
    expected: [37, 47, 67, 77], // first: 1*1+2*2+3*4+4*5, the others one column or row on
    compute: (tf) => convolve(tf, imageOf(tf), filterOf(tf)),
  },
  {
    id: 'conv2d-filter-gradient',
    title: 'Gradient of a convolution by its filter',
    expected: [12, 16, 24, 28], // of the sum: the sum of the pixels that each filter cell meets, 1+2+4+5 for the first
    compute: (tf) => tf.grad((weights: tfjs.Tensor) => convolve(tf, imageOf(tf), weights as tfjs.Tensor4D).sum())(filterOf(tf)),
  },
  {
    id: 'conv2d-input-gradient',
    title: 'Gradient of a convolution by its input',
    expected: [1, 3, 2, 4, 10, 6, 3, 7, 4], // of the sum: the sum of the filter cells that each pixel meets
    compute: (tf) => tf.grad((pixels: tfjs.Tensor) => convolve(tf, pixels as tfjs.Tensor4D, filterOf(tf)).sum())(imageOf(tf)),
  },
];

const speedSize = 512;

/** @returns the result, passed or not; a runtime that cannot be loaded is a failed test, not an error */
export async function selfTest(runtimeFolder: string, expectsGpu: boolean): Promise<SelfTestResult> {
  const started = performance.now();
  const results: SelfTestResult['checks'] = [];
  let version = '';
  let device: SelfTestResult['device'] = 'unknown';
  let reason: string | null = null;
  try {
    const { tf, version: itsVersion, isUsingGpu } = await timed(results, 'load', 'Loading the library', () => loadBinding(runtimeFolder));
    version = itsVersion;
    device = isUsingGpu ? 'GPU' : 'CPU';
    for (const check of checks) reason ??= await runCheck(tf, check, results);
    await measureSpeed(tf, results);
    if (expectsGpu && !isUsingGpu) reason ??= 'an NVIDIA GPU is present, but TensorFlow does not use it; its driver may be older than CUDA 12 needs (525)';
  } catch (error) {
    reason ??= error instanceof Error ? error.message : String(error);
  }
  return {
    passed: reason === null,
    at: new Date().toISOString(),
    durationMs: Math.round(performance.now() - started),
    version,
    device,
    checks: results,
    reason,
  };
}

async function runCheck(tf: Tensorflow, check: Check, results: SelfTestResult['checks']): Promise<string | null> {
  const started = performance.now();
  const tensor = tf.tidy(() => check.compute(tf));
  const received = [...(await tensor.data())];
  tensor.dispose();
  const passed = received.length === check.expected.length && received.every((value, i) => Math.abs(value - (check.expected[i] ?? NaN)) <= 1e-3);
  const detail = passed ? 'as expected' : `expected ${check.expected.join(', ')}; received ${received.join(', ')}`;
  results.push({ id: check.id, title: check.title, passed, detail, ms: since(started) });
  return passed ? null : `${check.title}: ${detail}`;
}

/** Says how fast the device is; no speed is too slow to pass. */
async function measureSpeed(tf: Tensorflow, results: SelfTestResult['checks']): Promise<void> {
  const square = tf.ones([speedSize, speedSize]);
  const multiply = async (): Promise<void> => {
    const product = tf.matMul(square, square);
    await product.data();
    product.dispose();
  };
  await multiply();
  const started = performance.now();
  await multiply();
  const ms = since(started);
  square.dispose();
  const gigaflops = Math.round((2 * speedSize ** 3) / (ms * 1e6));
  results.push({
    id: 'speed',
    title: 'Speed',
    passed: true,
    detail: `${gigaflops} billion operations a second in a matrix product of ${speedSize} x ${speedSize}`,
    ms,
  });
}

async function timed<T>(results: SelfTestResult['checks'], id: string, title: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const value = await work();
  results.push({ id, title, passed: true, detail: 'loaded', ms: since(started) });
  return value;
}

function convolve(tf: Tensorflow, pixels: tfjs.Tensor4D, weights: tfjs.Tensor4D): tfjs.Tensor4D {
  return tf.conv2d(pixels, weights, 1, 'valid');
}

function imageOf(tf: Tensorflow): tfjs.Tensor4D {
  return tf.tensor4d(image, [1, 3, 3, 1]);
}

function filterOf(tf: Tensorflow): tfjs.Tensor4D {
  return tf.tensor4d(filter, [2, 2, 1, 1]);
}

function since(started: number): number {
  return Math.max(0.001, Math.round((performance.now() - started) * 1000) / 1000);
}

/** Whether the NVIDIA driver shows a device. */
export function hasNvidiaDevice(): boolean {
  return existsSync('/dev/nvidia0') || existsSync('/proc/driver/nvidia/version') || existsSync('/dev/dxg'); // the last is a GPU under WSL
}

if (process.argv[1] !== undefined && fileURLToPath(import.meta.url) === process.argv[1]) {
  const [, , folder, variant] = process.argv;
  if (folder === undefined) throw new LabError('bad-input', 'The self-test needs the folder of a runtime.');
  const result = await selfTest(folder, variant === 'cuda' && hasNvidiaDevice());
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
