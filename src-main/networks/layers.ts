/** The layers that networks and heads are made of. Defaults are Keras's (Glorot uniform kernels, zero biases, batch norm momentum 0.99 and epsilon 0.001). */
import { LabError } from '../contract/errors.ts';
import type { BuiltLayer, Initializer, Layer, ParameterSpec, Shape } from './layer.ts';
import { size } from './layer.ts';
import type { Padding, Tensor } from './ops.ts';

export type Activation = 'relu' | 'none';

/** Layers one after the other; unnamed children are called by their position. */
export function chain(...layers: readonly (Layer | readonly [name: string, layer: Layer])[]): Layer {
  return (inputShape, path) => {
    const children: BuiltLayer[] = [];
    let shape = inputShape;
    layers.forEach((entry, position) => {
      const [name, layer] = typeof entry === 'function' ? [String(position), entry] : entry;
      const child = layer(shape, `${path}/${name}`);
      children.push(child);
      shape = child.outputShape;
    });
    return composite(chainKind(children), path, inputShape, shape, children, (x, run) => children.reduce((value, child) => child.apply(value, run), x));
  };
}

/** Several layers on the same input, joined along the last axis (an Inception block). */
export function branches(named: Readonly<Record<string, Layer>>): Layer {
  return (inputShape, path) => {
    const children = Object.entries(named).map(([name, layer]) => layer(inputShape, `${path}/${name}`));
    const first = children[0];
    if (first === undefined) throw new RangeError('branches() needs at least one branch');
    const channels = children.reduce((sum, child) => sum + lastAxis(child.outputShape), 0);
    const outputShape = [...first.outputShape.slice(0, -1), channels];
    return composite(`${children.length} branches`, path, inputShape, outputShape, children, (x, run) => {
      const parts = children.map((child) => child.apply(x, run));
      return run.ops.concat(parts, parts[0] === undefined ? -1 : parts[0].rank - 1);
    });
  };
}

/** relu(main(x) + shortcut(x)); without a shortcut layer the input itself is added (He et al. 2016). */
export function residual(main: Layer, shortcut: Layer | null): Layer {
  return (inputShape, path) => {
    const mainPart = main(inputShape, `${path}/main`);
    const shortcutPart = shortcut === null ? null : shortcut(inputShape, `${path}/shortcut`);
    const children = shortcutPart === null ? [mainPart] : [mainPart, shortcutPart];
    return composite('residual', path, inputShape, mainPart.outputShape, children, (x, run) =>
      run.ops.relu(run.ops.add(mainPart.apply(x, run), shortcutPart === null ? x : shortcutPart.apply(x, run))),
    );
  };
}

export function dense(units: number, options: { activation?: Activation; initial?: 'glorot-uniform' | 'he-normal' } = {}): Layer {
  return (inputShape, path) => {
    const [inputs] = expectRank(inputShape, 1, 'dense', path) as readonly [number];
    const kernel = parameter(path, 'kernel', [inputs, units], initializer(options.initial, inputs, units), 'kernel');
    const bias = parameter(path, 'bias', [units], { kind: 'constant', value: 0 }, 'bias');
    return simple(`dense ${units}`, path, inputShape, [units], [kernel, bias], [], (x, run) => {
      const y = run.ops.dense(x, run.parameter(kernel.path), run.parameter(bias.path));
      return options.activation === 'relu' ? run.ops.relu(y) : y;
    });
  };
}

export interface ConvOptions {
  readonly stride?: number;
  readonly padding?: Padding;
  readonly activation?: Activation;
  readonly bias?: boolean;
  readonly initial?: 'glorot-uniform' | 'he-normal';
}

/** 2-D convolution, by default 'same' padding and relu. */
export function conv(filters: number, kernelSize: number, options: ConvOptions = {}): Layer {
  return (inputShape, path) => {
    const [height, width, channels] = expectRank(inputShape, 3, 'conv', path) as readonly [number, number, number];
    const stride = options.stride ?? 1;
    const padding = options.padding ?? 'same';
    const outputShape = [convLength(height, kernelSize, stride, padding, path), convLength(width, kernelSize, stride, padding, path), filters];
    const area = kernelSize * kernelSize;
    const kernel = parameter(
      path,
      'kernel',
      [kernelSize, kernelSize, channels, filters],
      initializer(options.initial, area * channels, area * filters),
      'kernel',
    );
    const bias = options.bias === false ? null : parameter(path, 'bias', [filters], { kind: 'constant', value: 0 }, 'bias');
    return simple(`conv ${kernelSize}x${kernelSize} ${filters}`, path, inputShape, outputShape, bias === null ? [kernel] : [kernel, bias], [], (x, run) => {
      const y = run.ops.conv2d(x, run.parameter(kernel.path), bias === null ? null : run.parameter(bias.path), stride, padding);
      return options.activation === 'none' ? y : run.ops.relu(y);
    });
  };
}

