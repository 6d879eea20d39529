/** Words of a command line -> positionals and typed options. Pure; every refusal is one sentence. */
import { parseArgs } from 'node:util';
import { LabError, nearestNames } from '../contract/errors.ts';

export type OptionSpec =
  | { readonly kind: 'flag'; readonly help: string }
  | { readonly kind: 'text'; readonly value: string; readonly help: string } // value: how the help calls it
  | { readonly kind: 'list'; readonly value: string; readonly help: string }; // may be given several times

export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

export type OptionValues<O extends OptionSpecs> = {
  readonly [K in keyof O]: O[K]['kind'] extends 'flag' ? boolean : O[K]['kind'] extends 'list' ? readonly string[] : string | undefined;
};

export interface Arguments<O extends OptionSpecs> {
  readonly positionals: readonly string[];
  readonly options: OptionValues<O>;
}

/** What parsing and help need to know of a command. */
export interface CommandShape<O extends OptionSpecs = OptionSpecs> {
  readonly name: string;
  readonly usage: string; // what follows the name: 'DATA --main TARGET'
  readonly help: string; // one sentence
  readonly positionals: readonly [least: number, most: number];
  readonly options: O;
  readonly examples?: readonly string[];
}

/** @throws LabError bad-input for an unknown or repeated option, a missing or superfluous value or argument */
export function parseCommandLine<O extends OptionSpecs>(command: CommandShape<O>, argv: readonly string[]): Arguments<O> {
  const specs: OptionSpecs = command.options;
  const { tokens } = parseArgs({ args: [...argv], options: parserOptions(specs), strict: false, allowPositionals: true, tokens: true });
  const values = new Map<string, string | boolean | string[]>();
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const spec = Object.hasOwn(specs, token.name) ? specs[token.name] : undefined;
    if (spec === undefined) throw unknownOption(command, token.rawName);
    if (spec.kind === 'flag') {
      if (token.value !== undefined) throw new LabError('bad-input', `Option --${token.name} takes no value. Received: "${token.value}".`);
      values.set(token.name, true);
      continue;
    }
    const value = token.value;
    if (value === undefined || (token.inlineValue === false && looksLikeOption(value)))
      throw new LabError('bad-input', `Option --${token.name} needs a value: ${spec.value}.`);
    const before = values.get(token.name);
    if (spec.kind === 'list') values.set(token.name, [...(Array.isArray(before) ? before : []), value]);
    else if (before !== undefined) throw new LabError('bad-input', `Option --${token.name} is given twice.`);
    else values.set(token.name, value);
  }
  checkPositionals(command, positionals);
  const complete = Object.entries(specs).map(
    ([name, spec]) => [name, values.get(name) ?? (spec.kind === 'flag' ? false : spec.kind === 'list' ? [] : undefined)] as const,
  );
  // The loop above sets each entry by its spec's kind, which is what OptionValues says.
  return { positionals, options: Object.fromEntries(complete) as OptionValues<O> };
}

function parserOptions(specs: OptionSpecs): Record<string, { type: 'boolean' | 'string'; multiple?: boolean }> {
  return Object.fromEntries(
    Object.entries(specs).map(([name, spec]) => [name, spec.kind === 'flag' ? { type: 'boolean' } : { type: 'string', multiple: true }]),
  );
}

/** "-1" and "-.5" are values; "-x" and "--json" are the next option. */
function looksLikeOption(value: string): boolean {
  return value.length > 1 && value.startsWith('-') && !/^-\.?\d/.test(value);
}

function unknownOption(command: CommandShape, rawName: string): LabError {
  const names = Object.keys(command.options);
  const [near] = nearestNames(rawName.replace(/^-+/, ''), names, 1);
  const all = names.map((name) => `--${name}`).join(', ');
  const help = near !== undefined ? `Did you mean --${near}?` : names.length > 0 ? `There are: ${all}.` : 'It has no options.';
  return new LabError('bad-input', `Unknown option "${rawName}" of "auxlab ${command.name}". ${help}`);
}

function checkPositionals(command: CommandShape, given: readonly string[]): void {
  const [least, most] = command.positionals;
  const usage = `Usage: ${usageLine(command)}`;
  if (given.length < least) throw new LabError('bad-input', `"auxlab ${command.name}" needs ${least === 1 ? 'an argument' : `${least} arguments`}. ${usage}`);
  const extra = given[most];
  if (extra !== undefined) throw new LabError('bad-input', `"auxlab ${command.name}" does not take "${extra}". ${usage}`);
}

export function usageLine(command: CommandShape): string {
  return `auxlab ${command.name}${command.usage === '' ? '' : ` ${command.usage}`}`;
}
