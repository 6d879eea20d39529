/** Parameters of methods, networks and the vocabulary as help lines. */
import { describeRange } from '../../contract/params.ts';
import type { ParamSpecs } from '../../contract/params.ts';

/** One entry a parameter: its name, and help, range and default in words. */
export function paramLines(specs: ParamSpecs): readonly (readonly [name: string, text: string])[] {
  return Object.entries(specs).map(([name, spec]) => {
    const isRequired = spec.kind === 'number' && spec.required === true;
    return [name, `${spec.help.replace(/\.$/, '')}; ${describeRange(spec)}. ${isRequired ? 'Must be given.' : `Default: ${String(spec.default)}.`}`];
  });
}
