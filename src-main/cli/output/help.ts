/** Help texts, made from the commands' own data. */
import type { Command } from '../command.ts';
import type { OptionSpec } from '../commandLine.ts';
import { usageLine } from '../commandLine.ts';
import { definitionList, wrapText } from './table.ts';
import { program } from '../../contract/programName.ts';

/** All commands with one sentence each. */
export function overview(commands: readonly Command[], width: number): string {
  return [
    'Auxlab says whether an auxiliary loss makes the main task better.',
    '',
    'Usage: auxlab COMMAND ...',
    `In a checkout it is started as: ${program} COMMAND ...`,
    '',
    definitionList([...commands.map(({ name, help }) => [name, help] as const), ['help [COMMAND]', 'Show this list, or the options of a command.']], width),
    '',
    wrapText(
      `Begin with "${program} example", or with "${program} data inspect FILE" on your own data. AUXLAB_HOME names the folder where everything is kept.`,
      width,
    ),
  ].join('\n');
}

/** Usage, sentence, options and examples of a command. */
export function commandHelp(command: Command, width: number): string {
  const options = Object.entries(command.options).map(([name, spec]) => [optionText(name, spec), spec.help] as const);
  return [
    `Usage: ${usageLine(command)}`,
    '',
    wrapText(command.help, width),
    ...(options.length === 0 ? [] : ['', 'Options:', definitionList(options, width)]),
    ...(command.examples === undefined ? [] : ['', 'Examples:', ...command.examples.map((example) => `  ${example.replace(/^auxlab\b/, program)}`)]),
  ].join('\n');
}

function optionText(name: string, spec: OptionSpec): string {
  return spec.kind === 'flag' ? `--${name}` : `--${name} ${spec.value}`;
}
