/** `auxlab show`: one experiment's verdict and arms. */
import { stat } from 'node:fs/promises';
import { defineCommand, jsonOption } from '../command.ts';
import { withLab } from '../context.ts';
import { reportFile } from '../../lab/paths.ts';
import { printExperiment, shownExperiment } from '../experiment.ts';

export const show = defineCommand({
  name: 'show',
  usage: 'ID [--json]',
  help: 'Show the verdict and the arms of an experiment; the first characters of its ID are enough.',
  positionals: [1, 1],
  options: jsonOption,
  run: ({ positionals: [id = ''], options }, context) =>
    withLab(context, async (lab) => {
      const document = await shownExperiment(lab, id);
      const file = reportFile(context.home, document.experimentId);
      const hasReport = await stat(file).then(
        () => true,
        () => false,
      );
      await printExperiment(context, document, options.json, hasReport ? file : null);
      return 0;
    }),
});
