/** Makes decoded pictures smaller, to the bit as sharp does it (libvips 8.18, reducev.cpp and reduceh.cpp: Lanczos with three lobes, weights of 12 bits), at a
 *  fraction of the time: most of what a pipeline of sharp takes for a small picture goes into setting it up. The sums are pictureResize.wat. */
import { pictureResizeWasm } from './pictureResizeWasm.ts';

/** The part of WebAssembly that is used here: Node's types have it with those of browsers alone. */
declare const WebAssembly: { Module: new (bytes: Uint8Array) => object; Instance: new (module: object) => { readonly exports: unknown } };

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

type Pass3 = (src: number, stride: number, firsts: number, weights: number, taps: number, out: number, width: number, height: number) => void;

interface Kernels {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  vertical(rows: number, weights: number, taps: number, out: number, stride: number, bytes: number, height: number): void;
  readonly horizontal3: Pass3;
  readonly horizontal1: Pass3;
}

const phases = 64; // VIPS_TRANSFORM_SCALE: places between two pixels for which there are weights
const unit = 4096; // VIPS_INTERPOLATE_SCALE: what the weights of one pixel add up to
const lobes = 3;
const slack = 64; // bytes beyond what is told, for vectors that reach over the end
const pageBytes = 65_536;
const keptPlans = 64;

/** Whether a picture can be resized here: smaller on both sides, or equal on one; not so much that libvips takes means of blocks first; and not where its
 *  weights depend on how it cut the picture into strips, as in 371 rows to 192. */
export function canResize(from: PictureSize, to: PictureSize): boolean {
  const isSmaller = to.width <= from.width && to.height <= from.height && (to.width < from.width || to.height < from.height);
  return isSmaller && from.width < 4 * to.width && from.height < 4 * to.height && (from.height === to.height || isClear(from.height, to.height));
}

/** libvips adds up the places of rows, anew in each strip: where one lies on the border of two weights, the last bit decides. */
function isClear(size: number, target: number): boolean {
  const key = `${size}>${target}`;
  const known = clear.get(key);
  if (known !== undefined) return known;
  const shrink = size / target;
  let isFound = true;
  for (let i = 0; i < target && isFound; i++) {
    const place = ((i + 0.5) * shrink - 0.5 - (1 + target * shrink - size) / 2 + 1) * 2 * phases;
    const border = Math.round(place);
    isFound = Math.abs(place - border) > 1e-6 || border % 2 === 0;
  }
  if (clear.size >= 10_000) clear.clear();
  clear.set(key, isFound);
  return isFound;
}

/** @param source bytes [height, width, channels]  @returns bytes of the other size, a fresh array */
export function resizePicture(source: Uint8Array, from: PictureSize, to: PictureSize, channels: 1 | 3): Uint8Array {
  const plan = planOf(from, to, channels);
  if (loaded !== plan) load(plan);
  const bytes = new Uint8Array(kernels.memory.buffer);
  const { vertical, horizontal } = plan;
  if (vertical === null) copyRows(source, bytes, plan);
  else {
    bytes.set(source, plan.source);
    const [out, stride] = horizontal === null ? [plan.out, to.width * channels] : [plan.middle + plan.lead, plan.stride];
    kernels.vertical(vertical.rows, vertical.weights, vertical.taps, out, stride, from.width * channels, to.height);
  }
  if (horizontal !== null) {
    fillEdges(bytes, plan);
    const pass = channels === 3 ? kernels.horizontal3 : kernels.horizontal1;
    pass(plan.middle, plan.stride, horizontal.firsts, horizontal.weights, horizontal.taps, plan.out, to.width, to.height);
  }
  return bytes.slice(plan.out, plan.out + to.width * to.height * channels);
}

interface Plan {
  readonly from: PictureSize;
  readonly to: PictureSize;
  readonly channels: number;
  readonly tables: readonly { readonly at: number; readonly values: Int32Array | Int16Array }[];
  readonly vertical: { readonly rows: number; readonly weights: number; readonly taps: number } | null; // places in the memory
  readonly horizontal: { readonly firsts: number; readonly weights: number; readonly taps: number } | null;
  readonly source: number; // places in the memory
  readonly middle: number;
  readonly out: number;
  readonly lead: number; // bytes before a row in the middle, and the distance of two
  readonly stride: number;
  readonly end: number;
}

const kernels = new WebAssembly.Instance(new WebAssembly.Module(pictureResizeWasm)).exports as Kernels; // pictureResize.wat says so
const plans = new Map<string, Plan>();
const clear = new Map<string, boolean>();
let loaded: Plan | null = null;

function planOf(from: PictureSize, to: PictureSize, channels: 1 | 3): Plan {
  const key = `${from.width}x${from.height}x${channels}>${to.width}x${to.height}`;
  const known = plans.get(key);
  if (known !== undefined) return known;
  const plan = makePlan(from, to, channels);
  const [oldest] = plans.keys();
  if (plans.size >= keptPlans && oldest !== undefined) plans.delete(oldest);
  plans.set(key, plan);
  return plan;
}

