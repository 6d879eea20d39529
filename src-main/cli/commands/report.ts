/** `auxlab report`: an experiment's report in the formats that are asked for. */
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Report } from '../../contract/blocks.ts';
import { LabError } from '../../contract/errors.ts';
import type { ReportInput } from '../../contract/results.ts';
import { defineCommand, exitCode } from '../command.ts';
import { withLab } from '../context.ts';
import type { Context } from '../context.ts';
import { reportFile } from '../../lab/paths.ts';
import { newestExperiment } from '../experiment.ts';
import { writeWhole } from '../output/files.ts';

export const report = defineCommand({
  name: 'report',
  usage: '[ID] [--html FILE] [--pdf FILE] [--markdown FILE] [--csv FOLDER] [--notes FILE]',
  help: 'Write the report of an experiment (without an ID: of the newest one); without an option, as HTML into the folder "reports" of AUXLAB_HOME.',
  positionals: [0, 1],
  options: {
    html: { kind: 'text', value: 'FILE', help: 'One self-contained page that reads offline and without scripts; - prints it.' },
    pdf: { kind: 'text', value: 'FILE', help: 'The page printed by the Chromium, Chrome, Edge or Electron of this computer; AUXLAB_BROWSER names another.' },
    markdown: { kind: 'text', value: 'FILE', help: 'The same in Markdown; - prints it.' },
    csv: { kind: 'text', value: 'FOLDER', help: 'Tables of runs, differences and points, for other programs.' },
    notes: { kind: 'text', value: 'FILE', help: 'Your own notes in Markdown, to stand in the report.' },
  },
  run: async ({ positionals: [id], options }, context) => {
    const notes = options.notes === undefined ? undefined : await readNotes(options.notes, context.folder);
    return withLab(context, async (lab) => {
      const experiment = lab.show(id ?? newestExperiment(lab));
      const input: ReportInput = { experiment, series: lab.series(experiment.experimentId), ...(notes !== undefined && { notes }) };
      const { buildReport } = await import('../../report/index.ts');
      const report = buildReport(input);
      for (const { file, content } of await wantedFiles(options, report, input, reportFile(context.home, experiment.experimentId), context)) {
        if (file === '-' && typeof content === 'string') context.terminal.print(content);
        else {
          await writeWhole(resolve(context.folder, file), content);
          context.terminal.print(resolve(context.folder, file));
        }
      }
      return exitCode.ok;
    });
  },
});

const asked = { option: '--pdf', write: (what: string) => `write ${what} with --html FILE` };

interface Wanted {
  readonly html: string | undefined;
  readonly markdown: string | undefined;
  readonly csv: string | undefined;
  readonly pdf: string | undefined;
}

async function wantedFiles(
  wanted: Wanted,
  report: Report,
  input: ReportInput,
  usual: string,
  { env }: Context,
): Promise<readonly { readonly file: string; readonly content: string | Uint8Array }[]> {
  const { renderHtml } = await import('../../report/html.ts');
  const { renderMarkdown } = await import('../../report/markdown.ts');
  const { printPdf, thisMachine } = await import('../../lab/desk/printPdf.ts');
  const { reportCsv } = await import('../../report/csv.ts');
  const folder = wanted.csv;
  const html = wanted.html ?? (wanted.markdown === undefined && wanted.pdf === undefined && folder === undefined ? usual : undefined);
  return [
    ...(html === undefined ? [] : [{ file: html, content: renderHtml(report) }]),
    ...(wanted.pdf === undefined ? [] : [{ file: wanted.pdf, content: await printPdf(renderHtml(report), thisMachine(env), asked) }]),
    ...(wanted.markdown === undefined ? [] : [{ file: wanted.markdown, content: renderMarkdown(report) }]),
    ...(folder === undefined ? [] : [...reportCsv(input)].map(([name, content]) => ({ file: join(folder, name), content }))),
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
