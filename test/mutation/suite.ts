/** The suite of one process, for one order at a time. A mutant that never ends is ended with its process, and the next order gets a new one. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Order, Outcome } from './suiteProcess.ts';

const mostOrders = 150; // a process keeps something of each

export class Suite {
  readonly #root: string;
  #child: ChildProcess | null = null;
  #orders = 0;

  constructor(root: string) {
    this.#root = root;
  }

  /** @returns null when the process ended of it, as it does after the order's time */
  async run(order: Order): Promise<Outcome | null> {
    if (this.#orders++ % mostOrders === 0) this.close();
    const child = (this.#child ??= await this.#start());
    return new Promise((resolve) => {
      const answered = (message: unknown): void => {
        child.off('exit', ended);
        resolve(message as Outcome); // all that it ever says
      };
      const ended = (): void => {
        child.off('message', answered);
        this.#child = null;
        resolve(null);
      };
      child.once('message', answered);
      child.once('exit', ended);
      child.send(order);
    });
  }

  close(): void {
    this.#child?.kill('SIGKILL');
    this.#child = null;
  }

  async #start(): Promise<ChildProcess> {
    const program = fileURLToPath(new URL('suiteProcess.ts', import.meta.url));
    const child = fork(program, [this.#root], { execArgv: ['--disable-warning=ExperimentalWarning'], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    await once(child, 'message');
    return child;
  }
}
