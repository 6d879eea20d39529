/** `auxlab report`: an experiment's report in the formats that are asked for. */
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { LabError } from '../../contract/errors.ts';
import type { Lab } from '../../contract/lab.ts';
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
      const wanted = id === undefined ? await newestExperiment(lab) : (await lab.call('experiments.named', { id, only: 'experiment' })).id;
      for (const { file, content } of await wantedFiles(options, lab, { id: wanted, ...(notes !== undefined && { notes }) }, context)) {
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
  lab: Lab,
  about: { readonly id: string; readonly notes?: string },
  { env, home }: Context,
): Promise<readonly { readonly file: string; readonly content: string | Uint8Array }[]> {
  const written = async (format: 'html' | 'markdown'): Promise<string> => (await lab.call('report.export', { ...about, format })).content;
  const folder = wanted.csv;
  const isNone = wanted.html === undefined && wanted.markdown === undefined && wanted.pdf === undefined && folder === undefined;
  const html = isNone ? reportFile(home, about.id) : wanted.html;
  const page = html === undefined && wanted.pdf === undefined ? '' : await written('html');
  return [
    ...(html === undefined ? [] : [{ file: html, content: page }]),
    ...(wanted.pdf === undefined ? [] : [{ file: wanted.pdf, content: await printed(page, env) }]),
    ...(wanted.markdown === undefined ? [] : [{ file: wanted.markdown, content: await written('markdown') }]),
    ...(folder === undefined ? [] : (await tables(lab, about.id)).map(([name, content]) => ({ file: join(folder, name), content }))),
  ];
}

/** Printed here and not by the call, whose refusals speak of buttons: these name the options. */
async function printed(html: string, env: Context['env']): Promise<Uint8Array> {
  const { printPdf, thisMachine } = await import('../../lab/desk/printPdf.ts');
  return printPdf(html, thisMachine(env), asked);
}

/** The tables of a folder; a call gives one file, which would be their archive. */
async function tables(lab: Lab, id: string): Promise<readonly (readonly [name: string, content: string])[]> {
  const { reportCsv } = await import('../../report/csv.ts');
  return [...reportCsv({ experiment: await lab.call('experiments.show', { id }), series: lab.series(id) })];
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
