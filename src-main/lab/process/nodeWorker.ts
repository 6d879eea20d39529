/** Engine workers as child processes of Node. */
import { fork } from 'node:child_process';
import { setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { FromWorker } from '../../engine/protocol.ts';
import type { StartWorker, WorkerEnd } from './workerProcess.ts';

const engineWorker = fileURLToPath(new URL('../../engine/worker.ts', import.meta.url));

/** @param file the worker's entry; the engine's own unless told otherwise
 *  @param niceness of the processes: above 0 they give way to others, a window's for instance */
export function nodeWorkers(file: string = engineWorker, niceness = 0): StartWorker {
  return (environment) => {
    const child = fork(file, [], {
      serialization: 'advanced', // typed arrays, NaN and infinities pass unchanged
      execArgv: ['--disable-warning=ExperimentalWarning'],
      env: { ...environment },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    giveWay(child.pid, niceness);
    let end: WorkerEnd | null = null;
    const endListeners: ((end: WorkerEnd) => void)[] = [];
    const ended = (found: WorkerEnd): void => {
      if (end !== null) return;
      end = found;
      for (const listener of endListeners) listener(found);
    };
    child.once('close', (code, signal) => ended({ code, signal, error: null })); // 'close' comes after the last output, 'exit' before
    child.once('error', (error) => {
      if (child.pid === undefined) ended({ code: null, signal: null, error });
    });
    return {
      pid: child.pid,
      send(message) {
        if (child.connected) child.send(message, () => undefined); // a failed delivery means that the process ends, which onEnd tells
      },
      onMessage(listener) {
        child.on('message', (message) => listener(message as unknown as FromWorker)); // the other side is this project's own worker
      },
      onText(listener) {
        for (const stream of [child.stderr, child.stdout]) stream?.setEncoding('utf8').on('data', listener);
      },
      onEnd(listener) {
        if (end === null) endListeners.push(listener);
        else listener(end);
      },
      kill(how) {
        child.kill(how === 'politely' ? 'SIGTERM' : 'SIGKILL');
      },
    };
  };
}

function giveWay(pid: number | undefined, niceness: number): void {
  if (pid === undefined || niceness === 0) return;
  try {
    setPriority(pid, niceness);
  } catch {
    // It has ended already, or the system forbids it: then it trains like any other program.
  }
}
