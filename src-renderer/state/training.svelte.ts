/** Starting and steering experiments, and the queue. Training belongs to the lab's process: whatever happens to this window, it goes on there. */
import type { CallOutput, ProgressPicture } from '../../src-main/contract/calls.ts';
import type { Client } from '../../src-main/contract/client.ts';
import type { Plan } from '../../src-main/contract/plan.ts';
import type { Agreed } from './consent.svelte.ts';
import type { Jobs } from './jobs.svelte.ts';
import { latestOnly } from './latestOnly.ts';
import { isStopped, sentence } from './sentence.ts';

export type Queue = CallOutput<'queue.list'>;

export class Training {
  queue = $state.raw<Queue>([]);
  progress = $state.raw<ReadonlyMap<string, ProgressPicture>>(new Map());
  trouble = $state<string | null>(null); // of the last thing that was asked for
  isStarting = $state(false);
  steering = $state<'pause' | 'resume' | 'cancel' | 'extend' | null>(null);
  active = $derived(this.queue.find(({ activity }) => activity === 'training' || activity === 'pausing') ?? null);
  activeProgress = $derived(this.active === null ? null : (this.progress.get(this.active.experimentId) ?? null));
  readonly #client: Client;
  readonly #jobs: Jobs;
  readonly #consentFor: (id: string) => Promise<Agreed | null>;
  readonly #read = latestOnly(() => this.#readQueue());

  /** @param consentFor asks before an imported experiment trains; null: the person said no */
  constructor(client: Client, jobs: Jobs, consentFor: (id: string) => Promise<Agreed | null>) {
    this.#client = client;
    this.#jobs = jobs;
    this.#consentFor = consentFor;
  }

  refresh = (): Promise<void> => this.#read();

  /** @returns the new experiment's id; null when it was refused or stopped, and `trouble` says why */
  start = async (plan: Plan, title: string): Promise<string | null> => {
    if (this.isStarting) return null;
    this.isStarting = true;
    this.trouble = null;
    try {
      const { id } = await this.#jobs.run('experiments.start', { plan }, title);
      await this.#read();
      return id;
    } catch (error) {
      this.trouble = isStopped(error) ? null : sentence(error);
      return null;
    } finally {
      this.isStarting = false;
    }
  };

  pause = (id: string): Promise<void> => this.#steer('pause', () => this.#client.call('experiments.pause', { id }));
  cancel = (id: string): Promise<void> => this.#steer('cancel', () => this.#client.call('experiments.cancel', { id }));
  resume = (id: string, title: string): Promise<void> =>
    this.#steer('resume', () => this.#agreed(id, (agreed) => this.#jobs.run('experiments.resume', { id, ...agreed }, title)));
  extend = (id: string, repeats: number, title: string): Promise<void> =>
    this.#steer('extend', () => this.#agreed(id, (agreed) => this.#jobs.run('experiments.extend', { id, repeats, ...agreed }, title)));

  move = (id: string, position: number): Promise<void> => this.#steer(null, () => this.#client.call('queue.move', { id, position }));
  remove = (id: string): Promise<void> => this.#steer(null, () => this.#client.call('queue.remove', { id }));

  hear = (picture: ProgressPicture): void => {
    if (picture.experimentId !== '') this.progress = new Map(this.progress).set(picture.experimentId, picture);
  };

  ended = (id: string): void => {
    const progress = new Map(this.progress);
    progress.delete(id);
    this.progress = progress;
    void this.#read();
  };

  async #agreed(id: string, work: (agreed: Agreed) => Promise<unknown>): Promise<void> {
    const agreed = await this.#consentFor(id);
    if (agreed !== null) await work(agreed);
  }

  async #steer(what: Training['steering'], work: () => Promise<unknown>): Promise<void> {
    this.steering = what;
    this.trouble = null;
    try {
      await work();
    } catch (error) {
      this.trouble = isStopped(error) ? null : sentence(error);
    } finally {
      this.steering = null;
      await this.#read();
    }
  }

  async #readQueue(): Promise<void> {
    try {
      this.queue = await this.#client.call('queue.list', {});
    } catch {
      // The lab is away; its own notice says so, and the queue is read again when it is back.
    }
  }
}
