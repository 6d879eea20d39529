/** The sentences about what stands in the way of a table: rows of another length, cells that are no numbers. */
import { LabError } from '../../contract/errors.ts';
import type { Trouble } from './csvColumns.ts';
import { isAnyNumber } from './csvDecimal.ts';
import { delimiterTitle } from './csvDialect.ts';
import { parseNumber } from './csvNumbers.ts';
import type { RaggedRow, TablePass } from './csvPass.ts';
import type { TablePlan } from './csvPlan.ts';
import { largestNumber } from '../limits.ts';

/** A row with more or fewer values than the header, with what probably is the reason. */
export function raggedTable(path: string, plan: TablePlan, { ragged, raggedRows, rows }: TablePass): LabError {
  const first = ragged[0] ?? { line: 1, values: 0, hasBackslashQuote: false, hasGroups: false };
  const { names, layout } = plan;
  const counted =
    `${first.values} ${first.values === 1 ? 'value' : 'values'}, but the ${layout.header === null ? 'first row' : 'header'} ` +
    `has ${names.length} ${names.length === 1 ? 'column' : 'columns'}`;
  const others = raggedRows > 1 && rows > 0 ? ` Other rows with a wrong number of values: ${listed(ragged.slice(1), raggedRows - 1)}.` : '';
  return new LabError('bad-input', `${path}, row ${first.line}: ${counted}.${others} ${helpFor(plan, first)}`);
}

function listed(rows: readonly RaggedRow[], count: number): string {
  const lines = rows.map(({ line }) => line).join(', ');
  return count > rows.length ? `${lines} and so on` : lines;
}

function helpFor(plan: TablePlan, { hasBackslashQuote, hasGroups }: RaggedRow): string {
  const { dialect, names, layout } = plan;
  const usual = `Put values that contain the delimiter ${delimiterTitle(dialect.delimiter)} in quotes, or set the option delimiter.`;
  if (hasGroups && dialect.delimiter === ',') return `Numbers with commas between their thousands must stand in quotes: "13,417". ${usual}`;
  if (hasBackslashQuote)
    return `Quotes inside of values are written \\${dialect.quote} here: write them twice instead (${dialect.quote}${dialect.quote}), as CSV does.`;
  const table = dialect.sample.findIndex(({ cells }) => cells.length > names.length);
  const line = dialect.sample[table]?.line;
  const isComment = /^(?:#|\/\/|%|;)/.test(layout.header?.cells[0] ?? '');
  const further = dialect.sample.slice(table, table + 50);
  const standsAbove = layout.header !== null && line !== undefined && further.length > 1 && further.every(({ cells }) => cells.length > names.length);
  const isNarrow = names.length * 2 <= (further[0]?.cells.length ?? 0);
  if (!standsAbove || table >= 30 || !(isNarrow || isComment)) return usual;
  const what = isComment ? 'Remove the comment lines above the table' : 'If a title or notes stand above the table, remove them';
  return `${what}, or set the option header to ${line}. ${usual}`;
}

/** An infinity, or a number too large for means and spreads. */
export function infiniteCell(path: string, name: string, decimal: '.' | ',', { line, cell }: Trouble): LabError {
  const isHuge = Number.isFinite(parseNumber(cell, decimal));
  const problem = isHuge ? `is larger than ${largestNumber}, which is the most that is read` : 'is not a finite number';
  return new LabError('bad-input', `${path}, row ${line}, column "${name}": "${cell}" ${problem}. Correct it, or name it in the option missing.`);
}

/** Why a column that looked like numbers is text. */
export function troubleNote(name: string, { line, cell, kind }: Trouble, isSure: boolean): string {
  switch (kind) {
    case 'precise':
      return (
        `Column "${name}" is text: "${cell}" in row ${line} is a whole number of more digits than a number can tell apart. As text no ` +
        'two values become one.'
      );
    case 'percent':
      return `Column "${name}" is text: some of its numbers have a percent sign ("${cell}" in row ${line}) and some have none. Write them alike.`;
    case 'currency':
      return `Column "${name}" is text: its numbers have different currencies ("${cell}" in row ${line}). Write them alike.`;
    default:
      return isSure && isAnyNumber(cell)
        ? `Column "${name}" is text because of "${cell}" in row ${line}: its numbers are written in two ways. Write them alike, or set the ` +
            'options decimal and thousands.'
        : `Column "${name}" is text because of "${cell}" in row ${line}.`;
  }
}

/** Columns of texts that hold numbers for the most part, with the texts that stand in the way. */
export function nearlyNumbersNote(name: string, counts: ReadonlyMap<string, number>, isMissing: (text: string) => boolean): string | null {
  if (counts.size > 100_000) return null;
  const unit = commonUnit(counts, isMissing);
  if (unit !== null)
    return `Column "${name}" is text: its numbers have "${unit.text}" behind them ("${unit.example}"). Write the numbers alone to have them read as numbers.`;
  let [numbers, total, different] = [0, 0, 0];
  const others: string[] = [];
  for (const [text, count] of counts) {
    if (isMissing(text)) continue;
    total += count;
    if (isAnyNumber(text)) {
      numbers += count;
      different++;
    } else if (others.push(text) > 5) return null;
  }
  const isNumbers = numbers * 2 > total || (different >= 5 && different > 2 * others.length);
  if (others.length === 0 || !isNumbers) return null;
  const texts = others.map((text) => `"${text}" (${counts.get(text) ?? 0})`).join(', ');
  return (
    `Column "${name}": ${numbers} of its ${total} values are numbers, the others are ${texts}. Correct them, or name them in the option ` +
    'missing to read numbers.'
  );
}

/** What stands behind the number in every text of a column: 'kg' in '12.5 kg'. */
function commonUnit(counts: ReadonlyMap<string, number>, isMissing: (text: string) => boolean): { readonly text: string; readonly example: string } | null {
  let found: { readonly text: string; readonly example: string } | null = null;
  let different = 0;
  for (const text of counts.keys()) {
    if (isMissing(text)) continue;
    const [, unit] = /^[+-]?\d[\d.,]*\s*([\p{L}\u00B0\u00B5"'][\p{L}\p{N}\u00B0/^.]{0,9})$/u.exec(text) ?? [];
    if (unit === undefined || (found !== null && found.text !== unit)) return null;
    found ??= { text: unit, example: text };
    different++;
  }
  return different >= 3 ? found : null;
}
