/** `auxlab vocabulary`: metrics, losses, schedules and optimizers, with their parameters and sources. */
import { unknownName } from '../../contract/errors.ts';
import { vocabulary as lists } from '../../vocabulary/index.ts';
import { defineCommand, jsonOption } from '../command.ts';
import { detailText, overviewText } from '../output/vocabularyText.ts';

export const vocabulary = defineCommand({
  name: 'vocabulary',
  usage: '[OPTION] [--json]',
  help: 'List what --metric, --loss, --schedule, --optimizer and --learning-rate-schedule take; with one of them: parameters, ranges and sources.',
  positionals: [0, 1],
  options: jsonOption,
  examples: ['auxlab vocabulary', 'auxlab vocabulary optimizer'],
  run: ({ positionals: [name], options }, context) => {
    const option = name?.replace(/^--/, '');
    const wanted = lists.filter((list) => option === undefined || list.option === option);
    if (option !== undefined && wanted.length === 0)
      throw unknownName(
        'option',
        option,
        lists.map((list) => list.option),
      );
    const width = Math.min(110, context.terminal.columns);
    const text = option === undefined ? overviewText : detailText;
    if (options.json) context.terminal.print(JSON.stringify(wanted, null, 2));
    else context.terminal.print(wanted.map((list) => text(list, width)).join('\n\n'));
    return Promise.resolve(0);
  },
});
