/** The machine: engine, memory, disk, runtimes, and the check of this computer. */
import type { CallOutput } from '../../src-main/contract/calls.ts';
import type { Client } from '../../src-main/contract/client.ts';
import type { Jobs } from './jobs.svelte.ts';
import { isStopped, sentence } from './sentence.ts';

const everyMs = 5000;

export class Computer {
  about = $state.raw<CallOutput<'lab.about'> | null>(null);
  status = $state.raw<CallOutput<'lab.status'> | null>(null);
  runtimes = $state.raw<CallOutput<'runtimes.list'> | null>(null);
  checks = $state.raw<CallOutput<'doctor.run'>['checks'] | null>(null);
  trouble = $state<string | null>(null);
  isBusy = $state(false);
  readonly #client: Client;
  readonly #jobs: Jobs;
  readonly #faults: () => readonly string[];

  /** @param faults errors of the window, for the diagnostics */
  constructor(client: Client, jobs: Jobs, faults: () => readonly string[] = () => []) {
    this.#client = client;
    this.#jobs = jobs;
    this.#faults = faults;
  }

  /** Keeps the status current.  @returns the stop */
  start = (): (() => void) => {
    const timer = setInterval(() => void this.#readStatus(), everyMs);
    return () => clearInterval(timer);
  };

  refresh = async (): Promise<void> => {
    await Promise.all([this.#readAbout(), this.#readStatus(), this.readRuntimes()]);
  };

  readRuntimes = async (): Promise<void> => {
    try {
      this.runtimes = await this.#client.call('runtimes.list', {});
    } catch (error) {
      this.trouble = sentence(error);
    }
  };

  install = (variant: 'cpu' | 'cuda', title: string, from?: string): Promise<boolean> =>
    this.#do(() => this.#jobs.run('runtimes.install', { variant, ...(from === undefined ? {} : { from }) }, title));
  check = (name: string, title: string): Promise<boolean> => this.#do(() => this.#jobs.run('runtimes.check', { name }, title));
  remove = (name: string): Promise<boolean> => this.#do(() => this.#client.call('runtimes.remove', { name }));

  examine = (title: string): Promise<boolean> =>
    this.#do(async () => {
      this.checks = (await this.#jobs.run('doctor.run', {}, title)).checks;
    });

  /** Versions, engine, checks and what the window could not show as text, for a report of a problem. */
  diagnostics = (): string => {
    const { about, status, checks, runtimes } = this;
    return [
      about === null ? '' : `Auxlab ${about.version}, ${about.host}, ${about.platform}, Node ${about.node}`,
      status === null ? '' : `${status.cores} cores, ${status.freeMemoryMiB} of ${status.totalMemoryMiB} MiB free`,
      status === null || status.engine === null ? 'No engine' : `Engine ${status.engine.name} ${status.engine.version} on ${status.engine.device}`,
      ...(runtimes?.installed.map(({ name, passed, reason }) => `Runtime ${name}: ${passed ? 'passed' : (reason ?? 'not checked')}`) ?? []),
      ...(checks?.map(({ title, ok, detail }) => `${ok ? 'ok' : 'PROBLEM'} ${title}: ${detail}`) ?? []),
      ...this.#faults(),
    ]
      .filter((line) => line !== '')
      .join('\n');
  };

  async #do(work: () => Promise<unknown>): Promise<boolean> {
    this.isBusy = true;
    this.trouble = null;
    try {
      await work();
      return true;
    } catch (error) {
      this.trouble = isStopped(error) ? null : sentence(error);
      return false;
    } finally {
      this.isBusy = false;
      await Promise.all([this.readRuntimes(), this.#readStatus()]);
    }
  }

  async #readAbout(): Promise<void> {
    try {
      this.about = await this.#client.call('lab.about', {});
    } catch (error) {
      this.trouble = sentence(error);
    }
  }

  async #readStatus(): Promise<void> {
    try {
      this.status = await this.#client.call('lab.status', {});
    } catch {
      this.status = null; // the lab's own notice says that it is away
    }
  }
}
