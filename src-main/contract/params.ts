/** Parameters (vocabulary/params.ts) against what a person gave: their check, their syntax on the command line, their range in words. */
import { entryOf } from './bounded.ts';
import { LabError, nearestNames } from './errors.ts';
import type { Params, ParamSpec, ParamSpecs, ParamValue } from '../vocabulary/params.ts';

export type { Params, ParamSpec, ParamSpecs, ParamValue } from '../vocabulary/params.ts';

/** Checks given values against their description and fills in the defaults.
 *  @param owner what the parameters belong to, for the error text: 'method gradnorm'
 *  @throws LabError bad-input naming the parameter and its range */
export function checkParams(owner: string, specs: ParamSpecs, given: Readonly<Record<string, unknown>>): Params {
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(specs, name)) {
      const names = Object.keys(specs);
      const near = nearestNames(name, names);
      const list = names.length === 0 ? 'It has none.' : `${near.length > 0 ? `Did you mean ${near[0]}? ` : ''}It has: ${names.join(', ')}.`;
      throw new LabError('bad-input', `${capital(owner)} has no parameter "${name}". ${list}`);
    }
  }
  const checked: Record<string, ParamValue> = {};
  for (const [name, spec] of Object.entries(specs)) checked[name] = checkParam(owner, name, spec, given[name] ?? spec.default);
  return checked;
}

/** Whether values are exactly those that are described, each within its range. */
export function areParamsOf(specs: ParamSpecs, given: Params): boolean {
  try {
    return Object.keys(checkParams('', specs, given)).every((name) => Object.hasOwn(given, name));
  } catch {
    return false; // a sentence for a person, whom nobody asked
  }
}

/** Reads "name=value,name=value" as the command line gives it. */
export function parseParams(owner: string, specs: ParamSpecs, text: string): Params {
  const parts = text.split(',').filter((piece) => piece.trim() !== '');
  return checkParams(owner, specs, Object.fromEntries(parts.map((part) => parseParam(owner, specs, part)))); // defines its entries, whatever their names
}

function parseParam(owner: string, specs: ParamSpecs, part: string): [string, ParamValue] {
  const at = part.indexOf('=');
  if (at < 1) throw new LabError('bad-input', `${capital(owner)}: "${part}" is not of the form name=value.`);
  const name = part.slice(0, at).trim();
  const raw = part.slice(at + 1).trim();
  const spec = entryOf(specs, name);
  return [name, spec?.kind === 'number' ? numberOrText(raw) : spec?.kind === 'boolean' && (raw === 'true' || raw === 'false') ? raw === 'true' : raw];
}

/** The range of a parameter in words: 'a number from 0 to 1'. */
export function describeRange(spec: ParamSpec): string {
  switch (spec.kind) {
    case 'boolean':
      return 'true or false';
    case 'choice':
      return `one of ${spec.choices.join(', ')}`;
    case 'number': {
      const noun = spec.integer === true ? 'a whole number' : 'a number';
      const low = spec.min === undefined ? '' : spec.exclusiveMin === true ? ` above ${spec.min}` : ` from ${spec.min}`;
      return noun + low + upperBound(spec);
    }
    default:
      return spec satisfies never;
  }
}

function upperBound({ min, max, exclusiveMin, exclusiveMax }: Extract<ParamSpec, { kind: 'number' }>): string {
  if (max === undefined) return min === undefined || exclusiveMin === true ? '' : ' up';
  if (exclusiveMax === true) return exclusiveMin === true ? ` and below ${max}` : ` to below ${max}`;
  return exclusiveMin === true ? ` and at most ${max}` : ` to ${max}`;
}

/** Text that is no number stays text, so that a refusal can repeat it. */
function numberOrText(raw: string): number | string {
  return raw === '' || Number.isNaN(Number(raw)) ? raw : Number(raw);
}

function checkParam(owner: string, name: string, spec: ParamSpec, value: unknown): ParamValue {
  const refuse = (): never => {
    throw new LabError(
      'bad-input',
      `${capital(owner)}: ${name} must be ${describeRange(spec)}. Received: ${typeof value === 'string' ? `"${value}"` : String(value)}.`,
    );
  };
  switch (spec.kind) {
    case 'boolean':
      return typeof value === 'boolean' ? value : refuse();
    case 'choice':
      return typeof value === 'string' && spec.choices.includes(value) ? value : refuse();
    case 'number': {
      if (typeof value !== 'number' || !Number.isFinite(value)) return refuse();
      if (spec.integer === true && !Number.isInteger(value)) return refuse();
      if (spec.min !== undefined && (spec.exclusiveMin === true ? value <= spec.min : value < spec.min)) return refuse();
      if (spec.max !== undefined && (spec.exclusiveMax === true ? value >= spec.max : value > spec.max)) return refuse();
      return value;
    }
    default:
      return spec satisfies never;
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
