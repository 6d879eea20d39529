/** What an experiment can be made of: methods, networks, tasks, schedules, formats, samples. Read once; it does not change while the program runs. */
import type { CallOutput } from '../../src-main/contract/calls.ts';
import type { Client } from '../../src-main/contract/client.ts';

export class Catalog {
  methods = $state.raw<CallOutput<'catalog.methods'>>([]);
  advice = $state.raw<CallOutput<'catalog.advice'>>([]);
  networks = $state.raw<CallOutput<'catalog.networks'>>([]);
  training = $state.raw<CallOutput<'catalog.training'> | null>(null);
  formats = $state.raw<CallOutput<'data.formats'>>([]);
  samples = $state.raw<CallOutput<'data.samples'>>([]);
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  read = async (): Promise<void> => {
    const client = this.#client;
    [this.samples, this.formats, this.methods, this.networks, this.training, this.advice] = await Promise.all([
      client.call('data.samples', {}),
      client.call('data.formats', {}),
      client.call('catalog.methods', {}),
      client.call('catalog.networks', {}),
      client.call('catalog.training', {}),
      client.call('catalog.advice', {}),
    ]);
  };

  methodOf = (id: string) => this.methods.find((method) => method.id === id);
  networkOf = (id: string) => this.networks.find((network) => network.id === id);
}
