import { expect, test } from 'vitest';
import { asDatasetHeader } from '../../src-main/contract/datasetHeader.ts';

const header = {
  format: 'auxlab-dataset/1',
  name: 'cars',
  source: 'cars.csv',
  sourceFormat: 'csv',
  digest: '0a'.repeat(32),
  rows: 1,
  notes: [],
  columns: [
    { name: 'y', kind: 'class', classes: ['a'] },
    { name: 'x', kind: 'number' },
  ],
  array: { kind: 'image', height: 1, width: 1, channels: 1, type: 'uint8' },
};

test('a header is taken with images, sequences, a vector or columns alone', () => {
  const arrays = [header.array, { kind: 'sequence', features: 1, maxLength: 1, steps: 1 }, { kind: 'vector', features: 1 }, null];
  for (const array of arrays) expect(asDatasetHeader({ ...header, array })).toEqual({ ...header, array });
});

test.each<[string, object]>([
  ['no rows', { rows: 0 }],
  ['half a row', { rows: 1.5 }],
  ['a digest in capitals', { digest: '0A'.repeat(32) }],
  ['a digest that is too long', { digest: `${header.digest}0` }],
  ['a column of another kind', { columns: [{ name: 'x', kind: 'sound' }] }],
  ['classes without names', { columns: [{ name: 'x', kind: 'class' }] }],
  ['an image without a side', { array: { ...header.array, width: 0 } }],
  ['pixels of another type', { array: { ...header.array, type: 'float64' } }],
  ['a sequence without steps', { array: { kind: 'sequence', features: 1, maxLength: 1, steps: 0 } }],
  ['an array of another kind', { array: { kind: 'sound' } }],
])('%s is refused', (_, part) => {
  expect(asDatasetHeader({ ...header, ...part })).toBeNull();
});
