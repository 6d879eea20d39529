/** What a run's method asks of the step engine, so that no more is captured than will be called. It follows from the method's kind. */
import type { Params } from '../../../contract/params.ts';
import { lookInterval, usesRepresentation } from '../../../methods/gramianOptions.ts';
import type { Method } from '../../../methods/method.ts';
import type { TaskJob } from '../../protocol.ts';
import { canRest } from '../schedules.ts';
import { plainSteps, type EngineNeeds } from '../../stepEngine.ts';

/** @param diagnostics whether the tasks' gradients are looked at now and then */
export function engineNeeds(method: Method, params: Params, tasks: readonly TaskJob[], diagnostics: boolean): EngineNeeds {
  const look: EngineNeeds['look'] = diagnostics ? ['trunk'] : [];
  switch (method.kind) {
    case 'preset':
    case 'forking':
      return { ...plainSteps, look };
    case 'look-ahead':
      return { ...plainSteps, look, lookAhead: true };
    case 'gramian': {
      if (usesRepresentation(params)) return { ...plainSteps, factors: true, look: ['representation', ...look] };
      const skips = lookInterval(method, params) > 1;
      return { ...plainSteps, step: skips, factors: skips, halves: true, look: skips ? look : [] };
    }
    case 'formula':
    case 'hindsight': {
      const inputCount = method.formulaOfLosses.inputs(method.init(tasks.length, params), params).length;
      const formula = canUseFormula(tasks) ? { formula: method.formulaOfLosses, inputCount } : null;
      const isComplete = formula !== null && tasks.slice(1).every((task) => task.weight > 0 && !canRest(task.schedule));
      return { ...plainSteps, look, formula, step: !isComplete, losses: !isComplete || method.kind === 'hindsight' };
    }
    default:
      return method satisfies never;
  }
}

/** Whether weights can be computed inside the step: a formula knows nothing of tasks left alone and of bounds. */
export function canUseFormula(tasks: readonly TaskJob[]): boolean {
  return tasks.length > 1 && tasks.every((task) => task.balanced && task.bounds === null);
}
