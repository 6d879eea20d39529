/** A list with two equal keys ends the whole page it stands on, so no key may be a text that somebody wrote or that numbers are rounded to. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'svelte/compiler';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..', 'src-renderer');

/** Properties that hold an identity: the store, the lab or a list of ours keeps them distinct. */
const identities = ['id', 'experimentId', 'job'];

/** What else is distinct by construction, and why. */
const distinct: Readonly<Record<string, string>> = {
  'pages/run/LiveView.svelte: plan.key': 'there is one chart of each kind, and its zoom belongs to the kind',
  'pages/compare/CompareParts.svelte: plan.key': 'there is one chart of each kind, and its zoom belongs to the kind',
  'pages/data/ColumnList.svelte: column.name':
    'columns of a data set have distinct names (formats/columnNames.ts), and the field under the cursor belongs to one',
  'pages/data/ReadingOptions.svelte: name': 'options are entries of one list a format (contract/reading.ts), and the focus belongs to one',
  'pages/data/PredictCard.svelte: name': 'columns of a data set have distinct names (formats/columnNames.ts), and the focus belongs to one',
  'parts/LongTable.svelte: row': 'places of rows, counted up; scrolling keeps the rows that stay',
};

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

interface Each extends Node {
  readonly expression: Node;
  readonly context:
    (Node & { readonly properties?: readonly { readonly key?: { readonly name?: string }; readonly value?: { readonly name?: string } }[] }) | null;
  readonly index?: string;
  readonly key?: Node & { readonly name?: string; readonly property?: { readonly name?: string } };
}

/** What a taken-apart entry calls the part that a key names: 'seed' of { seed: id } for id. */
function givenName(context: Each['context'], name: string | undefined): string | undefined {
  return context?.type === 'ObjectPattern' ? context.properties?.find(({ value }) => value?.name === name)?.key?.name : name;
}

/** Every node of a tree whose shape we do not know. */
function* nodesOf(value: unknown): Iterable<Node> {
  if (typeof value !== 'object' || value === null) return;
  if ('type' in value && 'start' in value) yield value as Node; // the compiler's own nodes
  for (const child of Array.isArray(value) ? value : Object.values(value)) yield* nodesOf(child);
}

/** @returns 'pages/A.svelte: key' for every list that has no key, or one that is neither its place nor an identity */
function offenders(name: string, source: string): string[] {
  const each = [...nodesOf(parse(source, { modern: true }).fragment)].filter((node): node is Each => node.type === 'EachBlock');
  return each.flatMap((block) => {
    const { key, index, expression, context } = block;
    const text = ({ start, end }: Node): string => source.slice(start, end);
    if (key === undefined) return [`${name}: no key for ${text(expression)}`];
    const last = key.type === 'MemberExpression' ? key.property?.name : givenName(context, key.name);
    const isPlace = key.type === 'Identifier' && key.name === index;
    const isIdentity = identities.includes(last ?? '');
    // the names of an object and the words of a list written right here cannot be equal
    const isOwnName = /^Object\.entries\(/.test(text(expression)) && context !== null && text(context).startsWith(`[${text(key)},`);
    const words = /^\[('[^']*'(?:, )?)+\]/.exec(text(expression))?.[0].match(/'[^']*'/g) ?? [];
    const isWord = words.length > 0 && new Set(words).size === words.length && context !== null && text(context) === text(key);
    return isPlace || isIdentity || isOwnName || isWord ? [] : [`${name}: ${text(key)}`];
  });
}

const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.svelte'));

test('every list of the window is keyed by an identity, by place, or by what cannot be equal', () => {
  const found = files.flatMap((name) => offenders(name.replaceAll('\\', '/'), readFileSync(join(root, name), 'utf8')));
  expect(files.length).toBeGreaterThan(80);
  expect([...new Set(found)].sort()).toEqual(Object.keys(distinct).sort());
});

test('a key by a text is found, and so is a list without a key', () => {
  const source = `{#each lines as line (line.label)}{#each words as word}{word}{/each}{/each}{#each runs as { seed: id } (id)}{id}{/each}`;
  expect(offenders('x', source)).toEqual(['x: line.label', 'x: no key for words', 'x: id']);
});
