/** `auxlab example`: the main job on real images that come with the program. */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineCommand, jsonOption } from '../command.ts';
import { runExperiment } from '../experiment.ts';

const examplePlan = fileURLToPath(new URL('../../../resources/examples/fashion-heads.json', import.meta.url));

export const example = defineCommand({
  name: 'example',
  usage: '[--report FILE.html] [--json]',
  help: 'Ask on real images whether intermediate heads inside a small Inception network help, in about two minutes.',
  positionals: [0, 0],
  options: { report: { kind: 'text', value: 'FILE.html', help: 'Where the report goes. Default: the folder "reports" of AUXLAB_HOME.' }, ...jsonOption },
  run: async ({ options }, context) => {
    const { readPlanFile } = await import('../../lab/planFile.ts');
    const plan = await readPlanFile(examplePlan, context.folder);
    context.terminal.remark(`The plan of this example: ${examplePlan}`);
    const report = options.report === undefined ? undefined : resolve(context.folder, options.report);
    return runExperiment(context, { json: options.json, report }, (lab, running) => lab.runPlan(plan, running));
  },
});
