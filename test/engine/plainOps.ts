/** The operations of layers in plain double-precision numbers, straight from their definitions: what every engine's form must match. */

type Numbers = readonly number[];

const at = (values: Numbers, position: number): number => values[position] ?? NaN;
const range = (count: number): number[] => [...Array(count).keys()];

/** a [n, m] · b [m, p] */
export function product(a: Numbers, b: Numbers, n: number, m: number, p: number): number[] {
  return range(n * p).map((position) => range(m).reduce((sum, k) => sum + at(a, Math.floor(position / p) * m + k) * at(b, k * p + (position % p)), 0));
}

/** Windows over the last but one two axes of x [B, H, W, C]: `of` gets the values of one window, [h, w, C], NaN outside of the input. */
function windows(
  x: Numbers,
  [batch, height, width, channels]: readonly [number, number, number, number],
  [h, w]: readonly [number, number],
  stride: number,
  isSame: boolean,
  of: (window: (row: number, column: number, channel: number) => number) => number[],
): number[] {
  // TensorFlow: same -> ceil(n / stride) cells, the missing rows shared out with the larger part behind; valid -> whole windows only
  const cells = (length: number, window: number): number => (isSame ? Math.ceil(length / stride) : Math.ceil((length - window + 1) / stride));
  const before = (length: number, window: number): number => (isSame ? Math.floor(Math.max(0, (cells(length, window) - 1) * stride + window - length) / 2) : 0);
  return range(batch).flatMap((b) =>
    range(cells(height, h)).flatMap((i) =>
      range(cells(width, w)).flatMap((j) =>
        of((row, column, channel) => {
          const [y, z] = [i * stride + row - before(height, h), j * stride + column - before(width, w)];
          if (y < 0 || z < 0 || y >= height || z >= width) return NaN;
          return at(x, ((b * height + y) * width + z) * channels + channel);
        }),
      ),
    ),
  );
}

type Image = readonly [batch: number, height: number, width: number, channels: number];

export function convolution(x: Numbers, kernel: Numbers, shape: Image, kernelSize: readonly [number, number], filters: number, stride: number): number[] {
  const [h, w] = kernelSize;
  const channels = shape[3];
  return windows(x, shape, kernelSize, stride, true, (window) =>
    range(filters).map((filter) => {
      let sum = 0;
      for (const i of range(h))
        for (const j of range(w))
          for (const c of range(channels)) {
            const value = window(i, j, c);
            if (!Number.isNaN(value)) sum += value * at(kernel, ((i * w + j) * channels + c) * filters + filter);
          }
      return sum;
    }),
  );
}

export function pool(x: Numbers, shape: Image, sizes: readonly [number, number], stride: number, isSame: boolean, of: (values: Numbers) => number): number[] {
  return windows(x, shape, sizes, stride, isSame, (window) =>
    range(shape[3]).map((c) =>
      of(
        range(sizes[0])
          .flatMap((i) => range(sizes[1]).map((j) => window(i, j, c)))
          .filter((value) => !Number.isNaN(value)),
      ),
    ),
  );
}

export const mean = (values: Numbers): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Of each channel of x [rows, channels]: mean, and variance over n. */
export function moments(x: Numbers, channels: number): { readonly mean: number; readonly variance: number }[] {
  return range(channels).map((c) => {
    const values = x.filter((_, position) => position % channels === c);
    const centre = mean(values);
    return { mean: centre, variance: mean(values.map((value) => (value - centre) ** 2)) };
  });
}

export function crossEntropy(logits: Numbers, labels: Numbers, classes: number): number[] {
  return range(logits.length / classes).map((row) => {
    const values = logits.slice(row * classes, (row + 1) * classes);
    const total = Math.log(values.reduce((sum, value) => sum + Math.exp(value), 0));
    return values.reduce((sum, value, k) => sum - at(labels, row * classes + k) * (value - total), 0);
  });
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** States of one cell over the steps of x [B, T, F]; where the mask is 0 they stay.  @param step gets a row's input and its states, [units] each */
function overSteps(
  x: Numbers,
  [batch, steps, features]: readonly [number, number, number],
  units: number,
  mask: Numbers | null,
  step: (input: Numbers, h: Numbers, c: Numbers) => readonly [h: Numbers, c: Numbers],
): number[] {
  return range(batch).flatMap((b) => {
    let [h, c]: [Numbers, Numbers] = [Array<number>(units).fill(0), Array<number>(units).fill(0)];
    return range(steps).flatMap((t) => {
      const start = (b * steps + t) * features;
      if (mask === null || at(mask, b * steps + t) === 1) [h, c] = step(x.slice(start, start + features), h, c);
      return [...h];
    });
  });
}

type Sequence = readonly [batch: number, steps: number, features: number];

/** Keras's LSTM, gates i, f, c, o. */
export function lstm(x: Numbers, kernel: Numbers, recurrent: Numbers, bias: Numbers, shape: Sequence, units: number, mask: Numbers | null): number[] {
  return overSteps(x, shape, units, mask, (input, h, c) => {
    const [a, b] = [product(input, kernel, 1, shape[2], 4 * units), product(h, recurrent, 1, units, 4 * units)];
    const z = (gate: number, unit: number): number => at(a, gate * units + unit) + at(b, gate * units + unit) + at(bias, gate * units + unit);
    const cell = range(units).map((u) => sigmoid(z(1, u)) * at(c, u) + sigmoid(z(0, u)) * Math.tanh(z(2, u)));
    return [cell.map((value, u) => sigmoid(z(3, u)) * Math.tanh(value)), cell];
  });
}

/** Keras's GRU with reset_after, gates z, r, h; bias [2, 3H]. */
export function gru(x: Numbers, kernel: Numbers, recurrent: Numbers, bias: Numbers, shape: Sequence, units: number, mask: Numbers | null): number[] {
  return overSteps(x, shape, units, mask, (input, h) => {
    const [a, b] = [product(input, kernel, 1, shape[2], 3 * units), product(h, recurrent, 1, units, 3 * units)];
    const ofInput = (gate: number, unit: number): number => at(a, gate * units + unit) + at(bias, gate * units + unit);
    const ofState = (gate: number, unit: number): number => at(b, gate * units + unit) + at(bias, (3 + gate) * units + unit);
    const next = range(units).map((u) => {
      const [update, reset] = [sigmoid(ofInput(0, u) + ofState(0, u)), sigmoid(ofInput(1, u) + ofState(1, u))];
      return update * at(h, u) + (1 - update) * Math.tanh(ofInput(2, u) + reset * ofState(2, u));
    });
    return [next, h];
  });
}
