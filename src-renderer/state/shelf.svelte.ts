/** The experiments of the store: found, filtered, ordered, put in the trash and taken out again. Pages are read as they are looked at. */
import type { CallInput, ExperimentLine } from '../../src-main/contract/calls.ts';
import type { Client } from '../../src-main/contract/client.ts';
import { debounced } from './debounce.ts';
import { latestOnly } from './latestOnly.ts';
import { sentence } from './sentence.ts';

type Find = CallInput<'experiments.find'>;
export const shelfPage = 100;

export class Shelf {
  lines = $state.raw<readonly ExperimentLine[]>([]);
  total = $state<number | null>(null); // null until the lab has answered
  trashCount = $state(0);
  tags = $state.raw<readonly { readonly tag: string; readonly count: number }[]>([]);
  search = $state('');
  verdict = $state<NonNullable<Find['verdict']> | null>(null);
  status = $state<NonNullable<Find['status']> | null>(null);
  tag = $state<string | null>(null);
  sort = $state<NonNullable<Find['sort']>>('newest');
  isTrash = $state(false);
  trouble = $state<string | null>(null);
  isFiltered = $derived(this.search !== '' || this.verdict !== null || this.status !== null || this.tag !== null);
  readonly #client: Client;
  readonly #read = latestOnly(() => this.#readPages());
  readonly #soon = debounced(() => this.#read(), 150);
  #wanted = shelfPage;

  constructor(client: Client) {
    this.#client = client;
  }

  refresh = (): Promise<void> => this.#read();

  /** After a filter or the search has changed. */
  changed = (): void => {
    this.#wanted = shelfPage;
    this.#soon();
  };

  /** The list is scrolled near its end. */
  wantMore = (): void => {
    if (this.total === null || this.lines.length >= this.total || this.#wanted > this.lines.length) return;
    this.#wanted += shelfPage;
    void this.#read();
  };

  clearFilters = (): void => {
    this.search = '';
    this.verdict = this.status = this.tag = null;
    this.changed();
  };

  showTrash = (isTrash: boolean): void => {
    this.isTrash = isTrash;
    this.changed();
  };

  trash = (ids: readonly string[]): Promise<boolean> => this.#change(() => this.#client.call('experiments.trash', { ids: [...ids] }));
  restore = (ids: readonly string[]): Promise<boolean> => this.#change(() => this.#client.call('experiments.restore', { ids: [...ids] }));
  purge = (ids: readonly string[]): Promise<boolean> => this.#change(() => this.#client.call('experiments.purge', { ids: [...ids] }));

  async #change(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      await this.#read();
      return true;
    } catch (error) {
      this.trouble = sentence(error);
      return false;
    }
  }

  async #readPages(): Promise<void> {
    try {
      const filter = {
        search: this.search.trim(),
        sort: this.sort,
        trashed: this.isTrash,
        ...(this.verdict === null ? {} : { verdict: this.verdict }),
        ...(this.status === null ? {} : { status: this.status }),
        ...(this.tag === null ? {} : { tag: this.tag }),
      };
      const lines: ExperimentLine[] = [];
      let total = Infinity;
      while (lines.length < Math.min(this.#wanted, total)) {
        const found = await this.#client.call('experiments.find', { ...filter, offset: lines.length, limit: Math.min(500, this.#wanted - lines.length) });
        total = found.total;
        lines.push(...found.items);
        if (found.items.length === 0) break;
      }
      this.lines = lines;
      this.total = Number.isFinite(total) ? total : 0;
      this.trouble = null;
      const [tags, trash] = await Promise.all([
        this.#client.call('experiments.tags', {}),
        this.isTrash ? null : this.#client.call('experiments.find', { trashed: true, limit: 1 }),
      ]);
      this.tags = tags;
      this.trashCount = trash?.total ?? this.total;
    } catch (error) {
      this.trouble = sentence(error);
    }
  }
}
