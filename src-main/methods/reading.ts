/** Reading what a method is given: parameters that checkParams has accepted, and the numbers that the method declared as its needs. */
import type { Params } from '../contract/params.ts';
import type { Seen } from './method.ts';
import type { Matrix } from './linalg.ts';

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

/** The Gramian of a method that needs it.  @throws RangeError when the caller computed none */
export function gramianOf(seen: Seen): Matrix {
  if (seen.gramian === undefined) throw new RangeError('The method needs the Gramian of this step.');
  return seen.gramian;
}
