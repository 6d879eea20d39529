/** Reads Excel workbooks (.xlsx): one sheet as a table. The archive is checked and unpacked by our own reader, and only its XML is handed on. */
import { LabError, nearestNames } from '../../contract/errors.ts';
import { readTable } from './csv.ts';
import type { Format, RawDataset, ReadOptions } from '../format.ts';
import { sheetTable } from './xlsxSheet.ts';
import type { Cell } from './xlsxSheet.ts';
import { packZip } from '../archives/writeZip.ts';
import { openArchive } from '../archives/zipArchive.ts';

export const xlsx: Format = {
  id: 'xlsx',
  title: 'Excel workbook',
  extensions: ['.xlsx', '.xlsm'],
  help: 'A workbook with a table in one of its sheets; the first that has one is read unless another is named. Titles above the table are left out.',
  opens: ['zip'],
  startsAs: ({ packing, entries }) => packing === 'zip' && entries.some((name) => /^xl\/workbook\.xml$/i.test(name)),
  match: ({ path, isDirectory }) => !isDirectory && /\.xls[xm]$/i.test(path),
  read,
};

interface Sheet {
  readonly name: string;
  readonly rows: readonly (readonly Cell[])[];
}

async function read(path: string, options: ReadOptions): Promise<RawDataset> {
  const sheets = await readSheets(path);
  const { sheet, notes } = chosenSheet(path, sheets, options.sheet);
  const where = `${path}, sheet "${sheet.name}"`;
  const { text, textNames, header, notes: tableNotes } = sheetTable(where, sheet.rows, options.header);
  const { header: _, ...others } = options;
  const told: ReadOptions = { ...others, delimiter: ',', encoding: 'utf-8', decimal: '.', ...(header !== undefined && { header }) };
  const table = readTable(where, text, told, textNames);
  const found: ReadOptions = { sheet: sheet.name, header: table.found?.header !== false };
  return { format: 'xlsx', rows: table.rows, columns: table.columns, notes: [...notes, ...tableNotes, ...table.notes], found };
}

/** All sheets, in the order of the workbook.  @throws LabError when it is damaged or unpacks to too much */
async function readSheets(path: string): Promise<Sheet[]> {
  const content = await checkedContent(path);
  const { default: readXlsxFile } = await import('read-excel-file/node');
  try {
    const sheets = await readXlsxFile(content);
    // Charts have no data
    return sheets.map(({ sheet, data }) => ({ name: sheet, rows: ((data as typeof data | undefined) ?? []).map((row) => row.map(cellOf)) }));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.replace(/\.$/, '') : String(cause);
    throw new LabError('bad-input', `${path} cannot be read as an Excel workbook: ${why}. Open it in a spreadsheet program and save it again, or as CSV.`, {
      cause,
    });
  }
}

/** The workbook's XML alone, every entry of the size and checksum that the directory says. */
async function checkedContent(path: string): Promise<Buffer> {
  const archive = await openArchive(path, (name) => /\.(?:xml|rels)$/i.test(name));
  try {
    const files: Record<string, Uint8Array> = {};
    for (const [name, entry] of archive.entries) files[name] = await archive.read(entry);
    return Buffer.from(packZip(files, 0));
  } finally {
    await archive.close();
  }
}

function cellOf(value: unknown): Cell {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value instanceof Date) return value;
  return null; // the library makes no other
}

/** @param told a name, or a number from 1 */
function chosenSheet(path: string, sheets: readonly Sheet[], told: string | undefined): { readonly sheet: Sheet; readonly notes: readonly string[] } {
  const names = sheets.map(({ name }) => name);
  if (told !== undefined) {
    const sheet = sheets.find(({ name }) => name === told) ?? (/^\d+$/.test(told) ? sheets[Number(told) - 1] : undefined);
    if (sheet !== undefined) return { sheet, notes: [] };
    const near = nearestNames(told, names);
    const help = near.length > 0 ? `Did you mean ${near.join(', ')}?` : `There are: ${names.join(', ')}.`;
    throw new LabError('bad-input', `${path} has no sheet "${told}". ${help}`);
  }
  const sheet = sheets.find(({ rows }) => rows.filter((row) => row.some((cell) => cell !== null)).length > 1);
  if (sheet === undefined) throw new LabError('bad-input', `${path} has no sheet with a table (a header and rows). There are: ${names.join(', ')}.`);
  const others = names.filter((name) => name !== sheet.name).map((name) => `"${name}"`);
  const notes = others.length === 0 ? [] : [`Sheet "${sheet.name}" is read. Others are there: ${others.join(', ')}.`];
  return { sheet, notes };
}
