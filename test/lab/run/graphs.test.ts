import { readdirSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { RunJob, ToWorker } from '../../../src-main/engine/protocol.ts';
import { graphRecorder } from '../../../src-main/lab/run/graphs.ts';
import { networks } from '../../../src-main/networks/index.ts';
import type { WorkerProcess } from '../../../src-main/lab/process/workerProcess.ts';
import { temporaryFolders } from '../../support/temporary.ts';

const folder = temporaryFolders();
const convolutional = networks.find(({ core }) => core === 'convolutional')?.id ?? ''; // their graphs take long to record
const limits = { firstWordMs: 60_000 };

/** A process that does nothing by itself. */
class StillWorker implements WorkerProcess {
  readonly pid = undefined;
  readonly sent: ToWorker[] = [];
  readonly kills: string[] = [];
  #ended: (() => void)[] = [];
  send(message: ToWorker): void {
    this.sent.push(message);
  }
  onMessage(): void {}
  onText(): void {}
  onEnd(listener: Parameters<WorkerProcess['onEnd']>[0]): void {
    this.#ended.push(() => listener({ code: 0, signal: null, error: null }));
  }
  kill(how: 'politely' | 'at once'): void {
    this.kills.push(how);
    this.end();
  }
  end(): void {
    for (const ended of this.#ended.splice(0)) ended();
  }
}

function jobs(...files: (string | undefined)[]): RunJob[] {
  const network = { id: convolutional, params: {} };
  return files.map((graphFile, at) => ({ runId: String(at), network, ...(graphFile !== undefined && { graphFile }) }) as RunJob); // nothing else is looked at
}

function recorderFor(list: readonly RunJob[], given: { readonly firstWordMs: number } = limits) {
  const started: StillWorker[] = [];
  const recorder = graphRecorder(list, () => started[started.push(new StillWorker()) - 1] as StillWorker, given);
  return { recorder, started };
}

const isSettled = async (promise: Promise<void>): Promise<boolean> => {
  let settled = false;
  void promise.then(() => (settled = true));
  await new Promise((resolve) => setImmediate(resolve));
  return settled;
};

test('the graph of an arm is recorded once, and all of its runs wait for that', async () => {
  const home = folder();
  const list = jobs(path.join(home, 'a.graph'), path.join(home, 'b.graph'), path.join(home, 'a.graph'), path.join(home, 'b.graph'));
  const { recorder, started } = recorderFor(list);
  const waiting = list.map((job) => recorder.ready(job));
  expect(started.map(({ sent }) => sent)).toEqual([[{ type: 'record', job: list[0] }], [{ type: 'record', job: list[1] }]]);
  expect(await isSettled(waiting[0] as Promise<void>)).toBe(false);
  started[0]?.end();
  await Promise.all([waiting[0], waiting[2]]);
  expect(await isSettled(waiting[3] as Promise<void>)).toBe(false);
  started[1]?.end();
  await Promise.all(waiting);
  await recorder.ready(list[0] as RunJob);
  expect(started).toHaveLength(2);
});

test('nothing is recorded ahead for a run alone, where the file is there, where runs have none, or where recording is quick', async () => {
  const home = folder();
  const there = path.join(home, 'there.graph');
  writeFileSync(there, '');
  const quick = jobs(path.join(home, 'quick.graph'), path.join(home, 'quick.graph')).map((job) => ({ ...job, network: { id: 'mlp', params: {} } }));
  const list = [...jobs(path.join(home, 'alone.graph'), there, there, undefined, undefined), ...quick];
  const { recorder, started } = recorderFor(list);
  for (const job of list) await recorder.ready(job);
  expect(started).toEqual([]);
});

test('a recording is ended by a pause and when it takes too long; the run goes on without it', async () => {
  const home = folder();
  const list = jobs(path.join(home, 'a.graph'), path.join(home, 'a.graph'));
  const pause = new AbortController();
  const paused = recorderFor(list);
  const waiting = paused.recorder.ready(list[0] as RunJob, pause.signal);
  pause.abort();
  await waiting;
  expect(paused.started[0]?.kills).toEqual(['at once']);
  const late = recorderFor(list, { firstWordMs: 10 });
  await late.recorder.ready(list[0] as RunJob);
  expect(late.started[0]?.kills).toEqual(['at once']);
});

test('of many graphs the latest hundred stay', () => {
  const home = folder();
  for (let at = 0; at < 103; at++) {
    const file = path.join(home, `${at}.graph`);
    writeFileSync(file, '');
    utimesSync(file, 1000 + at, 1000 + at);
  }
  const list = jobs(path.join(home, 'new.graph'), path.join(home, 'new.graph'));
  recorderFor(list);
  const left = readdirSync(home);
  expect(left).toHaveLength(100);
  expect(['0.graph', '1.graph', '2.graph'].some((name) => left.includes(name))).toBe(false);
});
