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

  /** @returns null when it took longer, or the process died of it */
  async run(order: Order, limitMs: number): Promise<Outcome | null> {
    if (this.#orders++ % mostOrders === 0) this.close();
    const child = (this.#child ??= await this.#start());
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), limitMs);
    const ended = (): void => stop.abort();
    child.once('exit', ended);
    try {
      child.send(order);
      const [outcome] = (await once(child, 'message', { signal: stop.signal })) as [Outcome];
      return outcome;
    } catch {
      this.close(); // out of time, or gone
      return null;
    } finally {
      clearTimeout(timer);
      child.off('exit', ended);
    }
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
