/** What the draft comes to: shapes, parameters, time, and the network as a picture. Asked for at every pause in designing, so training never meets a
 *  surprise. */
import type { DatasetPicture, NetworkPicture, PlanPicture } from '../../src-main/contract/calls.ts';
import type { Client } from '../../src-main/contract/client.ts';
import type { Plan } from '../../src-main/contract/plan.ts';
import type { MainTaskPlan } from '../../src-main/contract/task.ts';
import { app } from '../texts/app.ts';
import { debounced } from './debounce.ts';
import { latestOnly } from './latestOnly.ts';
import { sentence } from './sentence.ts';

const quietMs = 300;

export class PlanCheck {
  picture = $state.raw<PlanPicture | null>(null);
  trouble = $state<string | null>(null); // why the plan cannot run as it is
  isChecking = $state(false);
  network = $state.raw<NetworkPicture | null>(null);
  networkTrouble = $state<string | null>(null);
  command = $state<string | null>(null);
  readonly #client: Client;
  readonly #plan: () => Plan | null;
  readonly #data: () => DatasetPicture | null;
  readonly #check = latestOnly(() => this.#readAll());
  readonly #soon = debounced(() => this.#check(), quietMs);

  constructor(client: Client, plan: () => Plan | null, data: () => DatasetPicture | null) {
    this.#client = client;
    this.#plan = plan;
    this.#data = data;
  }

  /** Something has changed. */
  ask = (): void => {
    this.isChecking = true;
    this.#soon();
  };

  /** @returns when the newest state of the plan has been checked */
  now = async (): Promise<void> => {
    this.#soon.cancel();
    await this.#check();
  };

  async #readAll(): Promise<void> {
    const plan = this.#plan();
    if (plan === null) {
      this.picture = this.network = this.trouble = this.command = null;
      this.isChecking = false;
      return;
    }
    this.isChecking = true;
    await Promise.all([this.#readNetwork(plan), this.#readPlan(plan)]);
    this.isChecking = false;
  }

  async #readPlan(plan: Plan): Promise<void> {
    const empty = plan.arms.find(({ auxiliaries }) => !auxiliaries.some(({ enabled }) => enabled));
    if (empty !== undefined) {
      this.trouble = app.nothingOn;
      return;
    }
    try {
      this.picture = await this.#client.call('plans.check', { plan });
      this.trouble = null;
      this.command = (await this.#client.call('plans.command', { plan })).command;
    } catch (error) {
      this.trouble = sentence(error);
    }
  }

  async #readNetwork(plan: Plan): Promise<void> {
    const data = this.#data();
    const id = plan.network.id ?? data?.networks[0];
    if (data === null || id === undefined) return;
    const { main } = plan;
    const outputs = ({ target, kind = target === main.target ? main.kind : undefined }: Pick<MainTaskPlan, 'target' | 'kind'>): number => {
      const column = data.columns.find(({ name }) => name === target);
      return column?.outputs[kind ?? column.task] ?? 1;
    };
    const auxiliaries = plan.arms.flatMap((arm) =>
      arm.auxiliaries.map((auxiliary) => ({ ...auxiliary, id: `${arm.id ?? ''}/${auxiliary.id ?? auxiliary.target}` })),
    );
    const heads = [{ ...main, id: 'main', depth: 'end' }, ...auxiliaries].map((head) => ({
      id: head.id,
      depth: head.depth,
      outputs: outputs(head),
    }));
    try {
      this.network = await this.#client.call('catalog.network', { id, params: plan.network.params, input: data.input, heads });
      this.networkTrouble = null;
    } catch (error) {
      this.networkTrouble = sentence(error);
    }
  }
}
