/** Data sets that were opened before, newest first. */
import type { RecentData } from '../../src-main/contract/calls.ts';
import type { Client } from '../../src-main/contract/client.ts';

export class Recent {
  list = $state.raw<readonly RecentData[]>([]);
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  read = async (): Promise<void> => {
    this.list = await this.#client.call('data.recent', {});
  };

  forget = async (source: string): Promise<void> => {
    this.list = this.list.filter((one) => one.source !== source);
    await this.#client.call('data.forget', { source }).catch(() => undefined); // gone from the list already
  };
}
