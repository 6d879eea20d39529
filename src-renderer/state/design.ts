/** A design: the plan as it is being made, with what is switched off for the moment. Pure edits; every one gives a new design. */
import type { ArmPlan, AuxiliaryPlan, DataPlan, MainTaskPlan, Plan, TrainingPlan } from '../../src-main/contract/plan.ts';

export interface Design {
  readonly plan: Plan; // with the auxiliaries that are off
  readonly off: readonly string[]; // 'arm/auxiliary'
}

/** A design of a plan from elsewhere: every arm and auxiliary gets a name, so that switching and moving can refer to it. */
export function designOf(given: Plan): Design {
  const plan = withoutMadeTexts(given);
  const arms = plan.arms.map((arm, i) => ({ ...arm, id: arm.id ?? `arm-${i + 1}`, auxiliaries: named(arm.auxiliaries) }));
  return { plan: { ...plan, arms }, off: [] };
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

export function isOn(design: Design, arm: number, auxiliary: AuxiliaryPlan): boolean {
  return !design.off.includes(keyOf(design, arm, auxiliary.id ?? ''));
}

function keyOf({ plan }: Design, arm: number, auxiliary: string): string {
  return `${plan.arms[arm]?.id ?? ''}/${auxiliary}`;
}

/** What would run: without what is off.  @returns an arm without any auxiliary keeps none, and the check says so */
export function runnable(design: Design): Plan {
  const arms = design.plan.arms.map((arm, i) => ({ ...arm, auxiliaries: arm.auxiliaries.filter((auxiliary) => isOn(design, i, auxiliary)) }));
  return { ...design.plan, arms };
}

export function withPlan(design: Design, part: Partial<Plan>): Design {
  return { ...design, plan: { ...design.plan, ...part } };
}

export function withData(design: Design, part: Partial<DataPlan>): Design {
  return withPlan(design, { data: { ...design.plan.data, ...part } });
}

export function withTraining(design: Design, part: Partial<TrainingPlan>): Design {
  return withPlan(design, { training: { ...design.plan.training, ...part } });
}

/** Another main task. An auxiliary of the same target at the trunk's end would be the main task once more and goes. */
export function withMain(design: Design, part: Partial<MainTaskPlan>): Design {
  const { target, huberDelta, labelSmoothing, classWeights } = design.plan.main;
  const isOther = part.target !== undefined && part.target !== target;
  // loss, metric and kind belong to the old target
  const base: MainTaskPlan = isOther ? { target, huberDelta, labelSmoothing, classWeights } : design.plan.main;
  const main: MainTaskPlan = { ...base, ...part };
  if (!isOther) return withPlan(design, { main });
  const arms = design.plan.arms.map((arm) => ({
    ...arm,
    auxiliaries: arm.auxiliaries
      .map((auxiliary) => (auxiliary.target === target && auxiliary.depth !== 'end' ? { ...auxiliary, target: main.target } : auxiliary))
      .filter((auxiliary) => auxiliary.target !== main.target || auxiliary.depth !== 'end'),
  }));
  return tidy({ ...design, plan: { ...design.plan, main, arms, margin: undefined } });
}

export function withArm(design: Design, arm: number, part: Partial<ArmPlan>): Design {
  return withPlan(design, { arms: design.plan.arms.map((old, i) => (i === arm ? { ...old, ...part } : old)) });
}

const usualTask = { enabled: true, balanced: true, huberDelta: 1, labelSmoothing: 0, classWeights: 'none', weight: 0.3, schedule: { id: 'constant' } } as const;

/** @param depth 'end' or a place inside the trunk */
export function withAuxiliary(design: Design, arm: number, target: string, depth = 'end'): Design {
  const auxiliaries = design.plan.arms[arm]?.auxiliaries ?? [];
  const id = freeName(nameOf(target, depth), new Set(auxiliaries.map((auxiliary) => auxiliary.id ?? '')));
  return withArm(design, arm, { auxiliaries: [...auxiliaries, { ...usualTask, id, target, depth }] });
}

export function changedAuxiliary(design: Design, arm: number, id: string, part: Partial<AuxiliaryPlan>): Design {
  const auxiliaries = design.plan.arms[arm]?.auxiliaries ?? [];
  return withArm(design, arm, { auxiliaries: auxiliaries.map((auxiliary) => (auxiliary.id === id ? { ...auxiliary, ...part } : auxiliary)) });
}

export function withoutAuxiliary(design: Design, arm: number, id: string): Design {
  const auxiliaries = design.plan.arms[arm]?.auxiliaries ?? [];
  return tidy(withArm(design, arm, { auxiliaries: auxiliaries.filter((auxiliary) => auxiliary.id !== id) }));
}

export function switched(design: Design, arm: number, id: string): Design {
  const key = keyOf(design, arm, id);
  return { ...design, off: design.off.includes(key) ? design.off.filter((one) => one !== key) : [...design.off, key] };
}

/** A further arm, a copy of another one: what differs is then changed by hand. */
export function withArmCopy(design: Design, arm: number): Design {
  const original = design.plan.arms[arm];
  if (original === undefined) return design;
  const taken = new Set(design.plan.arms.map(({ id }) => id ?? ''));
  const id = freeName(original.id ?? 'arm', taken);
  const copy = { ...original, id, title: undefined };
  const offHere = original.auxiliaries.filter((auxiliary) => !isOn(design, arm, auxiliary)).map((auxiliary) => `${id}/${auxiliary.id ?? ''}`);
  return { plan: { ...design.plan, arms: [...design.plan.arms, copy] }, off: [...design.off, ...offHere] };
}

export function withoutArm(design: Design, arm: number): Design {
  if (design.plan.arms.length < 2) return design;
  return tidy(withPlan(design, { arms: design.plan.arms.filter((_, i) => i !== arm) }));
}

/** Forgets what is off but no longer there. */
function tidy(design: Design): Design {
  const keys = new Set(design.plan.arms.flatMap((arm) => arm.auxiliaries.map((auxiliary) => `${arm.id ?? ''}/${auxiliary.id ?? ''}`)));
  return { ...design, off: design.off.filter((key) => keys.has(key)) };
}

/** Texts that the lab made of a plan follow the plan again: once they are left out, every change of the design is in them. A person's own words stay. */
export function withoutMadeTexts(plan: Plan): Plan {
  const arms = plan.arms.map((arm) => (arm.title === armTitle({ ...arm, title: undefined }, plan.main.target) ? { ...arm, title: undefined } : arm));
  const isMade =
    plan.question !== undefined && /^(Does adding .+ make ".+" better|Which of \d+ auxiliary arms makes ".+" better, if any)\?$/.test(plan.question);
  return { ...plan, arms, question: isMade ? undefined : plan.question };
}

/** 'heads at a, b + type, gradnorm': an arm in the words that the lab finds for it (lab/resolveArms.ts), when it has no title of its own. */
export function armTitle(arm: ArmPlan, main: string): string {
  if (arm.title !== undefined && arm.title !== '') return arm.title;
  const heads = arm.auxiliaries.filter(({ target, depth }) => target === main && depth !== 'end');
  const others = arm.auxiliaries.filter((one) => !heads.includes(one)).map(({ target, depth }) => (depth === 'end' ? target : `${target} at ${depth}`));
  const parts = heads.length === 0 ? others : [`${heads.length === 1 ? 'head' : 'heads'} at ${heads.map(({ depth }) => depth).join(', ')}`, ...others];
  const schedules = [...new Set(arm.auxiliaries.map(({ schedule }) => schedule.id))].filter((id) => id !== 'constant');
  return [parts.join(' + '), ...schedules, ...(arm.method.id === 'fixed' ? [] : [arm.method.id])].join(', ');
}
