/** Outputs of every task in inference mode. */
import { floats, named, type Computation } from './computation.ts';
import { inputSpecs, inputTensors } from './feeds.ts';
import { predictions } from './forward.ts';
import { parametersIn, type Program } from './program.ts';

/** [rows, outputs] a task, named by its id, for program.evaluationBatch rows. */
export function predictComputation(program: Program): Computation {
  const { tasks } = program.model;
  return {
    name: 'predict',
    feeds: inputSpecs(program, program.evaluationBatch),
    outputs: Object.fromEntries(tasks.map(({ id, outputs }) => [id, floats(program.evaluationBatch, outputs)])),
    compute: (ops, state, feeds) => {
      const { x, mask } = inputTensors(program, feeds);
      const outputs = predictions(program, ops, parametersIn(state, program), x, mask);
      return { outputs: Object.fromEntries(tasks.map(({ id }, k) => [id, named(outputs[k], 'output of the task', id)])), assigns: new Map(), descent: null };
    },
  };
}
