/** What a person sees of the rows of a data set: cells, thumbnails, sparklines. */
import type { CallOutput } from '../../contract/calls.ts';
import { LabError } from '../../contract/errors.ts';
import { writtenFigure } from '../../contract/figures.ts';
import { thin } from '../../contract/thin.ts';
import { dateText } from '../../data/dateText.ts';
import { isTimeOfDay } from '../../data/profile.ts';
import type { DataColumn, PreparedDataset } from '../../data/dataset.ts';
import { partOf } from '../../formats/numbers/numbers.ts';
import { thumbnail } from '../../formats/pictures/thumbnail.ts';

interface Page {
  readonly offset: number;
  readonly limit: number;
}

const mostLines = 16; // features of a sequence that are drawn

export function rowsOf({ rows, columns, array }: PreparedDataset, page: Page): CallOutput<'data.rows'> {
  const vector = array?.kind === 'vector' ? array : null;
  const shown = Math.min(vector?.features ?? 0, 50);
  return {
    total: rows,
    columns: [...columns.map(({ name }) => name), ...Array.from({ length: shown }, (_, i) => `x${i}`)],
    rows: rowNumbers(rows, page).map((row) => [
      ...columns.map((column) => cellOf(column, row)),
      ...(vector === null ? [] : Array.from(partOf(vector.values, row * vector.features, row * vector.features + shown))),
    ]),
  };
}

/** @throws LabError bad-input when the data set has no images */
export async function thumbnailsOf({ rows, columns, array }: PreparedDataset, page: Page, side: number): Promise<CallOutput<'data.thumbnails'>> {
  if (array?.kind !== 'image') throw new LabError('bad-input', 'This data set has no images to show.');
  const { height, width, channels, values } = array;
  const size = height * width * channels;
  const images = rowNumbers(rows, page).map(async (row) => {
    const png = await thumbnail({ height, width, channels, values: partOf<'uint8' | 'float32'>(values, row * size, (row + 1) * size) }, side);
    return { row, labels: labelsOf(columns, row), url: `data:image/png;base64,${png.toString('base64')}` };
  });
  return { total: rows, images: await Promise.all(images) };
}

/** @throws LabError bad-input when the data set has no sequences */
export function sequencesOf({ rows, columns, array }: PreparedDataset, page: Page, points: number): CallOutput<'data.sequences'> {
  if (array?.kind !== 'sequence') throw new LabError('bad-input', 'This data set has no sequences to show.');
  const { features, lengths, values } = array;
  const starts = new Float64Array(rows);
  for (let row = 1; row < rows; row++) starts[row] = (starts[row - 1] ?? 0) + (lengths[row - 1] ?? 0) * features;
  return {
    total: rows,
    sequences: rowNumbers(rows, page).map((row) => {
      const length = lengths[row] ?? 0;
      const start = starts[row] ?? 0;
      const steps = partOf(values, start, start + length * features);
      const lines = Array.from({ length: Math.min(features, mostLines) }, (_, feature) => {
        const line = Array.from({ length }, (_, step) => [step, writtenFigure(steps[step * features + feature])] as const);
        return thin(line, points).map(([, value]) => value);
      });
      return { row, length, labels: labelsOf(columns, row), lines };
    }),
  };
}

function rowNumbers(rows: number, { offset, limit }: Page): number[] {
  return Array.from({ length: Math.max(0, Math.min(limit, rows - offset)) }, (_, i) => offset + i);
}

function labelsOf(columns: readonly DataColumn[], row: number): Record<string, string | number | null> {
  return Object.fromEntries(columns.map((column) => [column.name, cellOf(column, row)]));
}

function cellOf(column: DataColumn, row: number): string | number | null {
  if (column.kind === 'class') return column.classes[partOf(column.codes, row, row + 1)[0] ?? -1] ?? null;
  const value = partOf(column.values, row, row + 1)[0] ?? NaN;
  if (column.kind === 'date') return Number.isNaN(value) ? null : dateText(value, isTimeOfDay(column));
  return writtenFigure(value);
}
