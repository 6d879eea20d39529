/** What every method over the Gramian can be asked beside its own parameters: to look only now and then, or at the shared representation alone. */
import type { Params, ParamSpecs } from '../contract/params.ts';
import type { GramianMethod } from './method.ts';
import { everyOf } from './reading.ts';

const every: ParamSpecs = {
  every: {
    kind: 'number',
    default: 1,
    min: 1,
    max: 10000,
    integer: true,
    help: 'Steps between two looks at the gradients; in between the last weights stay in force, at the cost of a plain step.',
  },
};

const representation: ParamSpecs = {
  representation: {
    kind: 'boolean',
    default: false,
    help:
      'Judge by the gradients at the deepest features that all tasks share instead of the whole trunk (Sener and Koltun 2018, section 3.3): ' +
      'one backward pass through the trunk.',
  },
};

export function gramianOptions(seesEveryStep: boolean): ParamSpecs {
  return { ...(seesEveryStep ? {} : every), ...representation };
}

/** In which steps the method is asked: every k-th. */
export function lookInterval({ seesEveryStep }: GramianMethod, params: Params): number {
  return seesEveryStep === true ? 1 : everyOf(params);
}

export function usesRepresentation(params: Params): boolean {
  return params['representation'] === true;
}