function makePlan(from: PictureSize, to: PictureSize, channels: 1 | 3): Plan {
  let end = 1024;
  const take = (bytes: number): number => {
    const at = end;
    end = Math.ceil((at + bytes + slack) / 16) * 16;
    return at;
  };
  const tables: { at: number; values: Int32Array | Int16Array }[] = [];
  const put = (values: Int32Array | Int16Array): number => {
    const at = take(values.byteLength);
    tables.push({ at, values });
    return at;
  };
  const rowBytes = from.width * channels;
  const source = take(rowBytes * from.height);
  const down = to.height === from.height ? null : tapsOf(from.height, to.height, 2);
  const along = to.width === from.width ? null : tapsOf(from.width, to.width, channels === 3 ? 4 : 8);
  const rowOf = (place: number): number => source + Math.min(from.height - 1, Math.max(0, place)) * rowBytes;
  const vertical = down && { rows: put(tapRows(down, rowOf)), weights: put(down.weights), taps: down.taps };
  const before = along === null ? 0 : Math.max(0, -Math.min(...along.firsts));
  const horizontal = along && { firsts: put(along.firsts.map((first) => (first + before) * channels)), weights: put(along.weights), taps: along.taps };
  const width = along === null ? from.width : Math.max(from.width, Math.max(...along.firsts) + along.taps);
  const stride = Math.ceil(((before + width) * channels + slack) / 16) * 16;
  const middle = take(stride * to.height);
  const out = take(to.width * to.height * channels);
  return { from, to, channels, tables, vertical, horizontal, source, middle, out, lead: before * channels, stride, end: end + slack };
}

interface Taps {
  readonly taps: number; // of every pixel, filled up with weights of zero
  readonly firsts: Int32Array; // place of the first tap; before the beginning and beyond the end the outermost pixel is repeated
  readonly weights: Int16Array; // [pixels, taps]
}

function tapsOf(size: number, target: number, multiple: number): Taps {
  const shrink = 1 / (1 / (size / target)); // as it goes from sharp to libvips and there from hand to hand
  const count = 2 * roundEven(lobes * shrink) + 1;
  const taps = Math.ceil(count / multiple) * multiple;
  const offset = (1 + target * shrink - size) / 2 - 1;
  const lead = Math.ceil(count / 2) - 1;
  const masks = Array.from({ length: phases + 1 }, (_, phase) => maskOf(count, shrink, Math.fround(phase / phases)));
  const firsts = new Int32Array(target);
  const weights = new Int16Array(target * taps);
  let place = 0.5 * shrink - 0.5 - offset;
  for (let i = 0; i < target; i++, place += shrink) {
    firsts[i] = Math.trunc(place) - lead;
    const phase = ((Math.trunc(place * phases * 2) & (phases * 2 - 1)) + 1) >> 1;
    weights.set(masks[phase] ?? [], i * taps);
  }
  return { taps, firsts, weights };
}

/** Weights of pixels around a place between two. */
function maskOf(count: number, shrink: number, phase: number): Int16Array {
  const half = phase + count / 2 - 1;
  const scale = 1 / shrink;
  const values = Array.from({ length: count }, (_, i) => lanczos((i - half) * scale));
  const sum = values.reduce((total, value) => total + value, 0);
  return Int16Array.from(values, (value) => Math.trunc((value / sum) * unit));
}

function lanczos(x: number): number {
  return x >= -lobes && x <= lobes ? sinc(x) * sinc(x / lobes) : 0;
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(x * Math.PI) / (x * Math.PI);
}

/** To the nearest, halves to the even one, as C's rint. */
function roundEven(value: number): number {
  const rounded = Math.round(value);
  return Math.abs(value % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

function tapRows({ taps, firsts }: Taps, rowOf: (place: number) => number): Int32Array {
  const rows = new Int32Array(firsts.length * taps);
  firsts.forEach((first, i) => {
    for (let tap = 0; tap < taps; tap++) rows[i * taps + tap] = rowOf(first + tap);
  });
  return rows;
}

function load(plan: Plan): void {
  const missing = plan.end - kernels.memory.buffer.byteLength;
  if (missing > 0) kernels.memory.grow(Math.ceil(missing / pageBytes));
  for (const { at, values } of plan.tables) new Uint8Array(kernels.memory.buffer).set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
  loaded = plan;
}

function copyRows(source: Uint8Array, bytes: Uint8Array, { from, channels, middle, lead, stride }: Plan): void {
  const rowBytes = from.width * channels;
  for (let y = 0; y < from.height; y++) bytes.set(source.subarray(y * rowBytes, (y + 1) * rowBytes), middle + y * stride + lead);
}

/** Repeats the outermost pixels of every row. */
function fillEdges(bytes: Uint8Array, { from, to, channels, middle, lead, stride }: Plan): void {
  const rowBytes = from.width * channels;
  for (let y = 0; y < to.height; y++) {
    const row = middle + y * stride;
    const first = row + lead;
    for (let at = first - 1; at >= row; at--) bytes[at] = bytes[at + channels] ?? 0;
    for (let at = first + rowBytes; at < row + stride; at++) bytes[at] = bytes[at - channels] ?? 0;
  }
}
