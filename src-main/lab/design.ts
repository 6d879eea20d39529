/** What an experiment comes to once plan and data have met: everything that its runs need, as plain JSON that the store keeps. */
import type { EnginePlan, TrainingPlan } from '../contract/plan.ts';
import type { Params } from '../contract/params.ts';
import type { MetricId } from '../contract/results.ts';
import type { InputShape } from '../data/dataset.ts';
import type { Roles } from '../data/roles.ts';
import type { SeededSplitPlan } from '../data/splits.ts';
import type { TaskJob } from '../engine/protocol.ts';

export interface DesignArm {
  readonly id: string; // 'baseline' for the baseline
  readonly title: string;
  readonly role: 'baseline' | 'auxiliary';
  readonly method: { readonly id: string; readonly params: Params };
  readonly tasks: readonly TaskJob[]; // the main task first
}

export interface Design {
  readonly data: { readonly digest: string; readonly name: string; readonly source: string; readonly format: string; readonly rows: number };
  readonly input: InputShape;
  readonly roles: Roles;
  readonly excludedInputs: readonly string[];
  readonly split: SeededSplitPlan;
  readonly parts: {
    readonly train: number;
    readonly validation: number; // by which epochs are selected
    readonly heldOut: number; // kept for methods that need rows of their own
    readonly test: number;
    readonly digest: string;
  };
  readonly trainFraction: number;
  readonly network: { readonly id: string; readonly params: Params };
  readonly parameters: number; // of the largest arm
  readonly training: TrainingPlan;
  readonly metric: MetricId;
  readonly margin: number;
  readonly arms: readonly DesignArm[]; // the baseline first
  readonly classes: Readonly<Record<string, readonly string[]>>; // of every classification target
  readonly warnings: readonly string[];
}

/** A design together with what this computer gives it. Threads and environment stay the same for all runs: they change the bits. */
export interface SettledDesign extends Design {
  readonly engine: EnginePlan & { readonly threads: number };
  readonly environment: Readonly<Record<string, string>>;
}

export const baselineId = 'baseline';
