import { describe, expect, test } from 'vitest';
import { defineCommand } from '../../src-main/cli/command.ts';
import { parseCommandLine } from '../../src-main/cli/commandLine.ts';

const shape = {
  name: 'try',
  usage: 'DATA [OPTIONS]',
  help: 'Tries.',
  positionals: [1, 1],
  options: {
    epochs: { kind: 'text', value: 'N', help: 'Epochs.' },
    aux: { kind: 'list', value: 'TARGET', help: 'Tasks.' },
    json: { kind: 'flag', help: 'JSON.' },
    margin: { kind: 'text', value: 'X', help: 'Margin.' },
  },
} as const;

const refusal = (...argv: string[]): string => {
  try {
    parseCommandLine(shape, argv);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'accepted';
};

describe('a command line', () => {
  test('gives texts, lists and flags their own types, and what is missing is undefined, empty or false', () => {
    expect(parseCommandLine(shape, ['data.csv', '--aux', 'a', '--epochs=5', '--aux=b=0.3', '--json'])).toEqual({
      positionals: ['data.csv'],
      options: { epochs: '5', aux: ['a', 'b=0.3'], json: true, margin: undefined },
    });
    expect(parseCommandLine(shape, ['x']).options).toEqual({ epochs: undefined, aux: [], json: false, margin: undefined });
  });

  test('takes a negative number as a value and "--" as the end of the options', () => {
    expect(parseCommandLine(shape, ['x', '--margin', '-1']).options.margin).toBe('-1');
    expect(parseCommandLine(shape, ['--', '--odd-name.csv']).positionals).toEqual(['--odd-name.csv']);
  });

  test.each([
    [['x', '--epoch', '3'], 'Unknown option "--epoch" of "auxlab try". Did you mean --epochs?'],
    [['x', '--zzzzzzzz'], 'Unknown option "--zzzzzzzz" of "auxlab try". There are: --epochs, --aux, --json, --margin.'],
    [['x', '-q'], 'Unknown option "-q" of "auxlab try". There are: --epochs, --aux, --json, --margin.'],
    [['x', '--epochs'], 'Option --epochs needs a value: N.'],
    [['x', '--epochs', '--json'], 'Option --epochs needs a value: N.'],
    [['x', '--epochs', '3', '--epochs', '4'], 'Option --epochs is given twice.'],
    [['x', '--json=yes'], 'Option --json takes no value. Received: "yes".'],
    [[], '"auxlab try" needs an argument. Usage: auxlab try DATA [OPTIONS]'],
    [['x', 'y'], '"auxlab try" does not take "y". Usage: auxlab try DATA [OPTIONS]'],
    [['x', '--constructor'], 'Unknown option "--constructor" of "auxlab try". There are: --epochs, --aux, --json, --margin.'],
  ])('%j is refused with one sentence', (argv, text) => {
    expect(refusal(...argv)).toBe(text);
  });

  test('a defined command parses before it runs', async () => {
    const command = defineCommand({ ...shape, run: async ({ options }) => options.aux.length });
    // No part of the context is used by this command.
    await expect(command.run(['x', '--aux', 'a', '--aux', 'b'], undefined as never)).resolves.toBe(2);
  });
});
