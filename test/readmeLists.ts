/** The lists of the README that follow from the code's own: each stands between `<!-- NAME, written by npm run readme -->` and `<!-- /NAME -->`. */
import { readFileSync } from 'node:fs';
import { format, type Options } from 'prettier';
import { needText } from '../src-main/cli/commands/methods.ts';
import { formats } from '../src-main/formats/index.ts';
import { methods } from '../src-main/methods/index.ts';
import { networks } from '../src-main/networks/index.ts';
import { vocabulary, type Word } from '../src-main/vocabulary/index.ts';

const style = JSON.parse(readFileSync(new URL('prettier.config.json', import.meta.url), 'utf8')) as Options; // our own file

const lists: Readonly<Record<string, () => string>> = {
  formats: () => list('Data formats', 'format', formats.map(formatItem)),
  networks: () =>
    list(
      'Networks',
      'network',
      networks.map(({ id, inputs, summary }) => `\`${id}\` (${inputs.join(', ')}): ${escaped(summary)}`),
    ),
  vocabulary: () => vocabulary.map(({ title, option, words }) => list(title, option, words.map(wordItem))).join('\n\n'),
  methods: () => list('Methods', 'method', methodItems()),
};

function list(title: string, option: string, items: readonly string[]): string {
  return [`**${title}** (\`--${option}\`)`, '', ...items.map((item) => `- ${item}`)].join('\n');
}

function formatItem({ id, title, extensions, help }: (typeof formats)[number]): string {
  return `\`${id}\`, ${title}${extensions.length === 0 ? '' : ` (${extensions.join(', ')})`}: ${escaped(help)}`;
}

function wordItem({ id, params, help, source }: Word): string {
  const names = Object.keys(params ?? {}).map((name) => `\`${name}\``);
  return `\`${id}\`${names.length === 0 ? '' : ` (${names.join(', ')})`}: ${escaped(help)}${source === undefined ? '' : ` _${source}_`}`;
}

/** One a need, with the methods that have it. */
function methodItems(): string[] {
  const needs = [...new Set(methods.map((method) => method.needs))];
  return needs.map((need) => {
    const ids = methods.filter((method) => method.needs === need).map(({ id }) => `\`${id}\``);
    return `Shown ${needText[need]}: ${ids.join(', ')}`;
  });
}

function escaped(text: string): string {
  return text.replaceAll('*', '\\*');
}

/** The README with its lists as the code has them now.  @throws Error where a list has no place in it */
export async function withLists(readme: string): Promise<string> {
  let text = readme;
  for (const [name, written] of Object.entries(lists)) {
    const begins = `<!-- ${name}, written by npm run readme -->\n`;
    const ends = `\n<!-- /${name} -->`;
    const [from, to] = [text.indexOf(begins), text.indexOf(ends)];
    if (from < 0 || to < from) throw new Error(`The README has no place for the list of ${name}: put it between "${begins.trim()}" and "${ends.trim()}".`);
    text = `${text.slice(0, from)}${begins}\n${written()}\n${text.slice(to)}`;
  }
  return format(text, { ...style, parser: 'markdown' });
}
