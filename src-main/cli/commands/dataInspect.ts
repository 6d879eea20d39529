/** `auxlab data inspect`: what a file holds, before anything is asked about it. */
import type { ColumnProfile, DatasetPicture } from '../../contract/calls.ts';
import { readFigure, type WrittenFigure } from '../../contract/figures.ts';
import { readOptions, readReadOptions } from '../arguments/data.ts';
import { defineCommand, jsonOption } from '../command.ts';
import { withLab } from '../context.ts';
import { inspectedData } from '../inspectedData.ts';
import { harmless, textTable } from '../output/table.ts';

export const dataInspect = defineCommand({
  name: 'data inspect',
  usage: 'DATA [OPTIONS]',
  help: 'Show the columns of DATA, their guessed roles, what can be learned and which networks fit.',
  positionals: [1, 1],
  options: { ...readOptions, ...jsonOption },
  run: ({ positionals: [source = ''], options }, context) =>
    withLab(context, async (lab) => {
      const { absoluteSource } = await import('../../lab/plan/planFile.ts');
      const picture = await inspectedData(lab, {
        source: absoluteSource(source, context.folder),
        options: readReadOptions(options),
        ...(options.format !== undefined && { format: options.format }),
      });
      context.terminal.print(options.json ? JSON.stringify(reportOf(picture), null, 2) : inspectionText(picture));
      return 0;
    }),
});

/** What --json prints: a picture without what only a window draws. */
function reportOf({ name, source, format, digest, rows, input, columns, targets, networks, notes, warnings }: DatasetPicture): object {
  return { name, source, format, digest, rows, input, columns: columns.map(profileOf), targets, networks, notes, warnings };
}

function profileOf({ name, guessed: role, reason, missing, distinct, outputs, kind, classes, range }: ColumnProfile): object {
  return { name, role, reason, missing, distinct, outputs, kind, classes, range };
}

function inspectionText(report: DatasetPicture): string {
  const columns = report.columns.map((column) => [
    column.name,
    column.guessed,
    column.kind,
    String(column.missing),
    String(column.distinct),
    contentText(column),
    column.reason,
  ]);
  return [
    `${harmless(report.name)}: ${report.rows} rows, ${report.format}, input ${report.input.kind} ${report.input.shape.join('x')}`,
    '',
    textTable(['Column', 'Role', 'Kind', 'Missing', 'Distinct', 'Content', 'Why this role'], columns),
    '',
    `Can be tasks: ${report.targets.length === 0 ? 'no column' : report.targets.map(harmless).join(', ')}`,
    `Networks that fit: ${report.networks.join(', ')}`,
    ...report.notes.map((note) => `Note: ${harmless(note)}`),
    ...report.warnings.map((warning) => `Warning: ${harmless(warning)}`),
  ].join('\n');
}

function contentText(column: ColumnProfile): string {
  if (column.range !== null) return `${figure(column.range.min)} to ${figure(column.range.max)}, mean ${figure(column.range.mean)}`;
  const classes = column.classes ?? [];
  const shown = classes.slice(0, 4).map(({ name, count }) => `${name} (${count})`);
  return `${shown.join(', ')}${classes.length > 4 ? ', ...' : ''}`;
}

function figure(value: WrittenFigure): string {
  return String(Number(readFigure(value).toPrecision(4)));
}
