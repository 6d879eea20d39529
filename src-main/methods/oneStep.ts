/** A method's part in one step, on numbers that were all measured before: what the engine asks of it at several moments. For checks against known numbers. */
import type { Params } from '../contract/params.ts';
import type { Known, LookAhead, Method, MethodUpdate, Random } from './method.ts';

/** A method is shown only what its kind is shown. All lists have one entry a task. */
export interface Measured extends Omit<Known, 'taskCount'> {
  readonly losses: readonly number[];
  readonly lossesAfter?: readonly number[]; // without it a method that learns in hindsight does not learn
  readonly gramian?: readonly (readonly number[])[]; // [K, K]
  readonly lookAhead?: LookAhead; // without it a method that looks ahead does not learn
}

/** The weights of the step and the state after it.
 *  @param random a stream that begins anew     @throws RangeError when a list has the wrong length, or the method needs a Gramian and there is none */
export function oneStep<State>(method: Method<State>, state: State, measured: Measured, params: Params, random: () => Random): MethodUpdate<State> {
  const { losses, lossesAfter, gramian, lookAhead, ...rest } = measured;
  const known = { ...rest, taskCount: losses.length };
  const seen = { ...known, losses };
  switch (method.kind) {
    case 'preset':
      return { weights: method.weights(state, known, params, random()), state: method.learn(state, seen, params, random()) };
    case 'formula':
      return { weights: method.weights(state, seen, params, random()), state: method.learn(state, seen, params, random()) };
    case 'hindsight': {
      const weights = method.weights(state, seen, params, random());
      return { weights, state: lossesAfter === undefined ? state : method.learn(state, { ...seen, lossesAfter }, params, random()) };
    }
    case 'gramian':
      if (gramian === undefined) throw new RangeError('The method needs the Gramian of this step.');
      return method.update(state, { ...seen, gramian }, params, random());
    case 'look-ahead': {
      const weights = method.weights(state, known, params, random());
      return { weights, state: lookAhead === undefined ? state : method.learn(state, { ...seen, lookAhead }, params, random()) };
    }
    case 'forking':
      return { weights: losses.map((_, task) => (task === 0 || measured.active?.[task] !== false ? 1 : 0)), state }; // the plain sum of a branch's tasks
    default:
      return method satisfies never;
  }
}
