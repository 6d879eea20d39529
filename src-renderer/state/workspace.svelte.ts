/** Everything the screens share, in one object that travels by context. Composition, and the few roads that cross several parts. */
import { createContext } from 'svelte';
import type { Client } from '../../src-main/contract/client.ts';
import type { LabEvent, Settings } from '../../src-main/contract/calls.ts';
import type { Plan } from '../../src-main/contract/plan.ts';
import { shownTexts, type ShownTexts } from '../../src-main/contract/shownTexts.ts';
import { Commands } from '../commands/commands.svelte.ts';
import { app } from '../texts/app.ts';
import { AllRuns } from './allRuns.svelte.ts';
import { Announcer } from './announcer.svelte.ts';
import { Association } from './association.svelte.ts';
import { Catalog } from './catalog.svelte.ts';
import { Computer } from './computer.svelte.ts';
import { Consent } from './consent.svelte.ts';
import { Dataset } from './dataset.svelte.ts';
import { designOf } from './design.ts';
import { Draft } from './draft.svelte.ts';
import { Faults } from './faults.svelte.ts';
import type { FileDoor } from './files.ts';
import { Jobs } from './jobs.svelte.ts';
import { Navigation } from './navigation.svelte.ts';
import { OpenExperiment } from './openExperiment.svelte.ts';
import { Opening, shortName } from './opening.svelte.ts';
import { PlanCheck } from './planCheck.svelte.ts';
import { Preferences, type Keeper } from './preferences.svelte.ts';
import { Recent } from './recent.svelte.ts';
import { ReportView } from './reportView.svelte.ts';
import { sentence } from './sentence.ts';
import { Shelf } from './shelf.svelte.ts';
import { Toasts } from './toasts.svelte.ts';
import { Training } from './training.svelte.ts';

export interface Surroundings {
  readonly isMac: boolean;
  readonly keeper: Keeper | null;
  readonly door: FileDoor;
  reportAddress(id: string, appearance: Settings['appearance']): string;
}

export class Workspace {
  readonly client: Client;
  readonly surroundings: Surroundings;
  readonly commands: Commands;
  readonly navigation = new Navigation();
  readonly toasts = new Toasts();
  readonly announcer = new Announcer();
  readonly consent = new Consent();
  readonly faults = new Faults();
  readonly preferences: Preferences;
  readonly jobs: Jobs;
  readonly catalog: Catalog;
  readonly computer: Computer;
  readonly association: Association;
  readonly shelf: Shelf;
  readonly allRuns: AllRuns;
  readonly draft: Draft;
  readonly dataset: Dataset;
  readonly check: PlanCheck;
  readonly training: Training;
  readonly experiment: OpenExperiment;
  readonly report: ReportView;
  readonly opening: Opening;
  readonly recent: Recent;
  notice = $state<string | null>(null); // what happened to the lab's process
  trouble = $state<string | null>(null); // why the first reading failed
  isReady = $state(false);
  isPaletteOpen = $state(false);
  isSheetOpen = $state(false);
  #drafted: { readonly id: string | null; readonly read: string; readonly parts: string } = { id: null, read: '', parts: '' };

  constructor(client: Client, surroundings: Surroundings) {
    this.client = client;
    this.surroundings = surroundings;
    this.commands = new Commands(surroundings.isMac);
    this.preferences = new Preferences(client, surroundings.keeper);
    this.jobs = new Jobs(client);
    this.catalog = new Catalog(client);
    this.computer = new Computer(client, this.jobs, () => this.faults.list);
    this.association = new Association(client);
    this.shelf = new Shelf(client);
    this.allRuns = new AllRuns(client);
    this.draft = new Draft(
      client,
      (plan) => this.textsOf(plan).name,
      () => this.#draftChanged(),
    );
    this.dataset = new Dataset(
      client,
      this.jobs,
      () => this.draft.plan?.data ?? null,
      () => this.draft.plan?.main.target ?? null,
    );
    this.check = new PlanCheck(
      client,
      () => this.draft.plan,
      () => this.dataset.picture,
    );
    this.training = new Training(client, this.jobs, async (id) => this.consent.ask((await client.call('experiments.open', { id })).document));
    this.experiment = new OpenExperiment(client);
    this.report = new ReportView(client, this.jobs);
    this.recent = new Recent(client);
    this.opening = new Opening(client, this, surroundings.door);
  }

  /** Reads everything and listens.  @returns the stop */
  start = (): (() => void) => {
    const stops = [this.client.on(this.hear), this.navigation.start(), this.computer.start()];
    void this.readAll();
    return () => {
      void this.draft.flush();
      void this.experiment.flushNotes();
      for (const stop of stops) stop();
    };
  };

  readAll = async (): Promise<void> => {
    try {
      await Promise.all([
        this.preferences.read(),
        this.catalog.read(),
        this.shelf.refresh(),
        this.training.refresh(),
        this.computer.refresh(),
        this.recent.read(),
      ]);
      if (this.draft.plan === null && (await this.draft.restore())) await this.dataset.refresh();
      this.trouble = null;
      this.isReady = true;
      if (this.dataset.picture !== null) this.check.ask();
      await this.opening.takeOpened();
    } catch (error) {
      this.trouble = sentence(error);
    }
  };

  /** Starts the draft as an experiment and goes to watch it. The draft stays on the desk: the next question is often a small change of it. */
  startExperiment = async (): Promise<void> => {
    await this.draft.flush();
    const { plan } = this.draft;
    if (plan === null) return;
    const id = await this.training.start(plan, app.starting);
    if (id !== null) this.navigation.go('run', id);
    else if (this.training.trouble !== null) this.announcer.say(this.training.trouble, true);
  };

