/** The experiments of the store and the one on screen, kept current. The only place of the window that calls the lab. */
import type { CallOutput, ExperimentPicture, ExperimentSummary, LabEvent } from '../../src-main/contract/calls.ts';
import type { Client } from '../../src-main/contract/client.ts';
import { latestOnly } from './latestOnly.ts';

export class Experiments {
  list = $state.raw<readonly ExperimentSummary[] | null>(null); // null until the lab has answered
  picture = $state.raw<ExperimentPicture | null>(null);
  about = $state.raw<CallOutput<'lab.about'> | null>(null);
  selectedId = $state<string | null>(null);
  trouble = $state<string | null>(null); // why the list is not current
  notice = $state<string | null>(null); // what happened to the lab's process
  selected = $derived(this.list?.find(({ experimentId }) => experimentId === this.selectedId) ?? null);

  readonly #client: Client;
  readonly #refreshList: () => Promise<void>;
  readonly #refreshPicture: () => Promise<void>;

  constructor(client: Client) {
    this.#client = client;
    this.#refreshList = latestOnly(() => this.#readList());
    this.#refreshPicture = latestOnly(() => this.#readPicture());
  }

  /** Reads everything and listens.  @returns the stop */
  start = (): (() => void) => {
    const stop = this.#client.on((event) => this.#hear(event));
    void this.refresh();
    return stop;
  };

  refresh = async (): Promise<void> => {
    await this.#refreshList();
    await this.#refreshPicture();
  };

  select = (id: string): void => {
    if (id === this.selectedId) return;
    this.selectedId = id;
    this.picture = null;
    void this.#refreshPicture();
  };

  #hear(event: LabEvent): void {
    switch (event.name) {
      case 'experiments.changed':
        void this.#refreshList();
        if (this.selectedId === null || event.ids.length === 0 || event.ids.includes(this.selectedId)) void this.#refreshPicture();
        return;
      case 'lab.state':
        this.notice = event.state === 'running' ? null : event.message;
        if (event.state === 'running') void this.refresh();
        return;
      default:
        return; // other events do not concern the list
    }
  }

  async #readList(): Promise<void> {
    try {
      this.about ??= await this.#client.call('lab.about', {});
      const list = await this.#client.call('experiments.list', {});
      this.list = list;
      this.trouble = null;
      const isThere = list.some(({ experimentId }) => experimentId === this.selectedId);
      const newest = list[0];
      if (!isThere && newest !== undefined) this.select(newest.experimentId);
      else if (!isThere) this.selectedId = this.picture = null;
    } catch (error) {
      this.trouble = sentence(error);
    }
  }

  async #readPicture(): Promise<void> {
    const id = this.selectedId;
    if (id === null) return;
    try {
      const picture = await this.#client.call('experiments.show', { id });
      if (id === this.selectedId) this.picture = picture;
    } catch (error) {
      if (id === this.selectedId) this.trouble = sentence(error);
    }
  }
}

function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
