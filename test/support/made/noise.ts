/** Random numbers for large made files: a seeded stream opens a generator that takes a few nanoseconds a word. */
import { Stream } from '../../../src-main/contract/random.ts';

/** The next unsigned 32-bit word. */
export type Words = () => number;

/** sfc32 (Chris Doty-Humphrey, PractRand 0.95), begun with three words of the stream and a counter; the first 12 words are thrown away. */
export function wordsOf(seed: number, purpose: string, index = 0): Words {
  const stream = new Stream(seed, purpose, index);
  let [a, b, c, counter] = [stream.word(), stream.word(), stream.word(), 1];
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
  for (let i = 0; i < 12; i++) next();
  return next;
}
