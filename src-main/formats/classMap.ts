/** Names of classes from a classmap.csv beside the arrays (KMNIST): a column index and a column char, name, class or label. */
import { join } from 'node:path';
import { LabError } from '../contract/errors.ts';
import { isLabelName } from './arrays/arrayNames.ts';
import { decodeText } from './tables/csvEncoding.ts';
import type { RawColumn, RawDataset } from './format.ts';
import { wholeOf } from './numbers/numbers.ts';
import { listFolder, readBytes } from './source.ts';

/** The data with its codes of classes by their names; as it is when there is no such file, or several.
 *  @throws LabError when a code has no name */
export async function withClassMap(folder: string, data: RawDataset): Promise<RawDataset> {
  const found = (await listFolder(folder)).filter((name) => /(?:^|[-_.])class_?map\.csv$/i.test(name));
  const [name] = found;
  const labels = data.columns.filter(({ kind, name: column }) => kind === 'number' && isLabelName(column));
  const [label] = labels;
  if (name === undefined || found.length > 1 || label === undefined || labels.length > 1) return data;
  const path = join(folder, name);
  const names = readNames(path, decodeText(path, await readBytes(path)).bytes.toString('utf8'));
  const columns = data.columns.map((column) => (column === label ? named(path, column, names) : column));
  return { ...data, columns, notes: [...data.notes, `Names of the classes of "${label.name}" from ${name}: ${names.size}.`] };
}

function readNames(path: string, text: string): Map<number, string> {
  const [header = [], ...rows] = text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line) => line.split(',').map((cell) => cell.trim().replace(/^"(.*)"$/, '$1')));
  const heads = header.map((head) => head.toLowerCase());
  const code = heads.findIndex((head) => ['index', 'code', 'id', 'label'].includes(head));
  const word = heads.findIndex((head, at) => at !== code && ['char', 'name', 'class', 'classname', 'class_name', 'label'].includes(head));
  if (code < 0 || word < 0) throw new LabError('bad-input', `${path} needs a column index and a column char or name. Found: ${header.join(', ')}.`);
  return new Map(rows.map((cells) => [Number(cells[code] ?? ''), cells[word] ?? '']));
}

function named(path: string, column: RawColumn, names: ReadonlyMap<number, string>): RawColumn {
  if (column.kind !== 'number') return column;
  const values = Array.from(wholeOf(column.values), (value, row) => {
    if (Number.isNaN(value)) return null;
    const name = names.get(value);
    if (name === undefined) throw new LabError('bad-input', `${path} names no class ${value}, which is the "${column.name}" of row ${row + 1}.`);
    return name;
  });
  return { name: column.name, kind: 'text', values };
}