/** Batch normalisation over all axes but the last (Ioffe & Szegedy 2015); moving averages as Keras keeps them. */
export function batchNorm(options: { momentum?: number; epsilon?: number; activation?: Activation } = {}): Layer {
  const momentum = options.momentum ?? 0.99;
  const epsilon = options.epsilon ?? 1e-3;
  return (inputShape, path) => {
    const channels = lastAxis(inputShape);
    const scale = parameter(path, 'scale', [channels], { kind: 'constant', value: 1 }, 'scale');
    const offset = parameter(path, 'offset', [channels], { kind: 'constant', value: 0 }, 'bias');
    const mean = parameter(path, 'moving-mean', [channels], { kind: 'constant', value: 0 }, 'state');
    const variance = parameter(path, 'moving-variance', [channels], { kind: 'constant', value: 1 }, 'state');
    return simple('batch norm', path, inputShape, inputShape, [scale, offset, mean, variance], [], (x, run) => {
      const { ops } = run;
      let y: Tensor;
      if (run.training) {
        const batch = ops.batchNorm(x, run.parameter(scale.path), run.parameter(offset.path), epsilon);
        for (const [spec, value] of [
          [mean, batch.mean],
          [variance, batch.variance],
        ] as const) {
          const old = run.parameter(spec.path);
          run.assign(spec.path, ops.add(ops.multiply(old, momentum), ops.multiply(value, 1 - momentum)));
        }
        y = batch.y;
      } else {
        const factor = ops.multiply(run.parameter(scale.path), ops.inverseSqrt(ops.add(run.parameter(variance.path), epsilon)));
        y = ops.add(ops.multiply(x, factor), ops.subtract(run.parameter(offset.path), ops.multiply(run.parameter(mean.path), factor)));
      }
      return options.activation === 'relu' ? ops.relu(y) : y;
    });
  };
}

/** Inverted dropout: in training each value is kept with probability 1 - rate and scaled by its inverse (Srivastava et al. 2014). */
export function dropout(rate: number): Layer {
  return (inputShape, path) =>
    simple(`dropout ${rate}`, path, inputShape, inputShape, [], rate === 0 ? [] : [path], (x, run) => {
      if (!run.training || rate === 0) return x;
      const { ops } = run;
      const kept = ops.atLeast(run.uniform(path, x.shape), rate);
      return ops.multiply(x, ops.multiply(kept, 1 / (1 - rate)));
    });
}

export function maxPool(poolSize: number, stride = poolSize, padding: Padding = 'same'): Layer {
  return (inputShape, path) => {
    const [height, width, channels] = expectRank(inputShape, 3, 'max pool', path) as readonly [number, number, number];
    const outputShape = [convLength(height, poolSize, stride, padding, path), convLength(width, poolSize, stride, padding, path), channels];
    return simple(`max pool ${poolSize}/${stride}`, path, inputShape, outputShape, [], [], (x, run) => run.ops.maxPool(x, poolSize, stride, padding));
  };
}

/** How an average pool covers one side of a feature map. */
export interface PoolWindows {
  readonly window: number;
  readonly stride: number;
  readonly count: number; // cells that come out
}

/** Average pool whose windows are planned from the length of each side. */
export function avgPool(plan: (length: number) => PoolWindows): Layer {
  return (inputShape, path) => {
    const [height, width, channels] = expectRank(inputShape, 3, 'average pool', path) as readonly [number, number, number];
    const [h, w] = [plan(height), plan(width)];
    return simple(`average pool to ${h.count}x${w.count}`, path, inputShape, [h.count, w.count, channels], [], [], (x, run) =>
      run.ops.avgPool(x, [h.window, w.window], [h.stride, w.stride], 'valid'),
    );
  };
}

/** Average pool to at most `target` x `target` cells, whatever the input's size: a stride of floor(length / target) and windows that reach the last pixel.
 *  A side of 14 and a target of 4 give windows of 5 at stride 3, GoogLeNet's own. */
export function adaptiveAvgPool(target: number): Layer {
  return avgPool((length) => adaptiveWindows(length, target));
}

/** The windows of adaptiveAvgPool along one side. */
export function adaptiveWindows(length: number, target: number): PoolWindows {
  if (length <= target) return { window: 1, stride: 1, count: length };
  const stride = Math.floor(length / target);
  return { window: length - (target - 1) * stride, stride, count: target };
}

export function globalAvgPool(): Layer {
  return (inputShape, path) => {
    const [, , channels] = expectRank(inputShape, 3, 'global average pool', path) as readonly [number, number, number];
    return simple('global average pool', path, inputShape, [channels], [], [], (x, run) => run.ops.mean(x, [1, 2]));
  };
}

export function flatten(): Layer {
  return (inputShape, path) =>
    simple('flatten', path, inputShape, [size(inputShape)], [], [], (x, run) => run.ops.reshape(x, [x.shape[0] ?? -1, size(inputShape)]));
}

