/** A table block as HTML: caption, column headings, the first cell of a row marked with its arm. */
import type { Cell, Column, TableBlock } from '../../contract/blocks.ts';
import { armSymbol, element, escapeText } from '../charts/svg.ts';

export function htmlTable(block: TableBlock): string {
  const head = block.columns.map((column) => element('th', { scope: 'col', class: column.align === 'right' ? 'number' : undefined }, escapeText(column.title)));
  const rows = block.rows.map((cells) => element('tr', {}, ...cells.map((cell, i) => htmlCell(cell, block.columns[i]))));
  return element(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': block.caption },
    element(
      'table',
      {},
      element('caption', {}, element('span', {}, escapeText(block.caption))),
      element('thead', {}, element('tr', {}, ...head)),
      element('tbody', {}, ...rows),
    ),
  );
}

function htmlCell(cell: Cell, column: Column | undefined): string {
  const text = escapeText(cell.text);
  const sign = cell.arm === undefined ? '' : element('svg', { viewBox: '-7 -7 14 14', 'aria-hidden': 'true' }, armSymbol(cell.arm, 0, 0, 80));
  const content = column?.code === true ? `<code>${text}</code>` : cell.strong === true ? `<b>${text}</b>` : text;
  const name = [column?.align === 'right' ? 'number' : '', cell.arm === undefined ? '' : 'armed'].filter((part) => part !== '').join(' ');
  return element('td', { class: name === '' ? undefined : name }, sign + content);
}
