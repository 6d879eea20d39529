/** What a worker's start costs, with its graph recorded by itself and with one that was recorded before: seconds to the first step and of the processor, and
 *  the most memory until then. Each number is the median of three processes.
 *  Arguments: the runtime's folder, then networks. Linux only: it reads /proc. */
import { fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FromWorker, RunJob, ToWorker } from '../../src-main/engine/protocol.ts';
import { sampleJob } from '../support/engineRuns.ts';

interface Start {
  readonly wallSeconds: number;
  readonly processorSeconds: number;
  readonly mebibytes: number;
}

const [runtime = '', ...networks] = process.argv.slice(2);
process.env['AUXLAB_RUNTIME'] = runtime;
const worker = fileURLToPath(new URL('../../src-main/engine/worker.ts', import.meta.url));
const ticks = 100; // of the kernel's clock a second

function startOf(job: RunJob): Promise<Start> {
  const startedAt = performance.now();
  const child = fork(worker, [], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: { ...process.env, TF_NUM_INTRAOP_THREADS: '1', TF_NUM_INTEROP_THREADS: '1', TF_CPP_MIN_LOG_LEVEL: '2' },
  });
  return new Promise((resolve, reject) => {
    child.on('message', (message: FromWorker) => {
      if (message.type === 'failed') reject(new Error(message.error.message));
      if (message.type !== 'progress') return; // the first one: some steps are done
      const stat =
        readFileSync(`/proc/${child.pid ?? ''}/stat`, 'utf8')
          .split(') ')[1]
          ?.split(' ') ?? [];
      const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid ?? ''}/status`, 'utf8'));
      resolve({
        wallSeconds: (performance.now() - startedAt) / 1000,
        processorSeconds: (Number(stat[11]) + Number(stat[12])) / ticks,
        mebibytes: Number(peak?.[1]) / 1024,
      });
      child.kill('SIGKILL');
    });
    child.on('error', reject);
    const start: ToWorker = { type: 'start', job };
    child.send(start);
  });
}

async function medianStart(job: RunJob): Promise<Start> {
  const starts: Start[] = [];
  for (let repeat = 0; repeat < 3; repeat++) starts.push(await startOf(job));
  const of = (value: (start: Start) => number): number => starts.map(value).sort((a, b) => a - b)[1] ?? NaN;
  return { wallSeconds: of((s) => s.wallSeconds), processorSeconds: of((s) => s.processorSeconds), mebibytes: of((s) => s.mebibytes) };
}

const home = mkdtempSync(path.join(tmpdir(), 'auxlab-start-'));
try {
  for (const network of networks) {
    const auxiliaries = [{ target: 'label' }];
    const training = { epochs: 1, maxSteps: 4, batch: 64 };
    const job = { ...(await sampleJob(home, network, { sample: 'fashion-mnist', network, main: 'label', auxiliaries, training })), checkpointEveryMs: 1e9 };
    const graphFile = path.join(home, `${network}.graph`);
    const alone = await medianStart(job);
    await startOf({ ...job, graphFile });
    const loaded = await medianStart({ ...job, graphFile });
    const words = ({ wallSeconds, processorSeconds, mebibytes }: Start): string =>
      `${wallSeconds.toFixed(2)} s, ${processorSeconds.toFixed(2)} s of the processor, ${mebibytes.toFixed(0)} MiB`;
    process.stdout.write(`${network}: recorded ${words(alone)}; loaded ${words(loaded)}; the file has ${(statSync(graphFile).size / 1024).toFixed(0)} KiB\n`);
  }
} finally {
  rmSync(home, { recursive: true, force: true });
}
process.exit(0);
