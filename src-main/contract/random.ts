/** Counter-based random numbers: every draw is a function of (seed, purpose, index, draw number) and of nothing else, so that two runs
 *  share a stream bit for bit whatever other streams they use. Philox4x32-10: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as
 *  easy as 1, 2, 3", SC 2011, section 3.3 (rounds) and table 2 (constants); the test holds Random123's known answers. */

type FourWords = readonly [number, number, number, number];

const multiplier0 = 0xd2511f53;
const multiplier1 = 0xcd9e8d57;
const keyStep0 = 0x9e3779b9; // 2^32 / golden ratio
const keyStep1 = 0xbb67ae85; // 2^32 * (sqrt(3) - 1)
const rounds = 10;

/** One block of Philox4x32-10: four unsigned 32-bit words of a 128-bit counter under a 64-bit key. */
export function philox4x32(counter: FourWords, key: readonly [number, number]): [number, number, number, number] {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < rounds; round++) {
    const high0 = highWord(multiplier0, c0);
    const low0 = Math.imul(multiplier0, c0);
    const high1 = highWord(multiplier1, c2);
    const low1 = Math.imul(multiplier1, c2);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + keyStep0) | 0;
    k1 = (k1 + keyStep1) | 0;
  }
  return [c0 >>> 0, c1 >>> 0, c2 >>> 0, c3 >>> 0];
}

/** A stream of random numbers of one purpose. Streams of different seeds, purposes or indexes are independent.
 *  @param purpose what the numbers are for: 'split', 'order', 'init/trunk'
 *  @param index a step, epoch or layer number, from 0 */
export class Stream {
  readonly #key: readonly [number, number];
  readonly #index: readonly [number, number];
  #block = 0;
  #words: FourWords = [0, 0, 0, 0];
  #next = 4;
  #spareNormal: number | null = null;

  constructor(seed: number, purpose: string, index = 0) {
    this.#key = hashKey(seed, purpose);
    this.#index = splitIndex(index);
  }

  /** The next unsigned 32-bit word. */
  word(): number {
    if (this.#next === 4) {
      this.#words = philox4x32([this.#block >>> 0, Math.floor(this.#block / 2 ** 32), this.#index[0], this.#index[1]], this.#key);
      this.#block += 1;
      this.#next = 0;
    }
    const word = this.#words[this.#next] ?? 0;
    this.#next += 1;
    return word;
  }

  /** Uniform in [0, 1) with 53 random bits. */
  uniform(): number {
    const high = this.word() >>> 5;
    const low = this.word() >>> 6;
    return (high * 2 ** 26 + low) / 2 ** 53;
  }

  /** Uniform among 0 .. n-1 without bias (words past the last whole multiple of n are drawn again).
   *  @throws RangeError when n is not a whole number from 1 to 2^32 */
  integer(n: number): number {
    if (!Number.isInteger(n) || n < 1 || n > 2 ** 32) throw new RangeError(`integer(n) needs a whole number from 1 to 2^32. Received: ${n}`);
    const limit = 2 ** 32 - (2 ** 32 % n);
    let word = this.word();
    while (word >= limit) word = this.word();
    return word % n;
  }

  /** Standard normal (Box and Muller 1958; both numbers of a pair are used). */
  normal(): number {
    if (this.#spareNormal !== null) {
      const spare = this.#spareNormal;
      this.#spareNormal = null;
      return spare;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform())); // 1 - u is in (0, 1], so the logarithm is finite
    const angle = 2 * Math.PI * this.uniform();
    this.#spareNormal = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  /** The numbers 0 .. n-1 in random order (Fisher and Yates; Durstenfeld 1964). */
  permutation(n: number): Int32Array {
    const order = new Int32Array(n);
    for (let i = 0; i < n; i++) order[i] = i;
    for (let i = n - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const kept = order[i] ?? 0;
      order[i] = order[j] ?? 0;
      order[j] = kept;
    }
    return order;
  }
}

/** Two int32 numbers hashed from all three arguments: the seed of a native stateless random operation. */
export function streamKey(seed: number, purpose: string, index: number): [number, number] {
  const [low, high] = splitIndex(index);
  const [a, b] = philox4x32([0, 0x80000000, low, high], hashKey(seed, purpose)); // a block that no Stream reaches
  return [a | 0, b | 0];
}

/** A 64-bit key of (seed, purpose): FNV-1a (RFC 9923) over the UTF-8 bytes of "seed/purpose", then MurmurHash3's fmix64 so that
 *  near purposes get far keys. @throws RangeError when the seed is not a whole number */
function hashKey(seed: number, purpose: string): readonly [number, number] {
  if (!Number.isSafeInteger(seed)) throw new RangeError(`A seed must be a whole number. Received: ${seed}`);
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(`${seed}/${purpose}`)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  hash = BigInt.asUintN(64, (hash ^ (hash >> 33n)) * 0xff51afd7ed558ccdn);
  hash = BigInt.asUintN(64, (hash ^ (hash >> 33n)) * 0xc4ceb9fe1a85ec53n);
  hash ^= hash >> 33n;
  return [Number(hash & 0xffffffffn), Number(hash >> 32n)];
}

function splitIndex(index: number): readonly [number, number] {
  if (!Number.isSafeInteger(index) || index < 0) throw new RangeError(`A stream index must be a whole number from 0 up. Received: ${index}`);
  return [index >>> 0, Math.floor(index / 2 ** 32)];
}

/** The upper 32 bits of the product of two unsigned 32-bit words, in 16-bit halves because a double holds only 53 bits. */
function highWord(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const cross = aLow * bHigh + (middle & 0xffff);
  return (aHigh * bHigh + Math.floor(middle / 65536) + Math.floor(cross / 65536)) | 0;
}
