/** `auxlab run`: a plan file to its verdict. */
import { resolve } from 'node:path';
import { defineCommand, jsonOption } from '../command.ts';
import { runExperiment } from '../experiment.ts';

export const run = defineCommand({
  name: 'run',
  usage: 'PLAN [--report FILE.html] [--json]',
  help: 'Run a plan file (JSON, comments allowed) to its verdict.',
  positionals: [1, 1],
  options: { report: { kind: 'text', value: 'FILE.html', help: 'Where the report goes. Default: the folder "reports" of AUXLAB_HOME.' }, ...jsonOption },
  run: async ({ positionals: [file = ''], options }, context) => {
    const { readPlanFile } = await import('../../lab/plan/planFile.ts');
    const plan = await readPlanFile(file, context.folder);
    const report = options.report === undefined ? undefined : resolve(context.folder, options.report);
    return runExperiment(context, { json: options.json, report, offer: 'plan' }, (lab, running) => lab.runPlan(plan, running));
  },
});
