/** What a command is: data for parsing and help, and one function. Commands load what they need when they run, so that listing them costs nothing. */
import { parseCommandLine } from './commandLine.ts';
import type { Context } from './context.ts';

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

export interface Command extends CommandShape {
  run(argv: readonly string[], context: Context): Promise<number>;
}

/** 0: it ran, whatever the verdict. */
export const exitCode = { ok: 0, internal: 1, badInput: 2, runsFailed: 3, interrupted: 130 } as const;

/** Ties a command's data to its function; the function gets its options typed by that data and answers the exit code. */
export function defineCommand<const O extends OptionSpecs>(shape: CommandShape<O> & { run(given: Arguments<O>, context: Context): Promise<number> }): Command {
  return { ...shape, run: async (argv, context) => shape.run(parseCommandLine(shape, argv), context) };
}

/** Options that several commands share. */
export const jsonOption = { json: { kind: 'flag', help: 'Print one JSON document on standard output and nothing else.' } } as const satisfies OptionSpecs;
