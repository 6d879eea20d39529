/** Long work: what runs, how far it is, how it is cancelled. A job's name is chosen here, so its progress can be followed while the answer is awaited. */
import type { CallInput, CallName, CallOutput, Job } from '../../src-main/contract/calls.ts';
import { app } from '../texts/app.ts';
import type { Client } from '../../src-main/contract/client.ts';

type JobCall = { [N in CallName]: 'job' extends keyof CallInput<N> ? N : never }[CallName];

export class Jobs {
  running = $state.raw<readonly Job[]>([]);
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  /** Calls and shows the work until it is over.
   *  @param title said before the lab has said anything   @throws what the call throws */
  run = async <N extends JobCall>(name: N, input: Omit<CallInput<N>, 'job'>, title: string): Promise<CallOutput<N>> => {
    const job = crypto.randomUUID();
    this.running = [...this.running, { job, title, state: 'running', message: '', fraction: null, remainingMs: null }];
    try {
      return await this.#client.call(name, { ...input, job });
    } finally {
      this.running = this.running.filter((one) => one.job !== job);
    }
  };

  cancel = (job: string): void => {
    this.running = this.running.map((one) => (one.job === job ? { ...one, message: app.stopping } : one));
    void this.#client.call('jobs.cancel', { job }).catch(() => undefined); // the work ended by itself a moment before
  };

  hear = (job: Job): void => {
    this.running = this.running.map((one) => (one.job === job.job ? { ...job, title: job.title === '' ? one.title : job.title } : one));
  };

  /** After the lab's process began anew, nothing of what it did goes on. */
  forget = (): void => {
    this.running = [];
  };
}
