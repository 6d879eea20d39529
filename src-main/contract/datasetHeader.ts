/** dataset.json: the description beside the raw numbers of a prepared data set, written by the lab and read by its workers. */
import * as v from 'valibot';
import { ImageScale } from './reading.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

export const DatasetHeader = v.object({
  format: v.literal('auxlab-dataset/1'),
  name: v.string(),
  source: v.string(),
  sourceFormat: v.string(),
  digest: sha256,
  rows: count,
  cells: v.optional(sha256), // of cells.bin, which tables have that are larger than memory
  notes: v.array(v.string()),
  columns: v.array(
    v.variant('kind', [
      v.object({ name: v.string(), kind: v.literal('class'), classes: v.array(v.string()) }),
      v.object({ name: v.string(), kind: v.picklist(['number', 'date']) }),
    ]),
  ),
  array: v.nullable(
    v.variant('kind', [
      v.object({
        kind: v.literal('image'),
        height: count,
        width: count,
        channels: count,
        type: v.picklist(['uint8', 'float32']),
        scale: v.optional(ImageScale),
      }),
      v.object({ kind: v.literal('sequence'), features: count, maxLength: count, steps: count }),
      v.object({ kind: v.literal('vector'), features: count }),
    ]),
  ),
});

export type DatasetHeader = v.InferOutput<typeof DatasetHeader>;

/** The header that parsed JSON holds; null when it is not of this form. */
export function asDatasetHeader(content: unknown): DatasetHeader | null {
  const checked = v.safeParse(DatasetHeader, content);
  return checked.success ? checked.output : null;
}
