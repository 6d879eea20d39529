/** Undo and redo of one value. Values are never mutated: every change is a new one. */

interface Entry<T> {
  readonly value: T;
  readonly label: string; // what led to this value: 'weight of type'
  readonly at: number; // ms
}

const mergeWithinMs = 800; // a slider that is dragged is one step back, not fifty

export class History<T> {
  readonly #limit: number;
  readonly #now: () => number;
  #past = $state.raw<readonly Entry<T>[]>([]);
  #future = $state.raw<readonly Entry<T>[]>([]);
  #present: Entry<T> = $state.raw() as Entry<T>; // set in the constructor, before anybody reads it
  readonly current = $derived(this.#present.value);
  readonly canUndo = $derived(this.#past.length > 0);
  readonly canRedo = $derived(this.#future.length > 0);
  readonly undoLabel = $derived(this.#past.length > 0 ? this.#present.label : null);
  readonly redoLabel = $derived(this.#future.at(-1)?.label ?? null);

  constructor(value: T, now: () => number = Date.now, limit = 200) {
    this.#present = { value, label: '', at: 0 };
    this.#now = now;
    this.#limit = limit;
  }

  /** @param label quick changes of the same label become one step */
  set = (value: T, label: string): void => {
    if (value === this.#present.value) return;
    const at = this.#now();
    const merges = this.#past.length > 0 && label === this.#present.label && at - this.#present.at < mergeWithinMs;
    if (!merges) this.#past = [...this.#past.slice(-this.#limit + 1), this.#present];
    this.#present = { value, label, at };
    this.#future = [];
  };

  undo = (): void => {
    const last = this.#past.at(-1);
    if (last === undefined) return;
    this.#future = [...this.#future, this.#present];
    this.#past = this.#past.slice(0, -1);
    this.#present = { ...last, at: 0 };
  };

  redo = (): void => {
    const next = this.#future.at(-1);
    if (next === undefined) return;
    this.#past = [...this.#past, this.#present];
    this.#future = this.#future.slice(0, -1);
    this.#present = { ...next, at: 0 };
  };

  /** Forgets everything and begins with another value. */
  reset = (value: T): void => {
    this.#past = [];
    this.#future = [];
    this.#present = { value, label: '', at: 0 };
  };
}
