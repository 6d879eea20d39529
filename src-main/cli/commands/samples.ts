/** `auxlab samples`: the data sets that come with the program, as their own list has them: it needs no store. */
import { defineCommand, jsonOption } from '../command.ts';
import { wrapText } from '../output/table.ts';
import { program } from '../../contract/programName.ts';
import { samples as all, type Sample } from '../../contract/samples.ts';

export const samples = defineCommand({
  name: 'samples',
  usage: '[--json]',
  help: 'List the data sets that come with the program, to be used as sample:NAME.',
  positionals: [0, 0],
  options: jsonOption,
  run: ({ options }, context) => {
    const width = Math.min(110, context.terminal.columns);
    context.terminal.print(options.json ? JSON.stringify(all, null, 2) : all.map((sample) => sampleText(sample, width)).join('\n\n'));
    return Promise.resolve(0);
  },
});

function sampleText(sample: Sample, width: number): string {
  const aux = sample.auxiliaries.map((target) => ` --aux ${target}`).join('') || ' --heads 1';
  return [
    `sample:${sample.id}  ${sample.title}`,
    wrapText(`${sample.sentence} ${sample.source}; ${sample.licence}.`, width, '  '),
    `  ${program} compare sample:${sample.id} --main ${sample.main}${aux}`,
  ].join('\n');
}
