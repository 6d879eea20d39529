/** Plans of the first format hold words that were made of them beside those that a person wrote. This tells them apart: what equals exactly what is made of
 *  the plan was made, and everything else is the person's own. A name stays: what it was made of, the name of the data, is not in the plan. Pure. */
import { armTitles } from './armTitles.ts';
import { madeQuestion, namedArms, type TextedPlan } from './shownTexts.ts';

export interface MadeTexts {
  readonly question: boolean;
  readonly titles: readonly boolean[]; // of the plan's arms
}

export function madeTexts(plan: TextedPlan): MadeTexts {
  const { target } = plan.main;
  const arms = namedArms(plan);
  const open = arms.map(({ tasks, method }) => ({ tasks, method }));
  const among = armTitles(open, target);
  const alone = open.map((arm) => armTitles([arm], target)[0]); // as names were made when they did not yet tell arms of the same tasks apart
  return {
    question: plan.question === madeQuestion(armTitles(arms, target), target),
    titles: arms.map(({ title }, at) => title !== undefined && (title === among[at] || title === alone[at])),
  };
}
