/** `auxlab list`: what has been asked so far. */
import { defineCommand, jsonOption } from '../command.ts';
import { withLab } from '../context.ts';
import { textTable } from '../output/table.ts';
import { program } from '../../contract/programName.ts';

export const list = defineCommand({
  name: 'list',
  usage: '[--json]',
  help: 'List all experiments with their verdicts, newest first.',
  positionals: [0, 0],
  options: jsonOption,
  run: ({ options }, context) =>
    withLab(context, async (lab) => {
      const experiments = (await lab.call('experiments.list', {})).sort((a, b) => b.created.localeCompare(a.created));
      if (options.json) context.terminal.print(JSON.stringify(experiments, null, 2));
      else if (experiments.length === 0) context.terminal.print(`No experiments yet. "${program} example" runs the first one.`);
      else {
        const rows = experiments.map(({ experimentId, name, created, status, verdict, runs, finishedRuns, imported }) => [
          experimentId,
          name,
          created.slice(0, 16).replace('T', ' '),
          imported === null ? status : `${status}, imported`,
          verdict,
          `${finishedRuns}/${runs}`,
        ]);
        context.terminal.print(textTable(['ID', 'Name', 'Created (UTC)', 'Status', 'Verdict', 'Runs'], rows));
      }
      return 0;
    }),
});
