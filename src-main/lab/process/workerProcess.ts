/** What a host must give the lab so that it can run engine workers: child_process on Node, utilityProcess in Electron. */
import type { FromWorker, ToWorker } from '../../engine/protocol.ts';

export interface WorkerProcess {
  readonly pid: number | undefined;
  /** Messages to a process that has ended are dropped. */
  send(message: ToWorker): void;
  onMessage(listener: (message: FromWorker) => void): void;
  /** What the process writes on standard error and standard output. */
  onText(listener: (text: string) => void): void;
  /** Called exactly once, also when the process could not be started. */
  onEnd(listener: (end: WorkerEnd) => void): void;
  /** Asks the system to end the process: politely (SIGTERM), or at once. */
  kill(how: 'politely' | 'at once'): void;
}

export interface WorkerEnd {
  readonly code: number | null;
  readonly signal: string | null;
  readonly error: Error | null; // it could not be started
}

/** Starts one engine worker. @param environment the complete environment of the process */
export type StartWorker = (environment: Readonly<Record<string, string>>) => WorkerProcess;
