/** The design on the desk: every change can be undone, and it is saved at every pause. */
import * as v from 'valibot';
import type { Client } from '../../src-main/contract/client.ts';
import { Plan } from '../../src-main/contract/plan.ts';
import { debounced } from './debounce.ts';
import { designOf, type Design } from './design.ts';
import { History } from './history.svelte.ts';
import { sentence } from './sentence.ts';

const quietMs = 600;

const Content = v.object({ plan: Plan, sentence: v.optional(v.string(), '') });

export class Draft {
  id = $state<string | null>(null);
  saved = $state<string | null>(null); // UTC ISO 8601
  trouble = $state<string | null>(null); // why it is not saved
  sentence = $state(''); // why the first design is as it is
  readonly #history = $state.raw(new History<Design | null>(null));
  design = $derived(this.#history.current);
  plan = $derived(this.design?.plan ?? null);
  canUndo = $derived(this.#history.canUndo);
  canRedo = $derived(this.#history.canRedo);
  undoLabel = $derived(this.#history.undoLabel);
  redoLabel = $derived(this.#history.redoLabel);
  readonly #client: Client;
  readonly #nameOf: (plan: Plan) => string;
  readonly #onchange: () => void;
  readonly #save;

  /** @param nameOf by what a draft is listed  @param onchange told after every change, undone ones too */
  constructor(client: Client, nameOf: (plan: Plan) => string, onchange: () => void) {
    this.#client = client;
    this.#nameOf = nameOf;
    this.#onchange = onchange;
    this.#save = debounced(() => this.#write(), quietMs);
  }

  /** Begins with a plan; the design before it stays among the drafts. */
  begin = (plan: Plan, why: string): void => {
    void this.#save.flush();
    this.id = `d-${crypto.randomUUID()}`;
    this.saved = null;
    this.sentence = why;
    this.#history.reset(designOf(plan));
    this.#changed();
  };

  /** @param label what is changed, in a word or two: undo names it */
  change = (edit: (design: Design) => Design, label: string): void => {
    if (this.design === null) return;
    this.#history.set(edit(this.design), label);
    this.#changed();
  };

  undo = (): void => {
    this.#history.undo();
    this.#changed();
  };

  redo = (): void => {
    this.#history.redo();
    this.#changed();
  };

  flush = (): Promise<void> => this.#save.flush();

  /** Takes the newest draft up again, if it can still be read.  @returns whether there was one */
  restore = async (id?: string): Promise<boolean> => {
    const wanted = id ?? (await this.#client.call('drafts.list', {}))[0]?.id;
    if (wanted === undefined) return false;
    const draft = await this.#client.call('drafts.get', { id: wanted });
    const content = v.safeParse(Content, draft.content);
    if (!content.success) return false; // written by another version: it stays stored and is not shown
    this.id = draft.id;
    this.saved = draft.saved;
    this.sentence = content.output.sentence;
    this.#history.reset(designOf(content.output.plan));
    this.#onchange();
    return true;
  };

  #changed(): void {
    this.#onchange();
    this.#save();
  }

  async #write(): Promise<void> {
    const { id, design } = this;
    if (id === null || design === null) return;
    try {
      const content = { ...design, sentence: this.sentence };
      const { saved } = await this.#client.call('drafts.save', { id, name: this.#nameOf(design.plan), content });
      if (this.id === id) this.saved = saved;
      this.trouble = null;
    } catch (error) {
      this.trouble = sentence(error);
    }
  }
}
