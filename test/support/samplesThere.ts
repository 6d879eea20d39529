/** The bundled samples that a data format reads: where a format is not there, the tests on its samples are left out, aloud. */
import { formats } from '../../src-main/formats/index.ts';
import { leftOut, type LeftOut } from './leftOut.ts';

/** sample -> the format that it is of; test/data/samples.test.ts holds that each is read as that */
export const formatOfSample: Readonly<Record<string, string>> = { 'fashion-mnist': 'idx', digits: 'idx', 'auto-mpg': 'csv', 'japanese-vowels': 'ts' };

export function isThere(sample: string): boolean {
  return formats.some(({ id }) => id === formatOfSample[sample]);
}

/** Goes before the body of a test that opens these samples. */
export function withSamples(...ids: readonly string[]): LeftOut {
  const gone = ids.find((id) => !isThere(id));
  return leftOut(gone === undefined ? null : `No data format reads the sample ${gone}.`);
}