  /** What the draft, its question and its arms are called.  @param plan the draft's, or one like it */
  textsOf = (plan: Plan): ShownTexts => shownTexts(plan, this.dataset.picture?.name ?? shortName(plan.data.source), this.catalog.methods);

  trash = async (ids: readonly string[]): Promise<void> => {
    if (!(await this.shelf.trash(ids))) return;
    if (this.navigation.experimentId !== null && ids.includes(this.navigation.experimentId)) this.navigation.go('start', null);
    this.toasts.show({ text: app.trashed(ids.length), action: { label: app.undo, run: () => void this.shelf.restore(ids) } });
  };

  /** Another main task: a design for it, with the reading choices that were made. One step back brings the old one. */
  suggestFor = async (main: string): Promise<void> => {
    const { plan } = this.draft;
    if (plan === null || main === plan.main.target) return;
    try {
      const answer = await this.jobs.run('plans.suggest', { data: plan.data, main }, app.checking(main));
      this.draft.change(() => designOf({ ...answer.plan, data: plan.data }), 'main task');
      this.draft.sentence = answer.sentence;
    } catch (error) {
      this.toasts.show({ text: sentence(error), tone: 'bad' });
    }
  };

  /** A new draft from an experiment's own plan: same data, same seed, ready to be changed. */
  reuse = async (id: string): Promise<void> => {
    try {
      const { document } = await this.client.call('experiments.open', { id });
      const agreed = await this.consent.ask(document);
      if (agreed === null) return;
      const { plan } = document;
      await this.opening.takePlan(agreed.data === undefined ? plan : { ...plan, data: { ...plan.data, source: agreed.data } });
    } catch (error) {
      this.toasts.show({ text: sentence(error), tone: 'bad' });
    }
  };

  /** Desktop only: the system's file manager.  @throws LabError elsewhere */
  openFolder = async (folder: 'home' | 'reports' | 'runtimes'): Promise<void> => {
    await this.client.call('host.openFolder', { folder });
  };

  copy = async (text: string, confirmation: string = app.copied): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      this.toasts.show({ text: confirmation });
    } catch {
      this.toasts.show({ text: app.copyFailed, tone: 'bad', detail: text });
    }
  };

  copyDiagnostics = (): void => void this.copy(this.computer.diagnostics(), app.diagnosticsCopied);

  /** The plan is checked after every change; the data are read again where their own choices changed, undo included. */
  #draftChanged(): void {
    this.check.ask();
    const { id, plan } = this.draft;
    if (plan === null) return;
    const { source, format, parts: files, options, types, roles, split, trainFraction } = plan.data;
    // Warnings speak of equal rows in two parts, so they follow the kind of split
    const read = JSON.stringify([source, format, files, options, types, roles, split.kind, split.duplicates]);
    const parts = JSON.stringify([split, trainFraction, plan.main.target, plan.seed]);
    const [before, isSame] = [this.#drafted, this.#drafted.id === id];
    this.#drafted = { id, read, parts };
    if (!isSame) return;
    if (before.read !== read) this.dataset.refreshSoon();
    else if (before.parts !== parts) this.dataset.splitSoon();
  }

  /** What the lab tells. */
  hear = (event: LabEvent): void => {
    switch (event.name) {
      case 'experiments.changed':
        void this.shelf.refresh();
        this.allRuns.refresh();
        if (this.experiment.id !== null && (event.ids.length === 0 || event.ids.includes(this.experiment.id))) void this.experiment.refresh();
        return;
      case 'experiment.progress':
        this.training.hear(event.picture);
        this.experiment.hearProgress(event.picture);
        this.#tellProgress(event.picture.finishedRuns, event.picture.totalRuns);
        return;
      case 'experiment.points':
        this.experiment.hearPoints(event.experimentId, event.lines);
        return;
      case 'experiment.ended':
        this.#ended(event.experimentId, event.title, event.sentence);
        return;
      case 'queue.changed':
        void this.training.refresh();
        if (this.experiment.id !== null) void this.experiment.refresh();
        return;
      case 'job.progress':
        this.jobs.hear(event.job);
        return;
      case 'settings.changed':
        void this.preferences.read().catch(() => undefined); // the choice made here stays until the store answers again
        return;
      case 'lab.note':
        this.announcer.say(event.text);
        return;
      case 'lab.state':
        this.notice = event.state === 'running' ? null : event.message;
        if (event.state === 'running') {
          this.jobs.forget();
          void this.readAll();
          void this.experiment.refresh();
        }
        return;
      case 'command':
        this.commands.run(event.id);
        return;
      case 'opened':
        void this.opening.takeOpened();
        return;
      default:
        event satisfies never;
    }
  };

  #tellProgress(finished: number, total: number): void {
    if (finished > 0) this.announcer.say(app.ofRuns(finished, total));
  }

  #ended(id: string, title: string, words: string): void {
    this.training.ended(id);
    if (this.experiment.id === id) void this.experiment.refresh();
    this.announcer.say(`${app.finishedTitle(title)}. ${words}`, true);
    const isWatched = this.experiment.id === id && ['run', 'compare', 'report'].includes(this.navigation.screen);
    if (!isWatched)
      this.toasts.show({ text: `${app.finishedTitle(title)}. ${words}`, action: { label: app.seeVerdict, run: () => this.navigation.go('compare', id) } });
  }
}

export const [useWorkspace, setWorkspace] = createContext<Workspace>();
