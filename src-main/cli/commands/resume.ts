/** `auxlab resume`: goes on with what was interrupted, or adds pairs. */
import { resolve } from 'node:path';
import { optionalNumber, wholeFromOne } from '../arguments/values.ts';
import type { ExperimentDocument } from '../../contract/results.ts';
import { defineCommand, jsonOption } from '../command.ts';
import type { Context } from '../context.ts';
import { runExperiment, shownExperiment } from '../experiment.ts';

export const resume = defineCommand({
  name: 'resume',
  usage: '[ID] [--repeats N] [--data PATH] [--report FILE.html] [--json]',
  help:
    'Go on with an interrupted experiment, or add pairs to a finished one; finished runs stay as they are. ' +
    'An imported experiment is left out unless its ID is given, and trains only on data that you name or agree to.',
  positionals: [0, 1],
  options: {
    repeats: { kind: 'text', value: 'N', help: 'The number of pairs the experiment shall have in the end.' },
    data: { kind: 'text', value: 'PATH', help: 'Where the data lie now. Their content must be what the experiment was trained on.' },
    report: { kind: 'text', value: 'FILE.html', help: 'Where the report goes. Default: the folder "reports" of AUXLAB_HOME.' },
    ...jsonOption,
  },
  run: async ({ positionals: [id], options }, context) => {
    const repeats = optionalNumber('repeats', options.repeats, wholeFromOne);
    const report = options.report === undefined ? undefined : resolve(context.folder, options.report);
    const { absoluteSource } = await import('../../lab/plan/planFile.ts');
    const data = options.data === undefined ? undefined : absoluteSource(options.data, context.folder);
    return runExperiment(context, { json: options.json, report, offer: 'none' }, async (lab, running) => {
      const isConfirmed = id !== undefined && data === undefined && (await agrees(await shownExperiment(lab, id), repeats, context));
      return lab.resume(id ?? null, { ...running, isConfirmed, ...(repeats !== undefined && { repeats }), ...(data !== undefined && { data }) });
    });
  },
});

/** Whether the person agrees that an imported experiment opens the data that it names, and trains. Where there is nobody to ask, the lab refuses. */
async function agrees(
  { experimentId, imported, plan, arms }: ExperimentDocument,
  repeats: number | undefined,
  { terminal, signal }: Context,
): Promise<boolean> {
  if (imported === null || terminal.ask === null) return false;
  const open = arms.flatMap(({ runs }) => runs).filter(({ status }) => status !== 'finished' && status !== 'cancelled').length;
  const more = repeats === undefined ? 0 : Math.max(0, repeats - plan.repeats) * arms.length;
  if (open + more === 0) return false;
  const runs = open + more === 1 ? 'a run' : `${open + more} runs`;
  const named = [plan.data.source, ...Object.values(plan.data.parts ?? {})].map((path) => JSON.stringify(path));
  return terminal.ask(`Experiment ${experimentId} was imported. It would open ${named.join(' and ')} and train ${runs}. Go on?`, signal);
}
