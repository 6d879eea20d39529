/** Opening things: data by drop, dialog or name, plans, bundles. Every road ends in a draft with a first design, or in an experiment. */
import type { PickedKind } from '../../src-main/contract/calls.ts';
import type { Client } from '../../src-main/contract/client.ts';
import * as v from 'valibot';
import { DataPlan, type Plan } from '../../src-main/contract/plan.ts';
import { app } from '../texts/app.ts';
import type { Computer } from './computer.svelte.ts';
import type { Dataset } from './dataset.svelte.ts';
import type { Draft } from './draft.svelte.ts';
import { partsOfDrop } from './droppedParts.ts';
import { droppedFiles, type FileDoor, type PickedFile } from './files.ts';
import type { Jobs } from './jobs.svelte.ts';
import type { Navigation } from './navigation.svelte.ts';
import type { PlanCheck } from './planCheck.svelte.ts';
import type { Recent } from './recent.svelte.ts';
import { isStopped, sentence } from './sentence.ts';
import type { Shelf } from './shelf.svelte.ts';
import type { Toasts } from './toasts.svelte.ts';

export type Kind = 'data' | 'plan' | 'bundle';

/** What a file is, by its name. */
export function kindOf(path: string): Kind {
  if (/\.auxlab(-bundle)?$|\.auxlab\.zip$/i.test(path)) return 'bundle';
  return /\.jsonc?$/i.test(path) ? 'plan' : 'data';
}

/** The parts of the workspace that what is opened goes to. */
interface Space {
  readonly computer: Computer;
  readonly dataset: Dataset;
  readonly draft: Draft;
  readonly check: PlanCheck;
  readonly jobs: Jobs;
  readonly navigation: Navigation;
  readonly recent: Recent;
  readonly shelf: Shelf;
  readonly toasts: Toasts;
}

/** Why nothing was opened. */
interface Trouble {
  readonly text: string;
  readonly source: string | null;
  readonly tried: DataPlan | null; // how data were read that could not be: they may be read in another way
}

export class Opening {
  isDragging = $state(false);
  sending = $state<{ readonly name: string; readonly fraction: number } | null>(null);
  trouble = $state<Trouble | null>(null);
  isBusy = $state(false);
  readonly #client: Client;
  readonly #space: Space;
  readonly #door: FileDoor;
  #stop: AbortController | null = null;

  constructor(client: Client, space: Space, door: FileDoor) {
    this.#client = client;
    this.#space = space;
    this.#door = door;
  }

