/** `auxlab data inspect`: what a file holds, before anything is asked about it. */
import { resolve } from 'node:path';
import type { CallOutput, ColumnProfile, DatasetPicture } from '../../contract/calls.ts';
import { readFigure, type WrittenFigure } from '../../contract/figures.ts';
import { readOptions, readSource, readSplit, splitOption } from '../arguments/data.ts';
import { defineCommand, jsonOption } from '../command.ts';
import { withLab } from '../context.ts';
import { inspectedData } from '../inspectedData.ts';
import { harmless, textTable } from '../output/table.ts';

const mostCells = 3;
const mostClasses = 12; // of a split, side by side
const longestCell = 24;

export const dataInspect = defineCommand({
  name: 'data inspect',
  usage: 'DATA [OPTIONS]',
  help: 'Show what was understood of DATA: the columns with their types and roles, what can be learned and which networks fit.',
  positionals: [1, 1],
  options: {
    ...readOptions,
    main: { kind: 'text', value: 'TARGET', help: 'The label column that --split divides by. Default: the best guess.' },
    ...splitOption,
    ...jsonOption,
  },
  examples: ['auxlab data inspect cars.csv --type cylinders=class --role name=ignore', 'auxlab data inspect readings.txt --delimiter whitespace --header none'],
  run: ({ positionals: [source = ''], options }, context) =>
    withLab(context, async (lab) => {
      const { absoluteSource } = await import('../../lab/plan/planFile.ts');
      const asked = readSource(absoluteSource(source, context.folder), options, (path) => resolve(context.folder, path));
      const split = options.split === undefined ? undefined : readSplit(options.split);
      const picture = await inspectedData(lab, { ...asked, ...(split !== undefined && { split }) });
      const target = options.main ?? picture.targets[0];
      const preview = split === undefined || target === undefined ? null : await lab.call('data.split', { data: { ...asked, split }, target });
      context.terminal.print(
        options.json ? JSON.stringify({ ...picture, ...(preview !== null && { split: { target, ...preview } }) }, null, 2) : textOf(picture, target, preview),
      );
      return 0;
    }),
});

function textOf(picture: DatasetPicture, target: string | undefined, preview: CallOutput<'data.split'> | null): string {
  return [inspectionText(picture), ...(preview === null ? [] : ['', splitText(target ?? '', preview)])].join('\n');
}

/** Rows of every part by class, or with the mean of a number. */
function splitText(target: string, { kind, column, train, validation, test, notes, warnings }: CallOutput<'data.split'>): string {
  const parts = Object.entries({ training: train, validation, test }).map(([name, { rows, classes, range }]) => [
    name,
    String(rows),
    ...(classes?.slice(0, mostClasses).map(({ count }) => String(count)) ?? [range === null ? '' : figure(range.mean)]),
  ]);
  const titles = train.classes?.slice(0, mostClasses).map(({ name }) => name) ?? [`mean of ${target}`];
  return [
    `Split ${kind}${column === null ? '' : ` by ${harmless(column)}`}, ${harmless(target)}:`,
    textTable(['Part', 'Rows', ...titles.map(harmless)], parts),
    ...notes.map((note) => `Note: ${harmless(note)}`),
    ...warnings.map((warning) => `Warning: ${harmless(warning)}`),
  ].join('\n');
}

function inspectionText(report: DatasetPicture): string {
  const columns = report.columns.map((column) => [
    column.name,
    column.role,
    column.kind,
    String(column.missing),
    String(column.distinct),
    contentText(column),
    cellsText(column),
    whyText(column),
  ]);
  const inWords = report.columns.filter(({ role, told, kind }) => told !== null || (role === 'target' && kind !== 'date'));
  return [
    `${harmless(report.name)}: ${report.rows} rows, ${report.format}, input ${report.input.kind} ${report.input.shape.join('x')}`,
    '',
    textTable(['Column', 'Role', 'Type', 'Missing', 'Distinct', 'Content', 'Cells', 'Why this role'], columns),
    '',
    ...inWords.map((column) => `Type of ${harmless(column.name)}: ${column.kind}. ${harmless(column.kindReason)}`),
    `Can be tasks: ${report.targets.length === 0 ? 'no column' : report.targets.map(harmless).join(', ')}`,
    `Networks that fit: ${report.networks.join(', ')}`,
    ...report.notes.map((note) => `Note: ${harmless(note)}`),
    ...report.warnings.map((warning) => `Warning: ${harmless(warning)}`),
  ].join('\n');
}

function contentText(column: ColumnProfile): string {
  if (column.dates !== null) return `${column.dates.first} to ${column.dates.last}`;
  if (column.range !== null) return `${figure(column.range.min)} to ${figure(column.range.max)}, mean ${figure(column.range.mean)}`;
  const classes = column.classes ?? [];
  const shown = classes.slice(0, 4).map(({ name, count }) => `${name} (${count})`);
  return `${shown.join(', ')}${classes.length > 4 ? ', ...' : ''}`;
}

/** A few cells as they came. */
function cellsText({ examples, distinct }: ColumnProfile): string {
  const shown = examples.slice(0, mostCells).map((cell) => {
    const text = typeof cell === 'number' ? figure(cell) : cell;
    return text.length > longestCell ? `${text.slice(0, longestCell - 3)}...` : text;
  });
  return `${shown.join(', ')}${distinct > shown.length ? ', ...' : ''}`;
}

function whyText({ role, guessed, reason }: ColumnProfile): string {
  return role === guessed ? reason : `You said so; the guess was ${guessed}. ${reason}`;
}

function figure(value: WrittenFigure): string {
  return String(Number(readFigure(value).toPrecision(4)));
}
