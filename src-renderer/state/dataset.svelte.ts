/** The data set on the desk: what it holds, a look at its rows, and how the split falls. The reading choices themselves stand in the draft's plan. */
import type { CallOutput, DatasetPicture } from '../../src-main/contract/calls.ts';
import type { Client } from '../../src-main/contract/client.ts';
import type { DataPlan } from '../../src-main/contract/plan.ts';
import { debounced } from './debounce.ts';
import type { Jobs } from './jobs.svelte.ts';
import { isStopped, sentence } from './sentence.ts';

export type Rows = CallOutput<'data.rows'>;
export type Thumbnails = CallOutput<'data.thumbnails'>;
export type Sequences = CallOutput<'data.sequences'>;
export type Split = CallOutput<'data.split'>;

export const pageSize = 100;
const quietMs = 350;

export class Dataset {
  picture = $state.raw<DatasetPicture | null>(null);
  isReading = $state(false);
  trouble = $state<string | null>(null);
  rowTotal = $state(0);
  columns = $state.raw<readonly string[]>([]);
  rows = $state.raw<ReadonlyMap<number, Rows['rows']>>(new Map()); // page -> its rows
  images = $state.raw<Thumbnails['images']>([]);
  sequences = $state.raw<Sequences['sequences']>([]);
  split = $state.raw<Split | null>(null);
  splitTrouble = $state<string | null>(null);
  readonly #client: Client;
  readonly #jobs: Jobs;
  readonly #data: () => DataPlan | null;
  readonly #target: () => string | null;
  readonly #asked = new Set<number>();
  readonly #reread = debounced(() => this.refresh(), quietMs);
  readonly #resplit = debounced(() => this.#readSplit(), quietMs);
  #turn = 0; // a reading that was overtaken by a newer one is dropped

  /** @param data the reading choices of the draft   @param target its main task's column */
  constructor(client: Client, jobs: Jobs, data: () => DataPlan | null, target: () => string | null) {
    this.#client = client;
    this.#jobs = jobs;
    this.#data = data;
    this.#target = target;
  }

  /** Reads a source and keeps what it holds.  @returns null when it could not be read or was stopped; `trouble` then says why */
  inspect = async (data: DataPlan, title: string): Promise<DatasetPicture | null> => {
    const turn = ++this.#turn;
    this.isReading = true;
    this.trouble = null;
    try {
      const picture = await this.#jobs.run('data.inspect', { data }, title);
      if (turn !== this.#turn) return null;
      this.#show(picture);
      return picture;
    } catch (error) {
      if (turn === this.#turn) this.trouble = isStopped(error) ? null : sentence(error);
      return null;
    } finally {
      if (turn === this.#turn) this.isReading = false;
    }
  };

  /** Reads the draft's data once more: after a role, an option or the file has changed. */
  refresh = async (): Promise<void> => {
    const data = this.#data();
    if (data === null) return;
    const picture = await this.inspect(data, data.source);
    if (picture !== null) this.#resplit();
  };

  refreshSoon = (): void => this.#reread();
  splitSoon = (): void => this.#resplit();

  /** Loads the page of rows with this number, once. */
  wantPage = async (page: number): Promise<void> => {
    const data = this.#data();
    if (data === null || page < 0 || this.#asked.has(page)) return;
    this.#asked.add(page);
    const turn = this.#turn;
    try {
      const { total, columns, rows } = await this.#client.call('data.rows', { data, offset: page * pageSize, limit: pageSize });
      if (turn !== this.#turn) return;
      this.rowTotal = total;
      this.columns = columns;
      this.rows = new Map(this.rows).set(page, rows);
    } catch (error) {
      this.#asked.delete(page);
      if (turn === this.#turn) this.trouble = sentence(error);
    }
  };

  /** Adds the next images or sequences to those that are shown. */
  wantMore = async (count = 60): Promise<void> => {
    const data = this.#data();
    const kind = this.picture?.input.kind;
    if (data === null || kind === undefined || kind === 'table') return;
    const turn = this.#turn;
    try {
      if (kind === 'image') {
        const offset = this.images.length;
        const { total, images } = await this.#client.call('data.thumbnails', { data, offset, limit: count });
        if (turn === this.#turn && offset === this.images.length) [this.rowTotal, this.images] = [total, [...this.images, ...images]];
      } else {
        const offset = this.sequences.length;
        const { total, sequences } = await this.#client.call('data.sequences', { data, offset, limit: count });
        if (turn === this.#turn && offset === this.sequences.length) [this.rowTotal, this.sequences] = [total, [...this.sequences, ...sequences]];
      }
    } catch (error) {
      if (turn === this.#turn) this.trouble = sentence(error);
    }
  };

  forget = (): void => {
    this.#turn++;
    this.picture = null;
    this.trouble = null;
    this.isReading = false;
    this.#clear();
  };

  #show(picture: DatasetPicture): void {
    const isSame = this.picture?.digest === picture.digest && this.picture.source === picture.source;
    this.picture = picture;
    this.rowTotal = picture.rows;
    if (!isSame) this.#clear();
  }

  #clear(): void {
    this.#asked.clear();
    this.rows = new Map();
    this.columns = [];
    this.images = [];
    this.sequences = [];
    this.split = null;
  }

  async #readSplit(): Promise<void> {
    const data = this.#data();
    const target = this.#target();
    if (data === null || target === null) return;
    try {
      this.split = await this.#client.call('data.split', { data, target });
      this.splitTrouble = null;
    } catch (error) {
      this.splitTrouble = sentence(error);
    }
  }
}
