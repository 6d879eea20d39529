/** What an experiment, its question and its arms are called wherever they are shown: a person's own words, else words that are made of the plan. Plans,
 *  drafts and designs keep the own words alone, so that made ones follow every change. Pure. */
import type { ParamSpecs } from '../vocabulary/params.ts';
import type { ComparedArm } from './armIdentity.ts';
import { armTitles, baselineTitle, toldApart, type NamedArm } from './armTitles.ts';
import { cutName } from './cutName.ts';
import { baselineId } from './identifiers.ts';
import type { ComparedTask } from './task.ts';

/** A plan as far as its texts depend on it: one that is being written fits, and so does one with every choice filled in. */
export interface TextedPlan {
  readonly name?: string | undefined;
  readonly question?: string | undefined;
  readonly main: { readonly target: string };
  readonly arms: readonly TextedArm[];
}

interface TextedArm {
  readonly id?: string | undefined;
  readonly title?: string | undefined;
  readonly auxiliaries: readonly (ComparedTask & { readonly enabled: boolean })[];
  readonly method: ComparedArm['method'];
}

interface MethodSpecs {
  readonly id: string;
  readonly params: ParamSpecs;
}

export interface ShownTexts {
  readonly name: string;
  readonly question: string;
  readonly titles: readonly string[]; // of the baseline and of the plan's arms, in this order, all different
}

/** @param data the data set's own name
 *  @param methods fill in what a method's parameters are by default, so that writing a default out makes no difference */
export function shownTexts(plan: TextedPlan, data: string, methods: readonly MethodSpecs[] = []): ShownTexts {
  const { target } = plan.main;
  const titles = armTitles(namedArms(plan, methods), target);
  const arms = [{ id: baselineId, title: baselineTitle }, ...titles.map((title, at) => ({ id: plan.arms[at]?.id ?? `${at + 1}`, title }))];
  return {
    name: ownText(plan.name) ?? cutName(`${target} of ${data}`, []),
    question: ownText(plan.question) ?? madeQuestion(titles, target),
    titles: toldApart(arms).map(({ title }) => title),
  };
}

/** The plan's arms as far as their names depend on them. */
export function namedArms({ arms }: TextedPlan, methods: readonly MethodSpecs[] = []): NamedArm[] {
  return arms.map(({ title, auxiliaries, method: { id, params } }) => {
    const specs = Object.entries(methods.find((one) => one.id === id)?.params ?? {});
    const usual = Object.fromEntries(specs.map(([name, spec]) => [name, spec.default]));
    return { title, tasks: auxiliaries.filter(({ enabled }) => enabled), method: { id, params: { ...usual, ...params } } };
  });
}

/** @param titles of the auxiliary arms */
export function madeQuestion(titles: readonly string[], target: string): string {
  const [only] = titles;
  if (titles.length === 1 && only !== undefined) return `Does adding ${only} make "${target}" better?`;
  return `Which of ${titles.length} auxiliary arms makes "${target}" better, if any?`;
}

/** Blanks are no words. */
function ownText(text: string | undefined): string | undefined {
  const words = text?.trim();
  return words === '' ? undefined : words;
}
