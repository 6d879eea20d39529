/** `auxlab networks`: the networks, and where heads can sit in each. */
import type { CallArguments } from '../../contract/calls.ts';
import { unknownName } from '../../contract/errors.ts';
import type { ParamSpecs } from '../../contract/params.ts';
import { defineCommand, jsonOption } from '../command.ts';
import { paramLines } from '../output/paramText.ts';
import { definitionList, textTable, wrapText } from '../output/table.ts';

type Input = CallArguments<'catalog.network'>['input'];

/** The depths of a network do not depend on the size of its input, so any size that fits will do to ask for them. */
const exampleInputs: Readonly<Record<Input['kind'], Input>> = {
  table: { kind: 'table', shape: [16] },
  image: { kind: 'image', shape: [224, 224, 3] },
  sequence: { kind: 'sequence', shape: [32, 8] },
};

export const networks = defineCommand({
  name: 'networks',
  usage: '[ID] [--json]',
  help: 'List the networks; with an ID: its parameters and the depths at which heads can sit.',
  positionals: [0, 1],
  options: jsonOption,
  run: async ({ positionals: [id], options }, context) => {
    const { catalogHandlers } = await import('../../lab/desk/handlers/catalog.ts');
    const catalog = catalogHandlers(); // asked themselves, because what there is is known without a store
    const known = await catalog['catalog.networks']({});
    const chosen = id === undefined ? known : known.filter((entry) => entry.id === id);
    if (id !== undefined && chosen.length === 0)
      throw unknownName(
        'network',
        id,
        known.map((entry) => entry.id),
      );
    const wanted = await Promise.all(
      chosen.map(async ({ id: network, title, summary, paper, inputs, params }): Promise<NetworkEntry> => {
        const [kind = 'table'] = inputs;
        const { depths } = await catalog['catalog.network']({ id: network, params: {}, input: exampleInputs[kind], heads: [] });
        return { id: network, title, summary, paper, inputs, params, depths: [...depths, 'end'] };
      }),
    );
    const width = Math.min(110, context.terminal.columns);
    if (options.json) context.terminal.print(JSON.stringify(id === undefined ? wanted : wanted[0], null, 2));
    else if (id === undefined)
      context.terminal.print(
        textTable(
          ['Network', 'Takes', 'Depths for heads', 'Title'],
          wanted.map((entry) => [entry.id, entry.inputs.join(', '), String(entry.depths.length - 1), entry.title]),
        ),
      );
    else context.terminal.print(wanted.map((entry) => networkText(entry, width)).join('\n'));
    return 0;
  },
});

interface NetworkEntry {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly paper: string | null;
  readonly inputs: readonly string[];
  readonly params: ParamSpecs;
  readonly depths: readonly string[];
}

function networkText(entry: NetworkEntry, width: number): string {
  const params = paramLines(entry.params);
  return [
    `${entry.id}: ${entry.title}`,
    wrapText(entry.summary, width),
    ...(entry.paper === null ? [] : [wrapText(`Paper: ${entry.paper}`, width)]),
    '',
    `Takes: ${entry.inputs.join(', ')}`,
    wrapText(`Depths for heads: ${entry.depths.join(', ')}`, width),
    ...(params.length === 0 ? ['Parameters: none'] : ['Parameters:', definitionList(params, width)]),
  ].join('\n');
}
