/** Pictures of single rows, for people to look at. */
import { pictureLibrary } from './pictureLibrary.ts';

export interface PixelRow {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly values: Uint8Array | Float32Array; // [height, width, channels]; bytes are 0..255, other numbers are spread over their range
}

/** A PNG of at most `side` pixels on the longer side; smaller images keep their size and are enlarged on screen. */
export async function thumbnail({ height, width, channels, values }: PixelRow, side: number): Promise<Buffer> {
  const shown = channels === 2 || channels > 4 ? 1 : channels; // PNG has 1, 3 or 4: of anything else the first is shown
  const bytes = asBytes(values, channels, shown);
  const sharp = await pictureLibrary();
  const image = sharp(bytes, { raw: { width, height, channels: shown as 1 | 3 | 4 } }); // one of them by the line above
  const fitted = Math.max(width, height) > side ? image.resize(side, side, { fit: 'inside' }) : image;
  return fitted.png({ compressionLevel: 3 }).toBuffer();
}

function asBytes(values: Uint8Array | Float32Array, channels: number, shown: number): Uint8Array {
  const count = values.length / channels;
  const spread = values instanceof Uint8Array ? null : rangeOf(values);
  const bytes = new Uint8Array(count * shown);
  for (let pixel = 0; pixel < count; pixel++)
    for (let channel = 0; channel < shown; channel++) {
      const value = values[pixel * channels + channel] ?? 0;
      bytes[pixel * shown + channel] = spread === null ? value : Math.round((255 * (value - spread.low)) / spread.width);
    }
  return bytes;
}

function rangeOf(values: Float32Array): { readonly low: number; readonly width: number } {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { low: Number.isFinite(low) ? low : 0, width: high > low ? high - low : 1 };
}
