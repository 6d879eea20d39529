/** One experiment as its screens show it: document, notes, tags, what trains, and the lines it records, kept current while it runs. */
import type { CallOutput, Line, LivePoints, ProgressPicture } from '../../src-main/contract/calls.ts';
import type { Client } from '../../src-main/contract/client.ts';
import type { ExperimentDocument } from '../../src-main/contract/results.ts';
import { debounced } from './debounce.ts';
import { latestOnly } from './latestOnly.ts';
import { appended } from './liveLines.ts';
import { sentence } from './sentence.ts';

type Opened = CallOutput<'experiments.open'>;

export class OpenExperiment {
  id = $state<string | null>(null);
  document = $state.raw<ExperimentDocument | null>(null);
  about = $state.raw<Omit<Opened, 'document'> | null>(null); // notes, tags, activity, events
  progress = $state.raw<ProgressPicture | null>(null);
  names = $state.raw<readonly string[]>([]); // of everything it recorded
  lines = $state.raw<ReadonlyMap<string, readonly Line[]>>(new Map()); // series name -> a line a run
  trouble = $state<string | null>(null);
  isTraining = $derived(this.about !== null && ['training', 'pausing', 'waiting', 'elsewhere'].includes(this.about.activity));
  notes = $state('');
  notesTrouble = $state<string | null>(null);
  readonly #client: Client;
  readonly #wanted = new Set<string>();
  readonly #read = latestOnly(() => this.#readDocument());
  readonly #readLines = latestOnly(() => this.#readWanted());
  readonly #saveNotes = debounced(() => this.#writeNotes(), 700);
  #notesOf: string | null = null; // the experiment whose notes are being written

  constructor(client: Client) {
    this.#client = client;
  }

  /** Shows another experiment, or none. */
  open = (id: string | null): void => {
    if (id === this.id) return;
    void this.#saveNotes.flush();
    this.id = id;
    this.document = this.about = this.progress = this.trouble = null;
    this.notes = '';
    this.#notesOf = null;
    this.names = [];
    this.lines = new Map();
    if (id !== null) void this.refresh();
  };

  refresh = async (): Promise<void> => {
    await this.#read();
    await this.#readLines();
  };

  /** Asks for series by name; they are kept current from then on. */
  want = (names: readonly string[]): void => {
    const fresh = names.filter((name) => !this.#wanted.has(name));
    for (const name of fresh) this.#wanted.add(name);
    if (fresh.length > 0 && this.id !== null) void this.#readLines();
  };

  /** Finer lines of a stretch, for a zoom.  @returns null when the experiment was left meanwhile */
  readRange = async (names: readonly string[], from: number, to: number): Promise<readonly Line[] | null> => {
    const id = this.id;
    if (id === null) return null;
    const lines = await this.#client.call('series.read', {
      id,
      names: [...names],
      from: Math.max(0, Math.floor(from)),
      to: Math.max(0, Math.ceil(to)),
      points: 2000,
    });
    return id === this.id ? lines : null;
  };

  hearProgress = (picture: ProgressPicture): void => {
    if (picture.experimentId === this.id) this.progress = picture;
  };

  hearPoints = (experimentId: string, points: readonly LivePoints[]): void => {
    if (experimentId !== this.id) return;
    const lines = new Map(this.lines);
    for (const part of points) if (this.#wanted.has(part.name)) lines.set(part.name, appended(lines.get(part.name) ?? [], part));
    this.lines = lines;
    const fresh = points.map(({ name }) => name).filter((name) => !this.names.includes(name));
    if (fresh.length > 0) this.names = [...new Set([...this.names, ...fresh])];
  };

  setNotes = (notes: string): void => {
    this.notes = notes;
    this.#notesOf = this.id;
    this.#saveNotes();
  };

  flushNotes = (): Promise<void> => this.#saveNotes.flush();

  setTags = async (tags: readonly string[]): Promise<void> => {
    const { id, about } = this;
    if (id === null || about === null) return;
    const answer = await this.#client.call('experiments.setTags', { id, tags: [...tags] });
    if (id === this.id && this.about !== null) this.about = { ...this.about, tags: answer.tags };
  };

  rename = async (name: string): Promise<void> => {
    const { id } = this;
    if (id === null) return;
    await this.#client.call('experiments.rename', { id, name });
    await this.#read();
  };

  async #readDocument(): Promise<void> {
    const { id } = this;
    if (id === null) return;
    try {
      const [{ document, ...about }, names] = await Promise.all([this.#client.call('experiments.open', { id }), this.#client.call('series.names', { id })]);
      if (id !== this.id) return;
      this.document = document;
      this.about = about;
      this.names = names;
      if (this.#notesOf !== id) this.notes = about.notes;
      if (about.activity === 'none') this.progress = null;
      this.trouble = null;
    } catch (error) {
      if (id === this.id) this.trouble = sentence(error);
    }
  }

  async #readWanted(): Promise<void> {
    const { id } = this;
    const names = [...this.#wanted].filter((name) => this.names.includes(name));
    if (id === null || names.length === 0) return;
    try {
      const read = await this.#client.call('series.read', { id, names });
      if (id !== this.id) return;
      const lines = new Map(this.lines);
      for (const name of names)
        lines.set(
          name,
          read.filter((line) => line.name === name),
        );
      this.lines = lines;
    } catch (error) {
      if (id === this.id) this.trouble = sentence(error);
    }
  }

  async #writeNotes(): Promise<void> {
    const id = this.#notesOf;
    const { notes } = this;
    if (id === null) return;
    try {
      await this.#client.call('experiments.setNotes', { id, notes });
      this.notesTrouble = null;
      if (this.#notesOf === id && this.notes === notes) this.#notesOf = null;
    } catch (error) {
      this.notesTrouble = sentence(error);
    }
  }
}
