/** `auxlab report`: an experiment's report in the formats that are asked for. */
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Report } from '../../contract/blocks.ts';
import { LabError } from '../../contract/errors.ts';
import type { ReportInput } from '../../contract/results.ts';
import { defineCommand, exitCode } from '../command.ts';
import { withLab } from '../context.ts';
import { newestExperiment, reportFile } from '../experiment.ts';
import { writeWhole } from '../output/files.ts';

export const report = defineCommand({
  name: 'report',
  usage: '[ID] [--html FILE] [--markdown FILE] [--csv FOLDER] [--notes FILE]',
  help: 'Write the report of an experiment (without an ID: of the newest one); without an option, as HTML into the folder "reports" of AUXLAB_HOME.',
  positionals: [0, 1],
  options: {
    html: { kind: 'text', value: 'FILE', help: 'One self-contained page that reads offline and without scripts; - prints it.' },
    markdown: { kind: 'text', value: 'FILE', help: 'The same in Markdown; - prints it.' },
    csv: { kind: 'text', value: 'FOLDER', help: 'Tables of runs, differences and points, for other programs.' },
    pdf: { kind: 'text', value: 'FILE', help: 'Only in the desktop app, which prints the page.' },
    notes: { kind: 'text', value: 'FILE', help: 'Your own notes in Markdown, to stand in the report.' },
  },
  run: async ({ positionals: [id], options }, context) => {
    if (options.pdf !== undefined)
      throw new LabError(
        'bad-input',
        'Option --pdf: a PDF is made by printing the HTML report in the desktop app or a browser; write the page with --html FILE.',
      );
    const notes = options.notes === undefined ? undefined : await readNotes(options.notes, context.folder);
    return withLab(context, async (lab) => {
      const experiment = lab.show(id ?? newestExperiment(lab));
      const input: ReportInput = { experiment, series: lab.series(experiment.experimentId), ...(notes !== undefined && { notes }) };
      const { buildReport } = await import('../../report/index.ts');
      const report = buildReport(input);
      for (const { file, text } of await wantedFiles(options, report, input, reportFile(context.home, experiment.experimentId))) {
        if (file === '-') context.terminal.print(text);
        else {
          await writeWhole(resolve(context.folder, file), text);
          context.terminal.print(resolve(context.folder, file));
        }
      }
      return exitCode.ok;
    });
  },
});

interface Wanted {
  readonly html: string | undefined;
  readonly markdown: string | undefined;
  readonly csv: string | undefined;
}

async function wantedFiles(
  wanted: Wanted,
  report: Report,
  input: ReportInput,
  usual: string,
): Promise<readonly { readonly file: string; readonly text: string }[]> {
  const { renderHtml } = await import('../../report/html.ts');
  const { renderMarkdown } = await import('../../report/markdown.ts');
  const { reportCsv } = await import('../../report/csv.ts');
  const folder = wanted.csv;
  const html = wanted.html ?? (wanted.markdown === undefined && folder === undefined ? usual : undefined);
  return [
    ...(html === undefined ? [] : [{ file: html, text: renderHtml(report) }]),
    ...(wanted.markdown === undefined ? [] : [{ file: wanted.markdown, text: renderMarkdown(report) }]),
    ...(folder === undefined ? [] : [...reportCsv(input)].map(([name, text]) => ({ file: join(folder, name), text }))),
  ];
}

async function readNotes(path: string, folder: string): Promise<string> {
  return readFile(resolve(folder, path), 'utf8').catch((error: unknown) => {
    throw new LabError(
      'bad-input',
      `Notes ${path} cannot be read: ${error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'the file does not exist' : String(error)}.`,
      { cause: error },
    );
  });
}
