/** Starts, watches and replaces the lab's process. A window outlives it: waiting calls are refused with a sentence, and a new process is started. */
import { spawn, type ChildProcess } from 'node:child_process';
import * as v from 'valibot';
import { isCallName, isSlow, type LabEvent } from '../contract/calls.ts';
import type { Transport } from '../contract/client.ts';
import { LabError, toWire } from '../contract/errors.ts';
import { FromLab, type Reply, type ToLab } from '../contract/wire.ts';

export interface LabProcessOptions {
  readonly node: string; // the Node binary that runs TypeScript
  readonly entry: string; // src-main/lab/process.ts
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly restartMs?: readonly number[]; // pauses before the first, second ... restart in a row; after the last one the lab stays down
  readonly answerMs?: number; // longest wait for an answer
}

export interface LabProcess extends Transport {
  call(name: string, input: unknown): Promise<Reply>;
  on(listener: (event: LabEvent) => void): () => void;
  readonly pid: number | undefined;
  /** Ends the process; it closes its store by itself when the channel closes. */
  stop(): void;
}

const usualRestartMs = [500, 2000, 8000];
const lastLinesKept = 20;

export function startLabProcess({ node, entry, environment, restartMs = usualRestartMs, answerMs = 60_000 }: LabProcessOptions): LabProcess {
  const waiting = new Map<number, (reply: Reply) => void>();
  const listeners = new Set<(event: LabEvent) => void>();
  let child: ChildProcess | null = null;
  let nextId = 1;
  let restarts = 0;
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;

  const tell = (event: LabEvent): void => {
    for (const listener of listeners) listener(event);
  };

  const start = (): void => {
    const lines: string[] = [];
    const own = spawn(node, ['--disable-warning=ExperimentalWarning', entry], {
      env: labEnvironment(environment),
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      serialization: 'json', // the two sides may be different versions of Node
      windowsHide: true,
    });
    child = own;
    own.stderr?.setEncoding('utf8').on('data', (text: string) => {
      lines.push(...text.split('\n').filter((line) => line.trim() !== ''));
      lines.splice(0, lines.length - lastLinesKept);
    });
    own.on('message', (message) => {
      const parsed = v.safeParse(FromLab, message);
      if (!parsed.success) return; // not in the contract; the call's own time limit tells the window
      restarts = 0;
      if ('event' in parsed.output) tell(parsed.output.event);
      else waiting.get(parsed.output.id)?.(parsed.output.reply);
    });
    let isOver = false;
    const over = (why: string): void => {
      if (isOver) return;
      isOver = true;
      if (child === own) child = null;
      ended(why, lines);
    };
    own.once('close', (code, signal) => over(signal === null ? `exit code ${code ?? 'unknown'}` : `signal ${signal}`));
    own.once('error', (error) => {
      if (own.pid === undefined) over(error.message);
    });
  };

  const ended = (why: string, lines: readonly string[]): void => {
    const sentence = `The lab's process ended (${why})${lines.length === 0 ? '' : `: ${lines.at(-1) ?? ''}`}`;
    const refusal: Reply = { ok: false, error: { ...toWire(new LabError('engine-lost', sentence)), detail: lines.join('\n') } };
    for (const answer of [...waiting.values()]) answer(refusal);
    if (isStopped) return;
    const pauseMs = restartMs[restarts++];
    if (pauseMs === undefined) {
      tell({ name: 'lab.state', state: 'ended', message: `${sentence}. It ended ${restarts} times in a row and is not started again; restart Auxlab.` });
      return;
    }
    tell({ name: 'lab.state', state: 'restarting', message: `${sentence}. It is being started again; running experiments of other processes go on.` });
    timer = setTimeout(() => {
      start();
      tell({ name: 'lab.state', state: 'running', message: '' });
    }, pauseMs);
  };

  start();
  return {
    get pid() {
      return child?.pid;
    },
    call(name, input) {
      return new Promise((resolve) => {
        const id = nextId++;
        const answer = (reply: Reply): void => {
          clearTimeout(limit);
          waiting.delete(id);
          resolve(reply);
        };
        const refuse = (sentence: string): void => answer({ ok: false, error: toWire(new LabError('engine-lost', sentence)) });
        const limit =
          isCallName(name) && isSlow(name) ? undefined : setTimeout(() => refuse(`The lab has not answered ${name} within ${answerMs / 1000} s.`), answerMs);
        waiting.set(id, answer);
        if (child?.connected !== true) return refuse("The lab's process is not running.");
        const message: ToLab = { id, call: { name, input } };
        child.send(message, (error) => {
          if (error !== null) refuse(`The lab could not be asked ${name}: ${error.message}`);
        });
      });
    },
    on(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
      if (child?.connected === true) child.disconnect();
    },
  };
}

/** What the shell was started with, without what steers Electron or a debugger. */
function labEnvironment(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const kept = Object.entries(environment).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !/^(ELECTRON_|NODE_OPTIONS$|NODE_CHANNEL_)/.test(entry[0]),
  );
  return Object.fromEntries(kept);
}
