/** Every run of the store in one table, found, filtered and ordered by the lab. Pages are read as they come into sight. */
import type { CallInput, RunLine } from '../../src-main/contract/calls.ts';
import type { Client } from '../../src-main/contract/client.ts';
import { debounced } from './debounce.ts';
import { sentence } from './sentence.ts';

type Find = CallInput<'experiments.runs'>;
export const runPage = 200;

export class AllRuns {
  isShown = $state(false);
  search = $state('');
  status = $state<NonNullable<Find['status']> | null>(null);
  sort = $state<NonNullable<Find['sort']>>('newest');
  total = $state<number | null>(null); // null until the lab has answered
  pages = $state.raw<ReadonlyMap<number, readonly RunLine[]>>(new Map());
  trouble = $state<string | null>(null);
  isFiltered = $derived(this.search.trim() !== '' || this.status !== null);
  readonly #client: Client;
  readonly #soon = debounced(() => this.#readAnew([0]), 150);
  readonly #later = debounced(() => this.#readAnew(this.#inSight), 1000);
  #asked = new Set<number>();
  #inSight: readonly number[] = [0];
  #turn = 0; // an answer to an older question is dropped

  constructor(client: Client) {
    this.#client = client;
  }

  show = (isShown: boolean): void => {
    this.isShown = isShown;
    if (isShown) void this.#readAnew([0]);
  };

  /** After a filter, the search or the order has changed. */
  changed = (): void => this.#soon();

  /** Runs have come or gone on: what is in sight is read again, at most once a second. */
  refresh = (): void => {
    if (this.isShown) this.#later();
  };

  clearFilters = (): void => {
    this.search = '';
    this.status = null;
    this.changed();
  };

  /** @param first the first row in sight   @param end one past the last */
  want = async (first: number, end: number): Promise<void> => {
    const pages: number[] = [];
    for (let page = Math.floor(first / runPage); page <= Math.floor(Math.max(first, end - 1) / runPage); page++) pages.push(page);
    this.#inSight = pages;
    await Promise.all(pages.filter((page) => !this.#asked.has(page)).map((page) => this.#read(page, this.#turn)));
  };

  row(at: number): RunLine | undefined {
    return this.pages.get(Math.floor(at / runPage))?.[at % runPage];
  }

  async #readAnew(pages: readonly number[]): Promise<void> {
    const turn = ++this.#turn;
    this.#asked = new Set();
    await Promise.all(pages.map((page) => this.#read(page, turn)));
    if (turn === this.#turn) this.pages = new Map([...this.pages].filter(([page]) => this.#asked.has(page))); // the others answer the old question
  }

  async #read(page: number, turn: number): Promise<void> {
    this.#asked.add(page);
    try {
      const { total, items } = await this.#client.call('experiments.runs', {
        search: this.search.trim(),
        sort: this.sort,
        ...(this.status === null ? {} : { status: this.status }),
        offset: page * runPage,
        limit: runPage,
      });
      if (turn !== this.#turn) return;
      this.total = total;
      this.pages = new Map(this.pages).set(page, items);
      this.trouble = null;
    } catch (error) {
      if (turn !== this.#turn) return;
      this.#asked.delete(page);
      this.trouble = sentence(error);
    }
  }
}
