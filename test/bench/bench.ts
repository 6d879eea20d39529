/** npm run bench: milliseconds a training step, captured against eager, against PyTorch and tf.function where AUXLAB_PEER_PYTHON names a Python
 *  that has them, and every weighting method against fixed weights. Figures of one run are compared with each other only: blocks of all contestants
 *  alternate, and the median over blocks of each block's lower quartile counts, so that a busy machine slows all of them alike. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Method } from '../../src-main/methods/method.ts';
import { methods } from '../../src-main/methods/index.ts';
import { networks } from '../../src-main/networks/index.ts';
import { auxlabHome } from '../../src-main/runtime/home.ts';
import { ensureRuntime } from '../../src-main/runtime/registry.ts';
import { cases } from './cases.ts';
import { dataFigures } from './data/data.ts';
import { deskFigures } from './desk.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true, // data [tables] [pictures] [arrays] [batches]: what files cost, instead of training
  options: {
    threads: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '3' },
    budget: { type: 'string', default: '2000' }, // ms a block
    scale: { type: 'string', default: '1' }, // of data: less for a quick look
    case: { type: 'string', multiple: true },
    methods: { type: 'boolean', default: false }, // also every weighting method
    memory: { type: 'boolean', default: false }, // what every method gains in 2,000 steps
    start: { type: 'boolean', default: false }, // instead of training: what a worker's start costs
    desk: { type: 'boolean', default: false }, // instead of training: what a person at the desk waits for
    json: { type: 'boolean', default: false },
  },
});
const { threads, budget } = values;
const rounds = Number(values.rounds);
const peerPython = process.env['AUXLAB_PEER_PYTHON'];

interface Contestant {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
}

interface Figure {
  readonly name: string;
  readonly ms: number;
  readonly fastest: number;
}

const [subject, ...wanted] = positionals;
if (subject !== undefined && subject !== 'data') throw new Error(`The only subject is data, with parts of it. Received: ${subject}`);
if (subject === 'data') {
  const figures = await dataFigures({ wanted, rounds, scale: Number(values.scale), say: (line) => process.stdout.write(`${line}\n`) });
  if (values.json) process.stdout.write(`${JSON.stringify(figures)}\n`);
  process.exit(0);
}

if (values.desk) {
  const figures = deskFigures();
  process.stdout.write('Milliseconds at the desk, median of several rounds, and what they should be on a machine that does nothing else\n');
  for (const { what, ms, targetMs } of figures) process.stdout.write(`  ${what.padEnd(44)} ${ms.toFixed(1).padStart(8)}   below ${targetMs}\n`);
  if (values.json) process.stdout.write(`${JSON.stringify(figures)}\n`);
  process.exit(0);
}

const { runtime, reason } = await ensureRuntime({ home: auxlabHome(process.env, process.platform) });
if (runtime === null) throw new Error(`The benchmark needs a TensorFlow runtime: ${reason}`);
const { folder } = runtime;
const file = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

if (values.start) {
  const ids = ['mlp', 'lstm', 'cnn', 'resnet', 'mini-inception'].filter((id) => networks.some((network) => network.id === id));
  spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', file('start.ts'), folder, ...ids], { stdio: 'inherit' });
  process.exit(0);
}

function ours(caseId: string, mode: string, method = 'fixed', name = mode): Contestant {
  return { name, command: process.execPath, args: ['--disable-warning=ExperimentalWarning', file('timer.ts'), folder, caseId, mode, method, budget] };
}

function peer(library: string, caseId: string): Contestant[] {
  return peerPython === undefined ? [] : [{ name: library, command: peerPython, args: [file('peers.py'), library, caseId, threads, budget] }];
}

function block({ name, command, args }: Contestant): number[] {
  const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2', TF_NUM_INTRAOP_THREADS: threads, TF_NUM_INTEROP_THREADS: threads, OMP_NUM_THREADS: threads };
  const result = spawnSync(command, [...args], { env, encoding: 'utf8', maxBuffer: 1 << 28 });
  const line = result.stdout.trim().split('\n').at(-1);
  if (result.status !== 0 || line === undefined) throw new Error(`The block of ${name} failed: ${result.stderr.trim().split('\n').slice(-3).join(' ')}`);
  return (JSON.parse(line) as { readonly times: number[] }).times;
}

/** A method that looks in every step, looking in each tenth; one that looks now and then, in every step. */
function otherRhythm({ id, params: { every } }: Method): string[] {
  return every?.kind === 'number' ? [`${id}:every=${every.default === 1 ? 10 : 1}`] : [];
}

