/** --aux, --heads and --bounds -> auxiliary tasks. Pure. */
import { LabError } from '../../contract/errors.ts';
import type { HeadDepths } from '../../lab/plan/headDepths.ts';
import { readNumber, wholeFromOne, zeroOrMore } from './values.ts';

export interface AuxiliaryArgument {
  readonly target: string;
  readonly depth?: string;
  readonly weight?: number;
}

/** Reads "TARGET", "TARGET=0.3", "TARGET@DEPTH" and "TARGET@DEPTH=0.3"; the last "=" and the last "@" count, so a column may hold either when both are given.
 *  @throws LabError bad-input */
export function readAuxiliary(text: string): AuxiliaryArgument {
  const equals = text.lastIndexOf('=');
  const place = equals < 0 ? text : text.slice(0, equals);
  const at = place.lastIndexOf('@');
  const target = at < 0 ? place : place.slice(0, at);
  const depth = at < 0 ? undefined : place.slice(at + 1);
  if (target === '' || depth === '') throw new LabError('bad-input', `Option --aux must be TARGET, TARGET=WEIGHT or TARGET@DEPTH=WEIGHT. Received: "${text}".`);
  const weight = equals < 0 ? undefined : readNumber(`Option --aux: the weight of "${target}"`, text.slice(equals + 1), zeroOrMore);
  return { target, ...(depth === undefined ? {} : { depth }), ...(weight === undefined ? {} : { weight }) };
}

/** Reads "TARGET=0.1..2"; an end that is left out is open.
 *  @throws LabError bad-input */
export function readBounds(text: string): { readonly target: string; readonly min: number; readonly max: number } {
  const [, target, low, high] = /^(.+)=([^=]*)\.\.([^=]*)$/.exec(text) ?? [];
  if (target === undefined || low === undefined || high === undefined)
    throw new LabError('bad-input', `Option --bounds must be TARGET=MIN..MAX, for example --bounds parity=0.1..2. Received: "${text}".`);
  const end = (side: string, given: string, open: number): number =>
    given === '' ? open : readNumber(`Option --bounds: the ${side} bound of "${target}"`, given, zeroOrMore);
  const [min, max] = [end('lower', low, 0), end('upper', high, 1e6)];
  if (min > max) throw new LabError('bad-input', `Option --bounds: the lower bound of "${target}" is above the upper one. Received: ${min}..${max}.`);
  return { target, min, max };
}

/** Reads "2" and "2=0.3".  @returns how many heads, and what is said of each
 *  @throws LabError bad-input */
export function readHeads(text: string): { readonly count: number; readonly own: Pick<AuxiliaryArgument, 'weight'> } {
  const equals = text.indexOf('=');
  const count = readNumber('Option --heads: the number of heads', equals < 0 ? text : text.slice(0, equals), wholeFromOne);
  if (equals < 0) return { count, own: {} };
  return { count, own: { weight: readNumber('Option --heads: the weight', text.slice(equals + 1), zeroOrMore) } };
}

/** The depths for so many intermediate heads.  @throws LabError bad-input when the network has fewer */
export function suggestedDepths({ network, all, suggested }: HeadDepths, count: number): readonly string[] {
  if (count <= all.length) return suggested(count);
  throw new LabError(
    'bad-input',
    `Option --heads: network ${network} has ${all.length === 1 ? '1 depth' : `${all.length} depths`} for intermediate ` +
      `heads${all.length === 0 ? '' : ` (${all.join(', ')})`}. Received: ${count}.`,
  );
}
