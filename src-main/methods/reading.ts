/** Reading parameters that checkParams has accepted. */
import type { Params } from '../contract/params.ts';

/** A parameter of kind 'number'.  @throws TypeError when the parameters were not checked against the method's description */
export function numberOf(params: Params, name: string): number {
  const value = params[name];
  if (typeof value !== 'number') throw new TypeError(`The parameter ${name} is not a number: parameters go through checkParams first.`);
  return value;
}

/** A parameter of kind 'boolean'.  @throws TypeError as above */
export function booleanOf(params: Params, name: string): boolean {
  const value = params[name];
  if (typeof value !== 'boolean') throw new TypeError(`The parameter ${name} is not true or false: parameters go through checkParams first.`);
  return value;
}

/** A parameter of kind 'choice'.  @throws TypeError as above */
export function choiceOf(params: Params, name: string): string {
  const value = params[name];
  if (typeof value !== 'string') throw new TypeError(`The parameter ${name} is not a choice: parameters go through checkParams first.`);
  return value;
}

/** Steps between two passes that a method asks for beside plain steps: its parameter "every", 1 where it has none. */
export function everyOf(params: Params): number {
  const value = params['every'];
  return typeof value === 'number' ? value : 1;
}
