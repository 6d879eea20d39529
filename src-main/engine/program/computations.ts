/** The computations of a run: what its method will ask for, and predictions. */
import type { StepEngineOptions } from '../stepEngine.ts';
import type { Computation } from './computation.ts';
import { applyComputation, observeComputation } from './halves.ts';
import { lookComputation, lossesComputation } from './look.ts';
import { lookAheadComputation } from './lookAhead.ts';
import { predictComputation } from './predict.ts';
import { formulaStepComputation, stepComputation } from './step.ts';

export function computationsOf({ program, optimizer, needs }: Pick<StepEngineOptions, 'program' | 'optimizer' | 'needs'>): readonly Computation[] {
  const { formula } = needs;
  return [
    ...(needs.step ? [stepComputation(program, optimizer, needs.factors)] : []),
    ...(formula === null ? [] : [formulaStepComputation(program, optimizer, formula.formula, formula.inputCount)]),
    ...(needs.halves ? [observeComputation(program), applyComputation(program, optimizer)] : []),
    ...(needs.losses ? [lossesComputation(program)] : []),
    ...needs.look.map((over) => lookComputation(program, over)),
    ...(needs.lookAhead ? [lookAheadComputation(program)] : []),
    predictComputation(program),
  ];
}
