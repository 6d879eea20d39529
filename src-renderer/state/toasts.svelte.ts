/** Short messages at the edge of the window: one at a time, newest last. What matters stays on its screen; these only confirm or offer a way back. */

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: 'neutral' | 'good' | 'bad';
  readonly action?: { readonly label: string; readonly run: () => void };
  readonly detail?: string; // a log tail, to be copied
}

const shownMs = 6000;

export class Toasts {
  list = $state.raw<readonly Toast[]>([]);
  #next = 1;
  readonly #later: (work: () => void, ms: number) => void;

  constructor(later: (work: () => void, ms: number) => void = (work, ms) => void setTimeout(work, ms)) {
    this.#later = later;
  }

  show = (toast: Omit<Toast, 'id' | 'tone'> & { readonly tone?: Toast['tone'] }): void => {
    const id = this.#next++;
    this.list = [...this.list.filter(({ text }) => text !== toast.text).slice(-2), { tone: 'neutral', ...toast, id }];
    // errors and ways back stay until they are closed
    if (toast.tone !== 'bad') this.#later(() => this.close(id), toast.action === undefined ? shownMs : 2 * shownMs);
  };

  close = (id: number): void => {
    this.list = this.list.filter((toast) => toast.id !== id);
  };
}
