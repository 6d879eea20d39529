/** Whether the system opens .auxlab files with this program. Only the desktop window can say so. */
import type { CallOutput } from '../../src-main/contract/calls.ts';
import type { Client } from '../../src-main/contract/client.ts';
import { sentence } from './sentence.ts';

export class Association {
  now = $state.raw<CallOutput<'host.association'> | null>(null);
  trouble = $state<string | null>(null);
  isBusy = $state(false);
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  read = (): Promise<void> => this.#take(() => this.#client.call('host.association', {}));

  /** The other state than now. */
  toggle = (): Promise<void> => this.#take(() => this.#client.call('host.associate', { isOn: this.now?.isOn !== true }));

  async #take(ask: () => Promise<CallOutput<'host.association'>>): Promise<void> {
    this.isBusy = true;
    this.trouble = null;
    try {
      this.now = await ask();
    } catch (error) {
      this.trouble = sentence(error);
    } finally {
      this.isBusy = false;
    }
  }
}
