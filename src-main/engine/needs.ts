/** What a run's method asks of the step engine, so that no more is captured than will be called. */
import type { Params } from '../contract/params.ts';
import { lookInterval, usesRepresentation } from '../methods/gramianOptions.ts';
import type { Method } from '../methods/method.ts';
import type { TaskJob } from './protocol.ts';
import { canRest } from './schedules.ts';
import { plainSteps, type EngineNeeds } from './stepEngine.ts';

/** @param inputCount of the method's formula, if it has one     @param diagnostics whether the tasks' gradients are looked at now and then */
export function engineNeeds(method: Method, params: Params, tasks: readonly TaskJob[], inputCount: number, diagnostics: boolean): EngineNeeds {
  const look: EngineNeeds['look'] = diagnostics ? ['trunk'] : [];
  switch (method.needs) {
    case 'branches':
      return { ...plainSteps, look };
    case 'look-ahead':
      return { ...plainSteps, look, lookAhead: true };
    case 'gramian': {
      if (usesRepresentation(params)) return { ...plainSteps, factors: true, look: ['representation', ...look] };
      const skips = lookInterval(method, params) > 1;
      return { ...plainSteps, step: skips, factors: skips, halves: true, look: skips ? look : [] };
    }
    case 'losses': {
      if (method.timing === 'before') return { ...plainSteps, look, losses: method.needsLossesAfter === true };
      const formula = canUseFormula(method, tasks) && method.formulaOfLosses !== undefined ? { formula: method.formulaOfLosses, inputCount } : null;
      const isComplete = formula !== null && tasks.slice(1).every((task) => task.weight > 0 && !canRest(task.schedule));
      return { ...plainSteps, look, formula, step: !isComplete, losses: !isComplete || method.needsLossesAfter === true };
    }
    default:
      return method.needs satisfies never;
  }
}

/** Whether the weights can be computed inside the step: the formula knows nothing of tasks left alone and of bounds. */
export function canUseFormula(method: Method, tasks: readonly TaskJob[]): boolean {
  return method.formulaOfLosses !== undefined && tasks.length > 1 && tasks.every((task) => task.balanced && task.bounds === null);
}
