/** What every method over the Gramian can be asked beside its own parameters: to look only now and then, or at the shared representation alone. */
import type { Params, ParamSpecs } from '../contract/params.ts';
import type { Method } from './method.ts';

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
    help: 'Judge by the gradients at the deepest features that all tasks share instead of the whole trunk (Sener and Koltun 2018, section 3.3): one backward pass through the trunk.',
  },
};

/** Adds the common parameters to a method over the Gramian; the method's own come first. */
export function withGramianOptions<State>(method: Method<State>): Method<State> {
  if (method.needs !== 'gramian') return method;
  return { ...method, params: { ...method.params, ...(method.seesEveryStep === true ? {} : every), ...representation } };
}

/** In which steps the method is asked: every k-th. */
export function lookInterval(method: Method, params: Params): number {
  const value = params['every'];
  return method.seesEveryStep !== true && typeof value === 'number' ? value : 1;
}

export function usesRepresentation(params: Params): boolean {
  return params['representation'] === true;
}
