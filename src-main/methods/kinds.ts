/** Makes a method of its description and the calls of its kind; a call of another kind is refused by the compiler. What is the same for all methods of a
 *  kind is added here: that they see only the tasks that take part, a formula in plain numbers, and parameters that they share. */
import { plain } from '../vocabulary/arithmetic.ts';
import { noState, stateOverActive, updateOverActive, weightsOverActive, type NoState, type TaskState } from './activeTasks.ts';
import type { WeightFormula } from './arithmetic.ts';
import { gramianOptions } from './gramianOptions.ts';
import type {
  Described,
  ForkingCalls,
  ForkingMethod,
  FormulaCalls,
  FormulaMethod,
  GramianCalls,
  GramianMethod,
  HindsightCalls,
  HindsightMethod,
  Known,
  LookAheadCalls,
  LookAheadMethod,
  PresetCalls,
  PresetMethod,
  Seen,
  SeenAfter,
  SeenAhead,
  SeenGradients,
} from './method.ts';

export function presetMethod<State extends TaskState>(method: Described & PresetCalls<State>): PresetMethod<State> {
  return {
    ...method,
    kind: 'preset',
    needs: 'losses',
    weights: weightsOverActive<State, Known>(method.id, (...asked) => method.weights(...asked)),
    learn: stateOverActive<State, Seen>(method.id, (...asked) => method.learn(...asked)),
  };
}

export function formulaMethod<State extends TaskState>(method: Described & FormulaCalls<State>): FormulaMethod<State> {
  return {
    ...method,
    kind: 'formula',
    needs: 'losses',
    weights: inPlainNumbers(method.id, method.formulaOfLosses),
    learn: stateOverActive<State, Seen>(method.id, (...asked) => method.learn(...asked)),
  };
}

export function hindsightMethod<State extends TaskState>(method: Described & HindsightCalls<State>): HindsightMethod<State> {
  return {
    ...method,
    kind: 'hindsight',
    needs: 'losses',
    weights: inPlainNumbers(method.id, method.formulaOfLosses),
    learn: stateOverActive<State, SeenAfter>(method.id, (...asked) => method.learn(...asked)),
  };
}

export function gramianMethod<State extends TaskState>(method: Described & GramianCalls<State>): GramianMethod<State> {
  return {
    ...method,
    kind: 'gramian',
    needs: 'gramian',
    params: { ...method.params, ...gramianOptions(method.seesEveryStep === true) },
    update: updateOverActive<State, SeenGradients>(method.id, (...asked) => method.update(...asked)),
  };
}

export function lookAheadMethod<State extends TaskState>(method: Described & LookAheadCalls<State>): LookAheadMethod<State> {
  return {
    ...method,
    kind: 'look-ahead',
    needs: 'look-ahead',
    weights: weightsOverActive<State, Known>(method.id, (...asked) => method.weights(...asked)),
    learn: stateOverActive<State, SeenAhead>(method.id, (...asked) => method.learn(...asked)),
  };
}

export function forkingMethod(method: Described & ForkingCalls): ForkingMethod<NoState> {
  return { ...method, kind: 'forking', needs: 'branches', init: () => noState };
}

function inPlainNumbers<State extends TaskState>(id: string, formula: WeightFormula<State>): FormulaMethod<State>['weights'] {
  return weightsOverActive<State, Seen>(id, (state, { losses }, params) => formula.weights(plain, losses, formula.inputs(state, params)));
}
