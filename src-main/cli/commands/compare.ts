/** `auxlab compare`: the quick form of a plan. */
import { resolve } from 'node:path';
import type { Lab } from '../../contract/lab.ts';
import { comparePlan, planOptions, specsById } from '../arguments/comparePlan.ts';
import type { PlanLookups } from '../arguments/comparePlan.ts';
import { defineCommand, jsonOption } from '../command.ts';
import { runExperiment } from '../experiment.ts';
import { inspectedData } from '../inspectedData.ts';
import { checkWritable } from '../output/files.ts';
import { program } from '../../contract/programName.ts';

export const compare = defineCommand({
  name: 'compare',
  usage: 'DATA --main TARGET [--aux TARGET[=WEIGHT]]... [--heads N[=WEIGHT]] [OPTIONS]',
  help:
    'Train a baseline and auxiliary arms as matched pairs on DATA (a file, a folder or sample:NAME) ' +
    'and say whether the auxiliary loss makes the main task better.',
  positionals: [1, 1],
  options: {
    ...planOptions,
    report: { kind: 'text', value: 'FILE.html', help: 'Where the report goes. Default: the folder "reports" of AUXLAB_HOME.' },
    'save-plan': { kind: 'text', value: 'FILE', help: `Also write the plan, for "${program} run".` },
    ...jsonOption,
  },
  examples: [
    'auxlab compare sample:digits --main digit --heads 2=0.3 --network cnn --epochs 5',
    'auxlab compare cars.csv --main mpg --aux horsepower=0.3 --repeats 12',
    'auxlab compare cars.csv --main mpg --aux horsepower --method fixed --method primary-pcgrad --schedule curriculum:from=2,to=5',
  ],
  run: async ({ positionals: [source = ''], options }, context) => {
    const report = options.report === undefined ? undefined : resolve(context.folder, options.report);
    const savePlan = options['save-plan'];
    if (savePlan !== undefined) await checkWritable(resolve(context.folder, savePlan));
    return runExperiment(context, { json: options.json, report, offer: 'options' }, async (lab, running) => {
      const { absoluteSource, writePlanFile } = await import('../../lab/plan/planFile.ts');
      const plan = await comparePlan(absoluteSource(source, context.folder), options, await planLookups(lab, context.folder));
      if (savePlan !== undefined) {
        await lab.checkPlan(plan); // no call: a plan may be larger than a question
        writePlanFile(savePlan, plan, context.folder);
      }
      return lab.runPlan(plan, running);
    });
  },
});

async function planLookups(lab: Lab, folder: string): Promise<PlanLookups> {
  const { headDepths } = await import('../../lab/plan/headDepths.ts');
  return {
    placed: (path) => resolve(folder, path),
    methods: specsById(await lab.call('catalog.methods', {})),
    networks: specsById(await lab.call('catalog.networks', {})),
    headDepths: async (data, network) => headDepths(network, (await inspectedData(lab, data)).input),
  };
}
