/** What search reads of an experiment, made of its plan whenever that is written, so that a search never makes anything. */
import { shownTexts } from '../../contract/shownTexts.ts';
import type { Plan } from '../../contract/plan.ts';
import type { ArmRow } from '../../store/experiment.ts';
import type { SettledDesign } from '../../contract/design.ts';

export interface SearchedTexts {
  readonly name: string;
  readonly question: string;
  readonly arms: readonly ArmRow[];
}

export function searchedTexts(plan: Plan, design: SettledDesign): SearchedTexts {
  const { name, question, titles } = shownTexts(plan, design.data.name);
  const arms = design.arms.map(({ id, role, method }, position): ArmRow => ({
    id,
    position,
    title: titles[position] ?? id,
    role,
    method: role === 'baseline' ? 'none' : method.id,
  }));
  return { name, question, arms };
}
