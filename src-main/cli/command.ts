/** What a command is: data for parsing and help, and one function. Commands load what they need when they run, so that listing them costs nothing. */
import { parseCommandLine } from './commandLine.ts';
import type { Arguments, CommandShape, OptionSpecs } from './commandLine.ts';
import type { Context } from './context.ts';

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
