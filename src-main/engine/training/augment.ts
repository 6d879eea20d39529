/** Random changes of training images, in place: mirror, shift, crop. Values outside the image are 0, the training mean after standardising. */
import type { Stream } from '../../contract/random.ts';

export interface Augmentation {
  readonly flip: boolean; // left-right with probability 1/2
  readonly shift: number; // up to this many pixels each way
  readonly crop: number; // a window of a side of 1 - crop to 1 of the image's, stretched back to full size
}

/** @param images [B, height, width, channels], row-major; draws the same numbers for every image whatever is switched on */
export function augmentImages(
  images: Float32Array,
  shape: readonly [height: number, width: number, channels: number],
  plan: Augmentation,
  random: Stream,
): void {
  const [height, width, channels] = shape;
  const imageSize = height * width * channels;
  const original = new Float32Array(imageSize);
  for (let at = 0; at < images.length; at += imageSize) {
    const [mirror, across, down, zoom, left, top] = [
      random.uniform(),
      random.uniform(),
      random.uniform(),
      random.uniform(),
      random.uniform(),
      random.uniform(),
    ];
    const image = images.subarray(at, at + imageSize);
    original.set(image);
    const side = 1 - plan.crop * zoom;
    const view = {
      mirror: plan.flip && mirror < 0.5,
      scale: side,
      x: left * (1 - side) * (width - 1) - shiftOf(plan.shift, across),
      y: top * (1 - side) * (height - 1) - shiftOf(plan.shift, down),
    };
    if (!view.mirror && view.scale === 1 && view.x === 0 && view.y === 0) continue;
    resample(original, image, height, width, channels, view);
  }
}

interface View {
  readonly mirror: boolean;
  readonly scale: number;
  readonly x: number; // where the view's first column lies in the image, in pixels
  readonly y: number;
}

function shiftOf(limit: number, uniform: number): number {
  return Math.floor(uniform * (2 * limit + 1)) - limit;
}

/** Bilinear where the view does not fall on pixels. */
function resample(from: Float32Array, to: Float32Array, height: number, width: number, channels: number, view: View): void {
  const pixel = (row: number, column: number, channel: number): number =>
    row < 0 || row >= height || column < 0 || column >= width ? 0 : (from[(row * width + column) * channels + channel] ?? 0);
  for (let row = 0; row < height; row++) {
    const sourceY = row * view.scale + view.y;
    const y0 = Math.floor(sourceY);
    const dy = sourceY - y0;
    for (let column = 0; column < width; column++) {
      const sourceX = (view.mirror ? width - 1 - column : column) * view.scale + view.x;
      const x0 = Math.floor(sourceX);
      const dx = sourceX - x0;
      for (let channel = 0; channel < channels; channel++) {
        const at = (row * width + column) * channels + channel;
        if (dx === 0 && dy === 0) to[at] = pixel(y0, x0, channel);
        else {
          const upper = pixel(y0, x0, channel) * (1 - dx) + pixel(y0, x0 + 1, channel) * dx;
          const lower = pixel(y0 + 1, x0, channel) * (1 - dx) + pixel(y0 + 1, x0 + 1, channel) * dx;
          to[at] = upper * (1 - dy) + lower * dy;
        }
      }
    }
  }
}