function memoryOf(method: string): { readonly tensors: number; readonly mebibytes: number } {
  const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2', TF_NUM_INTRAOP_THREADS: threads, TF_NUM_INTEROP_THREADS: threads };
  const args = ['--disable-warning=ExperimentalWarning', '--expose-gc', file('memory.ts'), folder, 'mlp', method];
  const result = spawnSync(process.execPath, args, { env, encoding: 'utf8' });
  const line = result.stdout.trim().split('\n').at(-1);
  if (result.status !== 0 || line === undefined) throw new Error(`The block of ${method} failed: ${result.stderr.trim().split('\n').slice(-3).join(' ')}`);
  return JSON.parse(line) as { readonly tensors: number; readonly mebibytes: number };
}

function race(contestants: readonly Contestant[]): Figure[] {
  const blocks = contestants.map((): number[][] => []);
  for (let round = 0; round < rounds; round++) contestants.forEach((contestant, k) => blocks[k]?.push(block(contestant)));
  return contestants.map(({ name }, k) => {
    const quartiles = (blocks[k] ?? []).map((times) => quantile(times, 0.25));
    return { name, ms: quantile(quartiles, 0.5), fastest: Math.min(...(blocks[k] ?? []).flat()) };
  });
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

function print(title: string, figures: readonly Figure[], reference: Figure): void {
  process.stdout.write(`\n${title}\n`);
  for (const { name, ms, fastest } of figures) {
    const [ratio, fastestRatio] = [ms / reference.ms, fastest / reference.fastest];
    process.stdout.write(
      `  ${name.padEnd(36)} ${ms.toFixed(3).padStart(9)} ms   fastest ${fastest.toFixed(3).padStart(9)} ` +
        `ms   ${ratio.toFixed(2).padStart(6)} x ${reference.name}, fastest ${fastestRatio.toFixed(2)}\n`,
    );
  }
}

const results: Record<string, readonly Figure[]> = {};
process.stdout.write(
  `Milliseconds a training step, batch 64, Adam, ${threads} ${threads === '1' ? 'thread' : 'threads'}; ${rounds} rounds of ${budget} ms a contestant\n`,
);
for (const bench of cases.filter(({ id }) => values.case === undefined || values.case.includes(id))) {
  const peers = bench.hasPeers ? [...peer('torch', bench.id), ...peer('tensorflow', bench.id)] : [];
  const figures = race([ours(bench.id, 'captured'), ours(bench.id, 'eager'), ...peers]);
  results[bench.id] = figures;
  if (figures[0] !== undefined) print(bench.id, figures, figures[0]);
}
if (values.methods) {
  const gramian = methods.filter(({ needs }) => needs === 'gramian').slice(0, 1); // one stands for all: what they cost beside their weights is the same
  const others = methods.filter(({ needs }) => needs !== 'gramian');
  const names = [...methods.map(({ id }) => id), ...gramian.map(({ id }) => `${id}:representation=true`), ...[...gramian, ...others].flatMap(otherRhythm)];
  const [bench] = cases;
  const figures = race(names.map((name) => ours(bench?.id ?? '', 'captured', name, name)));
  const fixed = figures.find(({ name }) => name === 'fixed');
  results['methods'] = figures;
  if (fixed !== undefined) print(`weighting methods, three tasks on ${bench?.id}`, figures, fixed);
}
if (values.memory) {
  process.stdout.write('\ngained in 2,000 steps after a warm-up of 1,000, three tasks on the mlp\n');
  for (const { id } of methods) {
    const { tensors, mebibytes } = memoryOf(id);
    process.stdout.write(`  ${id.padEnd(36)} ${String(tensors).padStart(5)} tensors ${mebibytes.toFixed(1).padStart(7)} MiB\n`);
  }
}
if (values.json) process.stdout.write(`${JSON.stringify(results)}\n`);
