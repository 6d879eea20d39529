/** The JSON Schema of plan files, generated from the code that checks them, for editors that complete and underline. */
import { toJsonSchema } from '@valibot/to-json-schema';
import { Plan } from '../../contract/plan.ts';

/** @returns a JSON Schema (draft 2020-12) of what may stand in a plan file; defaults included, so optional keys are optional */
export function planJsonSchema(): Readonly<Record<string, unknown>> {
  // 'ignore': "finite" has no JSON Schema word, and JSON has no infinite numbers
  const schema = toJsonSchema(Plan, { typeMode: 'input', target: 'draft-2020-12', errorMode: 'ignore' });
  return { ...schema, title: 'Auxlab plan', description: 'An experiment: a main task on a data set, and the auxiliary losses that may help it.' };
}
