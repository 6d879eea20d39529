/** Runs an experiment in front of a person or a program: progress while it runs, then report, document and exit code. It trains in the foreground and not by
 *  a call: a terminal is asked before a long training, draws every picture of it, and ends with it. */
import { LabError } from '../contract/errors.ts';
import { askAboveMs, mayExceed, type Forecast } from '../contract/forecast.ts';
import type { ExperimentProgress, Lab, RunOptions } from '../contract/lab.ts';
import { program } from '../contract/programName.ts';
import type { ExperimentDocument } from '../contract/results.ts';
import { reportFile } from '../lab/paths.ts';
import { exitCode } from './command.ts';
import { withLab } from './context.ts';
import type { Context } from './context.ts';
import { checkWritable, writeWhole } from './output/files.ts';
import { forecastText, roughTime, type Offer } from './output/forecastText.ts';
import { progressView } from './output/progress.ts';

export interface Presentation {
  readonly json: boolean;
  readonly report?: string | undefined; // an absolute path; default: in the folder of reports
  readonly offer: Offer; // how a smaller experiment would be asked for
}

/** @returns the exit code: 0 whatever the verdict, 3 when runs failed, 130 when interrupted */
export async function runExperiment(
  context: Context,
  wanted: Presentation,
  work: (lab: Lab, options: RunOptions) => Promise<ExperimentDocument>,
): Promise<number> {
  if (wanted.report !== undefined) await checkWritable(wanted.report);
  return withLab(context, async (lab) => {
    const view = progressView(context.terminal, context.now);
    let isTraining = false;
    const onProgress = (progress: ExperimentProgress): void => {
      isTraining = progress.totalRuns > 0;
      view.show(progress);
    };
    const tellPause = (): void => {
      if (isTraining) context.terminal.remark('Runs in training write their checkpoints first.');
    };
    context.signal.addEventListener('abort', tellPause, { once: true });
    let document: ExperimentDocument;
    try {
      document = await work(lab, { onProgress, onForecast: (forecast) => agree(context, forecast, wanted), signal: context.signal });
    } finally {
      context.signal.removeEventListener('abort', tellPause);
      view.end();
    }
    return present(context, lab, document, wanted);
  });
}

/** Says how long it takes, and asks a person who is there before a long one. */
async function agree({ terminal, signal }: Context, forecast: Forecast, { json, offer }: Presentation): Promise<boolean> {
  for (const sentence of forecastText(forecast, offer)) terminal.remark(sentence);
  if (json || terminal.ask === null || !mayExceed(forecast, askAboveMs)) return true;
  return terminal.ask(`Train for ${roughTime(forecast)}?`, signal);
}

async function present(context: Context, lab: Lab, document: ExperimentDocument, wanted: Presentation): Promise<number> {
  const file = wanted.report ?? reportFile(context.home, document.experimentId);
  const unwritten = await writeHtmlReport(lab, document.experimentId, file).catch((error: unknown) => ({ error }));
  await printExperiment(context, document, wanted.json, unwritten === undefined ? file : null);
  if (unwritten !== undefined) throw unwritten.error; // the results are in the store and have been said: only the page is missing
  if (document.status === 'interrupted') {
    context.terminal.remark(`Interrupted. Finished runs are kept; go on with: ${program} resume ${document.experimentId}`);
    return exitCode.interrupted;
  }
  return exitCodeOf(document);
}

async function writeHtmlReport(lab: Lab, id: string, file: string): Promise<void> {
  await writeWhole(file, await lab.call('experiments.report', { id }));
}

/** Prints the document as JSON or as text for people. */
export async function printExperiment(context: Context, document: ExperimentDocument, json: boolean, reportPath: string | null): Promise<void> {
  if (json) {
    context.terminal.print(JSON.stringify(document, null, 2));
    return;
  }
  const { verdictText } = await import('./output/verdictText.ts');
  context.terminal.print(verdictText(document, { colour: context.terminal.colour, reportFile: reportPath, width: Math.min(110, context.terminal.columns) }));
}

function exitCodeOf(document: ExperimentDocument): number {
  const hasFailed = document.status === 'failed' || document.arms.some(({ runs }) => runs.some(({ status }) => status === 'failed'));
  return hasFailed ? exitCode.runsFailed : exitCode.ok;
}

/** The id of the newest experiment, for commands whose ID may be left out.
 *  @throws LabError not-found when there is none */
export async function newestExperiment(lab: Lab): Promise<string> {
  const newest = (await lab.call('experiments.list', {})).sort((a, b) => b.created.localeCompare(a.created))[0];
  if (newest === undefined) throw new LabError('not-found', `There is no experiment yet. "${program} example" runs the first one.`);
  return newest.experimentId;
}

/** The experiment that a person named by the beginning of its ID.  @throws LabError not-found */
export async function shownExperiment(lab: Lab, id: string): Promise<ExperimentDocument> {
  const named = await lab.call('experiments.named', { id, only: 'experiment' });
  return lab.call('experiments.show', { id: named.id });
}
