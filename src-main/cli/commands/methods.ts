/** `auxlab methods`: how losses can be weighted, and what to try against a symptom. It reads the list itself: --json says all of a method, also what no window
 *  shows, and needs no store. */
import type { Method, MethodNeed } from '../../methods/method.ts';
import { LabError } from '../../contract/errors.ts';
import { defineCommand, jsonOption } from '../command.ts';
import { paramLines } from '../output/paramText.ts';
import { definitionList, textTable, wrapText } from '../output/table.ts';

/** What a method is shown beside what is known before a step. */
export const needText: Readonly<Record<MethodNeed, string>> = {
  losses: 'the losses of the step',
  gramian: "the inner products of the tasks' gradients on the shared layers",
  'look-ahead': 'the losses on either side of a look ahead along the main gradient of held-out rows',
  branches: 'copies of the network that train side by side, and held-out rows to choose among them',
};

export const methods = defineCommand({
  name: 'methods',
  usage: '[ID] [--advice SYMPTOM] [--json]',
  help: 'List the weighting methods; with an ID: formula, parameters, cost and traps; with --advice: what to try against a symptom.',
  positionals: [0, 1],
  options: {
    advice: { kind: 'text', value: 'SYMPTOM', help: 'What is seen in training: a symptom of the list that "--advice list" shows.' },
    ...jsonOption,
  },
  examples: ['auxlab methods primary-pcgrad', 'auxlab methods --advice list'],
  run: async ({ positionals: [id], options }, context) => {
    const { method, methods: all } = await import('../../methods/index.ts');
    const width = Math.min(110, context.terminal.columns);
    if (options.advice !== undefined) {
      if (id !== undefined) throw new LabError('bad-input', 'Option --advice does not go with the ID of a method.');
      const { adviceText } = await import('../output/adviceText.ts');
      context.terminal.print(adviceText(options.advice, width, options.json));
    } else if (id !== undefined) {
      const chosen = method(id);
      context.terminal.print(options.json ? JSON.stringify(chosen, null, 2) : methodText(chosen, width));
    } else if (options.json) context.terminal.print(JSON.stringify(all, null, 2));
    else
      context.terminal.print(
        textTable(
          ['Method', 'Needs', 'Parameters', 'Title'],
          all.map((each) => [each.id, each.needs, Object.keys(each.params).join(', '), each.title]),
        ),
      );
    return 0;
  },
});

function methodText(method: Method, width: number): string {
  const params = paramLines(method.params);
  const section = (title: string, text: string): string => wrapText(`${title}: ${text}`, width);
  return [
    `${method.id}: ${method.title}`,
    wrapText(method.summary, width),
    '',
    section('Paper', method.paper),
    section('Formula', method.formula),
    section('When to use', method.whenToUse),
    section('Needs', needText[method.needs]),
    section('Cost', method.cost),
    ...method.traps.map((trap) => section('Trap', trap)),
    ...(params.length === 0 ? ['Parameters: none'] : ['Parameters:', definitionList(params, width)]),
  ].join('\n');
}
