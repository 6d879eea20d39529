/** The report of an experiment as its screen shows it: sections on or off, how it is exported. */
import { untrack } from 'svelte';
import type { CallOutput, MadeFile, ReportFormat } from '../../src-main/contract/calls.ts';
import type { Client } from '../../src-main/contract/client.ts';
import type { Jobs } from './jobs.svelte.ts';
import { isStopped, sentence } from './sentence.ts';

export class ReportView {
  sections = $state.raw<CallOutput<'report.sections'>>([]);
  trouble = $state<string | null>(null);
  version = $state(0); // the preview is drawn anew when it changes
  isExporting = $state<ReportFormat | 'bundle' | null>(null);
  readonly #client: Client;
  readonly #jobs: Jobs;
  #id: string | null = null;

  constructor(client: Client, jobs: Jobs) {
    this.#client = client;
    this.#jobs = jobs;
  }

  open = async (id: string): Promise<void> => {
    if (id !== this.#id) this.sections = [];
    this.#id = id;
    try {
      const sections = await this.#client.call('report.sections', { id });
      if (id === this.#id) this.sections = sections;
      this.trouble = null;
    } catch (error) {
      if (id === this.#id) this.trouble = sentence(error);
    }
  };

  /** The report has other contents: notes, results. */
  redraw = (): void => {
    this.version = untrack(() => this.version) + 1;
  };

  toggle = async (section: string): Promise<void> => {
    const id = this.#id;
    if (id === null) return;
    this.sections = this.sections.map((one) => (one.id === section ? { ...one, isOn: !one.isOn } : one));
    try {
      await this.#client.call('report.setSections', { id, off: this.sections.filter(({ isOn }) => !isOn).map((one) => one.id) });
      this.trouble = null;
    } catch (error) {
      this.trouble = sentence(error);
    }
    this.redraw();
  };

  /** @returns the file to save; null when it was stopped or failed, and `trouble` says why */
  make = async (id: string, format: ReportFormat | 'bundle', title: string): Promise<MadeFile | null> => {
    this.isExporting = format;
    this.trouble = null;
    try {
      return format === 'bundle' ? await this.#jobs.run('bundle.export', { id }, title) : await this.#jobs.run('report.export', { id, format }, title);
    } catch (error) {
      this.trouble = isStopped(error) ? null : sentence(error);
      return null;
    } finally {
      this.isExporting = null;
    }
  };
}
