/** `auxlab resume`: goes on with what was interrupted, or adds pairs. */
import { resolve } from 'node:path';
import { optionalNumber, wholeFromOne } from '../arguments/values.ts';
import { defineCommand, jsonOption } from '../command.ts';
import { runExperiment } from '../experiment.ts';

export const resume = defineCommand({
  name: 'resume',
  usage: '[ID] [--repeats N] [--report FILE.html] [--json]',
  help: 'Go on with an interrupted experiment, or add pairs to a finished one; finished runs stay as they are.',
  positionals: [0, 1],
  options: {
    repeats: { kind: 'text', value: 'N', help: 'The number of pairs the experiment shall have in the end.' },
    report: { kind: 'text', value: 'FILE.html', help: 'Where the report goes. Default: the folder "reports" of AUXLAB_HOME.' },
    ...jsonOption,
  },
  run: async ({ positionals: [id], options }, context) => {
    const repeats = optionalNumber('repeats', options.repeats, wholeFromOne);
    const report = options.report === undefined ? undefined : resolve(context.folder, options.report);
    return runExperiment(context, { json: options.json, report, offer: 'none' }, (lab, running) =>
      lab.resume(id ?? null, { ...running, ...(repeats !== undefined && { repeats }) }),
    );
  },
});
