/** Option texts -> numbers, choices and "id:name=value,..." forms, each refusal one sentence that names the option. Pure. */
import { LabError, unknownName } from '../../contract/errors.ts';
import { entryOf } from '../../contract/bounded.ts';
import { describeRange, parseParams } from '../../contract/params.ts';
import type { Params, ParamSpecs } from '../../contract/params.ts';

interface NumberRange {
  readonly min?: number;
  readonly max?: number;
  readonly exclusiveMin?: boolean;
  readonly integer?: boolean;
}

/** @param name what the number is, for the refusal: 'Option --epochs' */
export function readNumber(name: string, text: string, range: NumberRange): number {
  const value = text.trim() === '' ? NaN : Number(text);
  const tooLow = range.min !== undefined && (range.exclusiveMin === true ? value <= range.min : value < range.min);
  const tooHigh = range.max !== undefined && value > range.max;
  if (!Number.isFinite(value) || tooLow || tooHigh || (range.integer === true && !Number.isSafeInteger(value))) {
    throw new LabError('bad-input', `${name} must be ${describeRange({ kind: 'number', default: 0, help: '', ...range })}. Received: "${text}".`);
  }
  return value;
}

export const wholeFromOne: NumberRange = { min: 1, integer: true };
export const wholeFromZero: NumberRange = { min: 0, integer: true };
export const zeroOrMore: NumberRange = { min: 0 };
export const aboveZero: NumberRange = { min: 0, exclusiveMin: true };
export const shareAboveZero: NumberRange = { min: 0, exclusiveMin: true, max: 1 };

/** The number of an option that may be missing. */
export function optionalNumber(option: string, text: string | undefined, range: NumberRange): number | undefined {
  return text === undefined ? undefined : readNumber(`Option --${option}`, text, range);
}

/** One of a closed set. */
export function readChoice<const C extends string>(option: string, text: string | undefined, choices: readonly C[]): C | undefined {
  if (text === undefined) return undefined;
  const found = choices.find((choice) => choice === text);
  if (found === undefined) throw new LabError('bad-input', `Option --${option} must be one of ${choices.join(', ')}. Received: "${text}".`);
  return found;
}

/** "id:rest" -> [id, rest]; the rest is '' when there is none. */
export function splitId(text: string): readonly [id: string, rest: string] {
  const colon = text.indexOf(':');
  return colon < 0 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 1)];
}

/** "TARGET=ID:name=value" -> the target and the rest; the target is null where there is none. */
export function splitTarget(text: string): { readonly target: string | null; readonly rest: string } {
  const colon = text.indexOf(':');
  const head = colon < 0 ? text : text.slice(0, colon);
  const equals = head.lastIndexOf('=');
  return equals < 1 ? { target: null, rest: text } : { target: text.slice(0, equals), rest: text.slice(equals + 1) };
}

/** Checks "name=value,..." against specs and answers only what was given, so that a plan says no more than its author did. */
export function readParams(owner: string, specs: ParamSpecs, text: string): Params {
  const checked = parseParams(owner, specs, text);
  const given = text.split(',').map((part) => part.slice(0, Math.max(0, part.indexOf('='))).trim());
  return Object.fromEntries(Object.entries(checked).filter(([name]) => given.includes(name)));
}

/** Reads "id:name=value,..." where each id has its own parameters. */
export function readIdWithParams(what: string, text: string, specsOf: Readonly<Record<string, ParamSpecs>>): { readonly id: string; readonly params: Params } {
  const [id, rest] = splitId(text);
  const specs = entryOf(specsOf, id);
  if (specs === undefined) throw unknownName(what, id, Object.keys(specsOf));
  return { id, params: readParams(`${what} ${id}`, specs, rest) };
}

/** Reads "flag,name=value,..." where a bare name means true. */
export function readSwitches(owner: string, specs: ParamSpecs, text: string): Params {
  const given = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => (specs[part]?.kind === 'boolean' ? `${part}=true` : part));
  return readParams(owner, specs, given.join(','));
}