/** An image as a sequence of its rows: [H, W, C] -> [H, W * C]. */
export function imageRows(): Layer {
  return (inputShape, path) => {
    const [height, width, channels] = expectRank(inputShape, 3, 'image rows', path) as readonly [number, number, number];
    return simple('rows as time steps', path, inputShape, [height, width * channels], [], [], (x, run) =>
      run.ops.reshape(x, [x.shape[0] ?? -1, height, width * channels]),
    );
  };
}

/** LSTM or GRU over [T, F], giving the state at every step: [T, units]. Forget-gate bias 1 (Jozefowicz et al. 2015), orthogonal recurrent kernel. */
export function recurrent(cell: 'lstm' | 'gru', units: number): Layer {
  return (inputShape, path) => {
    const [steps, features] = expectRank(inputShape, 2, cell, path) as readonly [number, number];
    const gates = cell === 'lstm' ? 4 : 3;
    const kernel = parameter(path, 'kernel', [features, gates * units], { kind: 'glorot-uniform', fanIn: features, fanOut: gates * units }, 'kernel');
    const recurrentKernel = parameter(path, 'recurrent', [units, gates * units], { kind: 'orthogonal' }, 'kernel');
    const forgetOne = Array.from({ length: 4 * units }, (_, i) => (i >= units && i < 2 * units ? 1 : 0));
    const bias =
      cell === 'lstm'
        ? parameter(path, 'bias', [4 * units], { kind: 'values', values: forgetOne }, 'bias')
        : parameter(path, 'bias', [2, 3 * units], { kind: 'constant', value: 0 }, 'bias');
    return simple(`${cell} ${units}`, path, inputShape, [steps, units], [kernel, recurrentKernel, bias], [], (x, run) =>
      run.ops[cell](x, run.parameter(kernel.path), run.parameter(recurrentKernel.path), run.parameter(bias.path), run.mask),
    );
  };
}

/** The state at the last valid step: [T, F] -> [F]. Recurrent layers hold their state where a sequence has ended, so this is the last step. */
export function lastStep(): Layer {
  return (inputShape, path) => {
    const [steps, features] = expectRank(inputShape, 2, 'last step', path) as readonly [number, number];
    return simple('last step', path, inputShape, [features], [], [], (x, run) =>
      run.ops.reshape(run.ops.slice(x, [0, steps - 1, 0], [-1, 1, -1]), [x.shape[0] ?? -1, features]),
    );
  };
}

function simple(
  kind: string,
  path: string,
  inputShape: Shape,
  outputShape: Shape,
  parameters: readonly ParameterSpec[],
  streams: readonly string[],
  apply: BuiltLayer['apply'],
): BuiltLayer {
  return { kind, path, inputShape, outputShape, parameters, streams, children: [], apply };
}

/** 'conv 3x3, max pool 2': what a chain does, its first three layers named. */
function chainKind(children: readonly BuiltLayer[]): string {
  const kinds = children.map(({ kind }) => kind);
  return kinds.length > 3 ? `${kinds.slice(0, 3).join(', ')}, ...` : kinds.join(', ');
}

function composite(kind: string, path: string, inputShape: Shape, outputShape: Shape, children: readonly BuiltLayer[], apply: BuiltLayer['apply']): BuiltLayer {
  const parameters = children.flatMap((child) => child.parameters);
  const streams = children.flatMap((child) => child.streams);
  return { kind, path, inputShape, outputShape, parameters, streams, children, apply };
}

function parameter(path: string, name: string, shape: readonly number[], initial: Initializer, role: ParameterSpec['role']): ParameterSpec {
  return { path: `${path}/${name}`, shape, initial, role };
}

function initializer(kind: 'glorot-uniform' | 'he-normal' | undefined, fanIn: number, fanOut: number): Initializer {
  return kind === 'he-normal' ? { kind, fanIn } : { kind: 'glorot-uniform', fanIn, fanOut };
}

function lastAxis(shape: Shape): number {
  return shape.at(-1) ?? 1;
}

function expectRank(shape: Shape, rank: number, kind: string, path: string): Shape {
  if (shape.length !== rank) throw new LabError('bad-input', `The layer ${path} (${kind}) takes rows with ${rank} dimensions. Received: ${shape.join(' x ')}.`);
  return shape;
}

/** TensorFlow's rule: same -> ceil(n / stride), valid -> ceil((n - window + 1) / stride). */
function convLength(length: number, window: number, stride: number, padding: Padding, path: string): number {
  const result = padding === 'same' ? Math.ceil(length / stride) : Math.ceil((length - window + 1) / stride);
  if (result < 1) throw new LabError('bad-input', `The layer ${path} needs an input of at least ${window} pixels a side. Received: ${length}.`);
  return result;
}
