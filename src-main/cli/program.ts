/** Finds the command that the words name, runs it, and turns whatever it throws into one sentence and an exit code. */
import { LabError, unknownName } from '../contract/errors.ts';
import type { LabErrorCode } from '../contract/errors.ts';
import { exitCode } from './command.ts';
import type { Command } from './command.ts';
import type { Context } from './context.ts';
import { commands } from './commands.ts';
import { commandHelp, overview } from './output/help.ts';
import { harmless } from './output/table.ts';
import { version } from './version.ts';

/** @returns the exit code   @param context `openLab` opens the lab of `home` unless a test hands in another */
export async function runProgram(argv: readonly string[], context: Omit<Context, 'openLab'> & Partial<Pick<Context, 'openLab'>>): Promise<number> {
  const openLab = async (): Promise<Awaited<ReturnType<Context['openLab']>>> => {
    const { createLab } = await import('../lab/lab.ts');
    return createLab({ home: context.home, environment: context.env, onNote: context.terminal.remark });
  };
  const complete: Context = { openLab, ...context };
  try {
    return await dispatch(argv, complete);
  } catch (error) {
    return tell(error, complete);
  }
}

async function dispatch(argv: readonly string[], context: Context): Promise<number> {
  const [first] = argv;
  const width = Math.min(120, context.terminal.columns);
  if (first === '--version' || first === '-v') {
    context.terminal.print(await version());
    return exitCode.ok;
  }
  if (first === undefined || first === '--help' || first === '-h' || first === 'help') {
    const wanted = first === 'help' ? argv.slice(1).filter((word) => !word.startsWith('-')) : [];
    context.terminal.print(wanted.length === 0 ? overview(commands, width) : helpOn(wanted, width));
    return exitCode.ok;
  }
  if (isGroup(first) && asksForHelp(argv.slice(1, 2))) {
    context.terminal.print(helpOn([first], width));
    return exitCode.ok;
  }
  const { command, rest } = findCommand(argv);
  if (asksForHelp(rest)) {
    context.terminal.print(commandHelp(command, width));
    return exitCode.ok;
  }
  return command.run(rest, context);
}

function asksForHelp(words: readonly string[]): boolean {
  const end = words.indexOf('--');
  return (end < 0 ? words : words.slice(0, end)).some((word) => word === '--help' || word === '-h');
}

function isGroup(word: string): boolean {
  return commands.some(({ name }) => name.startsWith(`${word} `));
}

/** "data inspect x" names the command "data inspect", "show x" the command "show".
 *  @throws LabError bad-input with the nearest names */
export function findCommand(argv: readonly string[]): { readonly command: Command; readonly rest: readonly string[] } {
  const [first = '', second] = argv;
  const pair = commands.find(({ name }) => name === `${first} ${String(second)}`);
  if (pair !== undefined) return { command: pair, rest: argv.slice(2) };
  const single = commands.find(({ name }) => name === first);
  if (single !== undefined) return { command: single, rest: argv.slice(1) };
  const members = commands.filter(({ name }) => name.startsWith(`${first} `)).map(({ name }) => name.slice(first.length + 1));
  if (members.length === 0) throw unknownName('command', first, [...new Set(commands.map(({ name }) => name))]);
  if (second === undefined || second.startsWith('-')) throw new LabError('bad-input', `"auxlab ${first}" needs one of: ${members.join(', ')}.`);
  throw unknownName(`command after "auxlab ${first}":`, second, members);
}

function helpOn(words: readonly string[], width: number): string {
  const [first = ''] = words;
  const members = commands.filter(({ name }) => name.startsWith(`${first} `));
  if (words.length === 1 && members.length > 0 && !commands.some(({ name }) => name === first))
    return members.map((command) => commandHelp(command, width)).join('\n\n');
  return commandHelp(findCommand(words).command, width);
}

function codeFor(code: LabErrorCode): number {
  switch (code) {
    case 'bad-input':
    case 'not-found':
    case 'runtime-missing':
    case 'store': // a full disk, a store of a newer version: for the user to put right
      return exitCode.badInput;
    case 'engine-lost':
    case 'run-failed':
      return exitCode.runsFailed;
    case 'interrupted':
      return exitCode.interrupted;
    case 'internal':
      return exitCode.internal;
    default:
      return code satisfies never;
  }
}

function tell(error: unknown, context: Context): number {
  const isForPeople = error instanceof LabError && error.code !== 'internal';
  const message = error instanceof Error ? error.message : String(error);
  const sentence = isForPeople ? message : `Internal error: ${message} (AUXLAB_DEBUG=1 shows where)`;
  context.terminal.remark(harmless(sentence.replace(/\s*\n\s*/g, ' ')));
  if ((context.env['AUXLAB_DEBUG'] ?? '') !== '' && error instanceof Error) context.terminal.remark(stackOf(error));
  return error instanceof LabError ? codeFor(error.code) : exitCode.internal;
}

function stackOf(error: Error): string {
  const cause = error.cause instanceof Error ? `\nCaused by: ${stackOf(error.cause)}` : '';
  return `${error.stack ?? error.message}${cause}`;
}
