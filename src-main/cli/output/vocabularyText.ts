/** The words that a plan can use, as the terminal lists them. */
import type { Word, WordList } from '../../vocabulary/index.ts';
import { paramLines } from './paramText.ts';
import { definitionList, wrapText } from './table.ts';

export function overviewText({ title, option, words }: WordList, width: number): string {
  return [
    `${title} (--${option})`,
    definitionList(
      words.map(({ id, help }) => [id, help]),
      width,
    ),
  ].join('\n');
}

export function detailText({ title, option, words }: WordList, width: number): string {
  return [`${title} (--${option})`, ...words.map((word) => wordText(word, width))].join('\n\n');
}

function wordText({ id, title, help, source, params = {} }: Word, width: number): string {
  const lines = paramLines(params);
  return [
    `${id}: ${title}`,
    wrapText(help, width),
    ...(source === undefined ? [] : [wrapText(`Source: ${source}`, width)]),
    ...(lines.length === 0 ? [] : ['Parameters:', definitionList(lines, width)]),
  ].join('\n');
}
