/** How the window looks and how much it shows. Kept in the store, so that every window finds the same; the page's own storage only holds the look for the
 *  moment before the store has answered. */
import type { Settings } from '../../src-main/contract/calls.ts';
import type { Client } from '../../src-main/contract/client.ts';
import { sentence } from './sentence.ts';

const key = 'auxlab.appearance';

/** The part of Web Storage that is used. */
export type Keeper = Pick<Storage, 'getItem' | 'setItem'>;

const usual: Settings = { appearance: 'system', level: 'guided', motion: 'system', preferredRuntime: null, notifyAtEnd: true, keepAwake: true };

export class Preferences {
  settings = $state.raw<Settings>(usual);
  trouble = $state<string | null>(null);
  isExpert = $derived(this.settings.level === 'expert');
  readonly #client: Client;
  readonly #keeper: Keeper | null;

  constructor(client: Client, keeper: Keeper | null) {
    this.#client = client;
    this.#keeper = keeper;
    const appearance = (['light', 'dark'] as const).find((one) => one === kept(keeper));
    if (appearance !== undefined) this.settings = { ...usual, appearance };
  }

  read = async (): Promise<void> => {
    this.#take(await this.#client.call('settings.get', {}));
  };

  set = async (part: Partial<Settings>): Promise<void> => {
    this.#take({ ...this.settings, ...part }); // at once; the store's answer confirms it
    try {
      this.#take(await this.#client.call('settings.set', part));
      this.trouble = null;
    } catch (error) {
      this.trouble = sentence(error);
    }
  };

  toggleLevel = (): void => void this.set({ level: this.isExpert ? 'guided' : 'expert' });

  #take(settings: Settings): void {
    this.settings = settings;
    try {
      this.#keeper?.setItem(key, settings.appearance);
    } catch {
      // A browser that keeps nothing shows the system's look for a moment at the next start.
    }
  }
}

function kept(keeper: Keeper | null): string | null {
  try {
    return keeper?.getItem(key) ?? null;
  } catch {
    return null; // storage is forbidden: the system's look
  }
}
