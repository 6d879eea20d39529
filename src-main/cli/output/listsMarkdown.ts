/** The lists of methods and networks as the README has them. */
import type { Method, MethodNeed } from '../../methods/method.ts';

/** What a method is shown beside what is known before a step. */
export const needText: Readonly<Record<MethodNeed, string>> = {
  losses: 'the losses of the step',
  gramian: "the inner products of the tasks' gradients on the shared layers",
  'look-ahead': 'the losses on either side of a look ahead along the main gradient of held-out rows',
  branches: 'copies of the network that train side by side, and held-out rows to choose among them',
};

/** One line a need, with the methods that have it. */
export function methodsMarkdown(methods: readonly Method[]): string {
  const needs = [...new Set(methods.map((method) => method.needs))];
  const lines = needs.map((need) => {
    const ids = methods.filter((method) => method.needs === need).map(({ id }) => `\`${id}\``);
    return `- Shown ${needText[need]}: ${ids.join(', ')}`;
  });
  return ['**Methods** (`--method`)', '', ...lines].join('\n');
}

/** One line a network. */
export function networksMarkdown(networks: readonly { readonly id: string; readonly inputs: readonly string[]; readonly summary: string }[]): string {
  const lines = networks.map(({ id, inputs, summary }) => `- \`${id}\` (${inputs.join(', ')}): ${summary}`);
  return ['**Networks** (`--network`)', '', ...lines].join('\n');
}
