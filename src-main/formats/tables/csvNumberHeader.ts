/** Headers whose names are numbers: 0,1,2,... as programs count columns, 0,0.1,0.2,... as pandas makes equal names different, years. */

const leastCounted = 3;

/** Whether a first row is such a header. The rows below must not look the same: they would then be data that count too.
 *  @param rows some rows below it */
export function headerIsNumbers(first: readonly string[], rows: readonly (readonly string[])[]): boolean {
  if (first.length < leastCounted || rows.length === 0) return false;
  const named = first.filter((cell) => cell !== '');
  if (new Set(named).size < named.length) return false;
  return isCounted(first, rows) || isMangled(first, rows);
}

/** Most cells are whole numbers one step apart, the others are words or the one empty name of an index. */
function isCounted(first: readonly string[], rows: readonly (readonly string[])[]): boolean {
  const span = countedSpan(first);
  if (span === null || first.some((cell, column) => (column < span.start || column >= span.end) && cell !== '' && /^[\d.,+-]+$/.test(cell))) return false;
  const columns = Array.from({ length: span.end - span.start }, (_, i) => span.start + i);
  const counting = rows.filter((row) => countsAlong(columns.map((column) => row[column] ?? ''))).length;
  if (counting > rows.length / 10) return false;
  const words = first.filter((cell, column) => (column < span.start || column >= span.end) && /\p{L}/u.test(cell)).length;
  const isIndexed = first[0] === '' && rows.every((row) => row[0] !== ''); // the nameless index of pandas
  if (columns.length >= 5 || words > 0 || isIndexed) return true;
  const repeated = columns.filter((column) => rows.some((row) => row[column] === first[column])).length;
  return repeated <= columns.length / 2; // 0, 1, 2 is also an honest row of small numbers
}

/** The longest run of cells that count up, if it is most of the row. */
function countedSpan(first: readonly string[]): { readonly start: number; readonly end: number } | null {
  let best = { start: 0, end: 0 };
  for (let start = 0; start < first.length; start = Math.max(best.start === start ? best.end : 0, start + 1)) {
    let end = start + 1;
    while (end < first.length && countsAlong(first.slice(end - 1, end + 1)) && (end - start < 2 || step(first, end) === step(first, start + 1))) end++;
    if (end - start > best.end - best.start) best = { start, end };
  }
  const length = best.end - best.start;
  const others = first.length - length;
  return length >= leastCounted && length >= others ? best : null;
}

function step(cells: readonly string[], at: number): number {
  return Number(cells[at]) - Number(cells[at - 1]);
}

/** Whole numbers that grow by the same step, 1 or that of years. */
function countsAlong(cells: readonly string[]): boolean {
  if (cells.some((cell) => !/^\d{1,6}$/.test(cell) || (cell.length > 1 && cell.startsWith('0')))) return false;
  const by = step(cells, 1);
  const areYears = cells.every((cell) => /^(?:1[5-9]|20)\d\d$/.test(cell));
  if (!(by === 1 || (areYears && by > 0))) return false;
  return cells.every((_, at) => at === 0 || step(cells, at) === by);
}

/** 0,0.1,0.2 or 7,0,0.1,18,18.1: a row of data that pandas once took for the header, equal names numbered. */
function isMangled(first: readonly string[], rows: readonly (readonly string[])[]): boolean {
  if (mangledShare(first) < 0.4) return false;
  const alike = rows.filter((row) => mangledShare(row) >= 0.4).length;
  const numbered = first.flatMap((cell, column) => (cell.includes('.') ? [column] : []));
  const whole = numbered.filter((column) => rows.filter((row) => /^\d+$/.test(row[column] ?? '')).length > rows.length / 2).length;
  return alike <= rows.length / 10 && whole > numbered.length / 2;
}

/** Share of cells that are an earlier cell with the next number behind it. */
function mangledShare(cells: readonly string[]): number {
  const next = new Map<string, number>();
  let numbered = 0;
  for (const cell of cells) {
    const [, base = '', number = ''] = /^(.+)\.(\d+)$/.exec(cell) ?? [];
    if (next.get(base) === Number(number) && number !== '') {
      next.set(base, Number(number) + 1);
      numbered++;
    } else next.set(cell, 1);
  }
  return numbered / cells.length;
}
