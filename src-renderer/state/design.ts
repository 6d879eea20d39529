/** A design: the plan as it is being made. Pure edits; every one gives a new design. */
import * as v from 'valibot';
import type { ArmPlan, ColumnRole, DataPlan, Plan, TrainingPlan } from '../../src-main/contract/plan.ts';
import type { ColumnType, ReadOptions } from '../../src-main/contract/reading.ts';
import { AuxiliaryPlan, type MainTaskPlan } from '../../src-main/contract/task.ts';

export interface Design {
  readonly plan: Plan; // every arm and auxiliary has an id
}

/** A design of a plan from elsewhere: every arm and auxiliary gets an id of its own, so that switching and moving can refer to it. */
export function designOf(plan: Plan): Design {
  const taken = new Set<string>(); // two arms of a file may have one id, or one that looks like a made one
  const arms = plan.arms.map((arm, i) => {
    const id = freeName(arm.id ?? `arm-${i + 1}`, taken);
    taken.add(id);
    return { ...arm, id, auxiliaries: named(arm.auxiliaries) };
  });
  return { plan: { ...plan, arms } };
}

function named(auxiliaries: readonly AuxiliaryPlan[]): AuxiliaryPlan[] {
  const taken = new Set<string>();
  return auxiliaries.map((auxiliary) => {
    const id = freeName(auxiliary.id ?? nameOf(auxiliary.target, auxiliary.depth), taken);
    taken.add(id);
    return { ...auxiliary, id };
  });
}

function nameOf(target: string, depth: string): string {
  return depth === 'end' ? target : `${target}@${depth}`;
}

function freeName(wanted: string, taken: ReadonlySet<string>): string {
  let name = wanted;
  for (let i = 2; taken.has(name); i++) name = `${wanted}-${i}`;
  return name;
}

export function withPlan(design: Design, part: Partial<Plan>): Design {
  return { ...design, plan: { ...design.plan, ...part } };
}

export function withData(design: Design, part: Partial<DataPlan>): Design {
  return withPlan(design, { data: { ...design.plan.data, ...part } });
}

/** What a column holds, or null for what the reader finds. What was chosen for a task of it fits the old type and goes. */
export function withType(design: Design, column: string, type: ColumnType | null): Design {
  const others = Object.entries(design.plan.data.types ?? {}).filter(([name]) => name !== column);
  const types = type === null ? others : [...others, [column, type] as const];
  const changed = withData(design, { types: types.length === 0 ? undefined : Object.fromEntries(types) });
  const { target, labelSmoothing, classWeights } = design.plan.main;
  const arms = changed.plan.arms.map((arm) => ({
    ...arm,
    auxiliaries: arm.auxiliaries.map((task) => (task.target === column ? { ...task, kind: undefined, loss: undefined, lossParams: undefined } : task)),
  }));
  return withPlan(changed, { arms, main: target === column ? { target, labelSmoothing, classWeights } : design.plan.main });
}

export function withRole(design: Design, column: string, role: ColumnRole): Design {
  return withData(design, { roles: { ...design.plan.data.roles, [column]: role } });
}

/** Where rows with the same inputs may stand: in one part alone, or anywhere. */
export function withTogether(design: Design, isOn: boolean): Design {
  return withData(design, { split: { ...design.plan.data.split, duplicates: isOn ? 'together' : undefined } });
}

/** A reading option; undefined leaves it to the reader. */
export function withOption<Name extends keyof ReadOptions>(design: Design, name: Name, value: ReadOptions[Name]): Design {
  const { [name]: _, ...others } = design.plan.data.options;
  return withData(design, { options: value === undefined ? others : { ...others, [name]: value } });
}

export function withTraining(design: Design, part: Partial<TrainingPlan>): Design {
  return withPlan(design, { training: { ...design.plan.training, ...part } });
}

/** Another main task. An auxiliary of the same target at the trunk's end would be the main task once more and goes. */
export function withMain(design: Design, part: Partial<MainTaskPlan>): Design {
  const { target, labelSmoothing, classWeights } = design.plan.main;
  const isOther = part.target !== undefined && part.target !== target;
  // loss, metric and kind belong to the old target
  const base: MainTaskPlan = isOther ? { target, labelSmoothing, classWeights } : design.plan.main;
  const main: MainTaskPlan = { ...base, ...part };
  if (!isOther) return withPlan(design, { main });
  const arms = design.plan.arms.map((arm) => ({
    ...arm,
    auxiliaries: arm.auxiliaries
      .map((auxiliary) => (auxiliary.target === target && auxiliary.depth !== 'end' ? { ...auxiliary, target: main.target } : auxiliary))
      .filter((auxiliary) => auxiliary.target !== main.target || auxiliary.depth !== 'end'),
  }));
  return withPlan(design, { main, arms, margin: undefined });
}

export function withArm(design: Design, arm: number, part: Partial<ArmPlan>): Design {
  return withPlan(design, { arms: design.plan.arms.map((old, i) => (i === arm ? { ...old, ...part } : old)) });
}

/** @param depth 'end' or a place inside the trunk */
export function withAuxiliary(design: Design, arm: number, target: string, depth = 'end'): Design {
  const auxiliaries = design.plan.arms[arm]?.auxiliaries ?? [];
  const id = freeName(nameOf(target, depth), new Set(auxiliaries.map((auxiliary) => auxiliary.id ?? '')));
  return withArm(design, arm, { auxiliaries: [...auxiliaries, v.parse(AuxiliaryPlan, { id, target, depth })] });
}

export function changedAuxiliary(design: Design, arm: number, id: string, part: Partial<AuxiliaryPlan>): Design {
  const auxiliaries = design.plan.arms[arm]?.auxiliaries ?? [];
  return withArm(design, arm, { auxiliaries: auxiliaries.map((auxiliary) => (auxiliary.id === id ? { ...auxiliary, ...part } : auxiliary)) });
}

export function withoutAuxiliary(design: Design, arm: number, id: string): Design {
  const auxiliaries = design.plan.arms[arm]?.auxiliaries ?? [];
  return withArm(design, arm, { auxiliaries: auxiliaries.filter((auxiliary) => auxiliary.id !== id) });
}

/** On or off. What is off stays in the plan and out of the training. */
export function switched(design: Design, arm: number, id: string): Design {
  const auxiliary = design.plan.arms[arm]?.auxiliaries.find((one) => one.id === id);
  return auxiliary === undefined ? design : changedAuxiliary(design, arm, id, { enabled: !auxiliary.enabled });
}

/** A further arm, a copy of another one: what differs is then changed by hand. */
export function withArmCopy(design: Design, arm: number): Design {
  const original = design.plan.arms[arm];
  if (original === undefined) return design;
  const taken = new Set(design.plan.arms.map(({ id }) => id ?? ''));
  const id = freeName(original.id ?? 'arm', taken);
  return withPlan(design, { arms: [...design.plan.arms, { ...original, id, title: undefined }] });
}

export function withoutArm(design: Design, arm: number): Design {
  if (design.plan.arms.length < 2) return design;
  return withPlan(design, { arms: design.plan.arms.filter((_, i) => i !== arm) });
}
