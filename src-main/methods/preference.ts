/** The preference vector of methods that treat tasks by rank of importance. A finer preference needs no parameter: a task's own weight in the plan
 *  scales its gradient before the method sees it, which for the cone methods equals the same factor in the preference vector. */
import type { Params, ParamSpec } from '../contract/params.ts';
import { choiceOf, numberOf } from './reading.ts';

export function preferenceParams(byDefault: 'main' | 'mean'): { preference: ParamSpec; auxiliary: ParamSpec } {
  return {
    preference: {
      kind: 'choice',
      default: byDefault,
      choices: ['main', 'mean'],
      help:
        'main: 1 for the main task and the value of auxiliary for the others, ' +
        'so that a silent auxiliary leaves the main gradient. mean: 1/K for each, as published.',
    },
    auxiliary: {
      kind: 'number',
      default: 1,
      min: 0,
      max: 1000,
      help: 'Preference of each auxiliary under preference main; 0 only keeps the auxiliaries from getting worse.',
    },
  };
}

/** The preference of each of count tasks. */
export function preferenceOf(params: Params, count: number): number[] {
  const byMean = choiceOf(params, 'preference') === 'mean';
  return Array.from({ length: count }, (_, task) => (byMean ? 1 / count : task === 0 ? 1 : numberOf(params, 'auxiliary')));
}
