/** `auxlab import`: an experiment that somebody exported as one file. */
import { resolve } from 'node:path';
import { defineCommand, exitCode, jsonOption } from '../command.ts';
import { withLab } from '../context.ts';
import { printExperiment } from '../experiment.ts';

export const importBundle = defineCommand({
  name: 'import',
  usage: 'FILE.auxlab [--json]',
  help: 'Take in an experiment that was exported as one file, and show it, marked as imported. It trains nothing and opens no data.',
  positionals: [1, 1],
  options: jsonOption,
  examples: ['auxlab import 261124-153012-k7qf.auxlab'],
  run: ({ positionals: [file = ''], options }, context) =>
    withLab(context, async (lab) => {
      const { id, isNew } = await lab.call('bundle.import', { path: resolve(context.folder, file) });
      context.terminal.remark(isNew ? `Imported as ${id}.` : `Experiment ${id} is here already and was left as it is.`);
      await printExperiment(context, await lab.call('experiments.show', { id }), options.json, null);
      return exitCode.ok;
    }),
});
