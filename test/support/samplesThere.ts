/** The bundled samples that a data format reads: where a format is not there, the tests on its samples are left out, aloud. */
import { samples } from '../../src-main/contract/samples.ts';
import { samplePath } from '../../src-main/data/samples.ts';
import { formats } from '../../src-main/formats/index.ts';
import { readHead } from '../../src-main/formats/source.ts';
import { leftOut, type LeftOut } from './leftOut.ts';

const heads = await Promise.all(samples.map(({ id }) => readHead(samplePath(id))));
const there = new Set(samples.filter((_, i) => formats.some((format) => heads[i] !== undefined && format.match(heads[i]))).map(({ id }) => id));

export function isThere(sample: string): boolean {
  return there.has(sample);
}

/** Goes before the body of a test that opens these samples. */
export function withSamples(...ids: readonly string[]): LeftOut {
  const gone = ids.find((id) => !isThere(id));
  return leftOut(gone === undefined ? null : `No data format reads the sample ${gone}.`);
}