  /** Opens what was dropped. The items must be read before the event is over, so this is called from it. */
  drop = async (items: DataTransferItemList): Promise<void> => {
    await this.#guarded(null, async () => {
      const files = await droppedFiles(items, this.#door.needsContents);
      if (files.length === 0) throw new Error(app.nothingDropped);
      await this.#openFiles(files);
    });
  };

  /** Opens what was picked in the page's own file field. */
  picked = async (files: FileList): Promise<void> => {
    const list = pickedFiles(files);
    if (list.length > 0) await this.#guarded(null, () => this.#openFiles(list));
  };

  /** Asks the desktop for a file or folder.  @returns false where there is no desktop and the page has to ask itself */
  pick = async (kind: PickedKind): Promise<boolean> => {
    if (this.#space.computer.about?.host !== 'desktop') return false;
    await this.#guarded(null, async () => {
      const { path } = await this.#client.call('host.pick', { kind });
      if (path !== null) await this.#open(path);
    });
    return true;
  };

  /** A path that answers a question, on the desktop.  @returns null when nothing was picked */
  choose = async (kind: 'file' | 'folder'): Promise<string | null> => (await this.#client.call('host.pick', { kind })).path;

  /** Files of the page's own field that answer a question, handed to the lab.  @returns the source that the lab reads */
  send = (files: FileList): Promise<string> => this.#send(pickedFiles(files));

  /** Opens a path or sample:NAME. */
  open = (source: string): Promise<void> => this.#guarded(source, () => this.#open(source));

  /** Reads data that could not be read in another way. */
  openAs = (data: DataPlan): Promise<void> => this.#guarded(data.source, () => this.#openData(data.source, data.parts, data.options));

  /** Files that the program was started with. */
  takeOpened = async (): Promise<void> => {
    if (this.#space.computer.about?.host !== 'desktop') return;
    const { paths } = await this.#client.call('host.takeOpened', {});
    const [first] = paths;
    if (first !== undefined) await this.open(first);
  };

  stop = (): void => this.#stop?.abort();

  /** A plan from elsewhere, as a draft: a file, or a copy of an experiment's. */
  takePlan = async (plan: Plan, why = ''): Promise<void> => {
    const { draft, dataset, navigation, check } = this.#space;
    draft.begin(plan, why);
    await dataset.inspect(plan.data, app.reading(shortName(plan.data.source)));
    check.ask();
    navigation.go('design');
  };

  async #openFiles(files: readonly PickedFile[]): Promise<void> {
    const parts = partsOfDrop(files);
    if (parts !== null) {
      const source = await this.#send([parts.train]);
      const test = parts.test === undefined ? undefined : await this.#send([parts.test]);
      const validation = parts.validation === undefined ? undefined : await this.#send([parts.validation]);
      this.sending = null;
      return this.#openData(source, { test, validation });
    }
    const names = [...new Set(files.map(({ path }) => path.split('/')[0] ?? ''))];
    if (names.length > 1 && !this.#door.needsContents) throw new Error(app.severalDropped(names)); // a page sends them as a folder
    await this.#open(await this.#send(files));
  }

  async #send(files: readonly PickedFile[]): Promise<string> {
    const name = files[0]?.path.split('/')[0] ?? '';
    this.#stop = new AbortController();
    this.sending = { name, fraction: 0 };
    try {
      return await this.#door.sourceOf(files, (fraction) => (this.sending = { name, fraction }), this.#stop.signal);
    } finally {
      this.sending = null;
      this.#stop = null;
    }
  }

  async #open(source: string): Promise<void> {
    this.sending = null;
    switch (kindOf(source)) {
      case 'plan':
        return this.#openPlan(source);
      case 'bundle': {
        const { id, isNew } = await this.#space.jobs.run('bundle.import', { path: source }, app.reading(shortName(source)));
        this.#space.toasts.show({ text: app.imported(isNew), tone: 'good' });
        await this.#space.shelf.refresh();
        this.#space.navigation.go('compare', id);
        return;
      }
      case 'data':
        return this.#openData(source);
    }
  }

  /** A plan; of a .json file also a table, which only reading it tells. */
  async #openPlan(source: string): Promise<void> {
    let plan: Plan;
    try {
      ({ plan } = await this.#client.call('plans.read', { path: source }));
    } catch (error) {
      if (isStopped(error) || !/\.json$/i.test(source)) throw error;
      await this.#openData(source);
      if (this.trouble === null) return;
      this.#space.dataset.trouble = null;
      throw new Error(app.neitherPlanNorData(sentence(error), this.trouble.text), { cause: error });
    }
    await this.takePlan(plan);
  }

  async #openData(source: string, parts?: DataPlan['parts'], options?: DataPlan['options']): Promise<void> {
    const { dataset, draft, jobs, navigation, recent } = this.#space;
    const data = v.parse(DataPlan, { source, ...(parts !== undefined && { parts }), ...(options !== undefined && { options }) });
    const picture = await dataset.inspect(data, app.reading(shortName(source)));
    if (picture === null) {
      if (dataset.trouble !== null) this.trouble = { text: dataset.trouble.replaceAll(source, shortName(source)), source, tried: data };
      return;
    }
    const { plan, sentence: why } = await jobs.run('plans.suggest', { data }, app.checking(shortName(source)));
    draft.begin(plan, why);
    dataset.splitSoon();
    navigation.go('data');
    await recent.read();
  }

  async #guarded(source: string | null, work: () => Promise<void>): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    this.trouble = null;
    try {
      await work();
    } catch (error) {
      const isAborted = error instanceof DOMException && error.name === 'AbortError';
      if (!isStopped(error) && !isAborted) this.trouble = { text: sentence(error), source, tried: null };
    } finally {
      this.isBusy = false;
    }
  }
}

function pickedFiles(files: FileList): readonly PickedFile[] {
  return [...files].map((file) => ({ path: file.webkitRelativePath === '' ? file.name : file.webkitRelativePath, file }));
}

/** The last name of a path, or a sample's. */
export function shortName(source: string): string {
  return (
    source
      .replace(/^sample:/, '')
      .split(/[/\\]/)
      .findLast((part) => part !== '') ?? source
  );
}
