/** What tests name of the lists (methods, networks, formats): where an entry is not there, the tests that cannot do without it are left out, aloud. */
import { formats } from '../../src-main/formats/index.ts';
import { methods } from '../../src-main/methods/index.ts';
import { networks } from '../../src-main/networks/index.ts';
import { leftOut, type LeftOut } from './leftOut.ts';

/** sample -> the format that it is of; test/data/samples.test.ts holds that each is read as that */
export const formatOfSample: Readonly<Record<string, string>> = { 'fashion-mnist': 'idx', digits: 'idx', 'auto-mpg': 'csv', 'japanese-vowels': 'ts' };

export function isThere(sample: string): boolean {
  return formats.some(({ id }) => id === formatOfSample[sample]);
}

/** Those of the list, in the order in which they are named. */
export function methodsOf(...ids: readonly string[]): string[] {
  return ids.filter((id) => methods.some((method) => method.id === id));
}

/** Goes before the body of a test that opens these samples. */
export function withSamples(...ids: readonly string[]): LeftOut {
  return leftOutWithout(
    ids.find((id) => !isThere(id)),
    (gone) => `No data format reads the sample ${gone}.`,
  );
}

/** Goes before the body of a test of what these methods do. */
export function withMethods(...ids: readonly string[]): LeftOut {
  return leftOutWithout(
    ids.find((id) => methodsOf(id).length === 0),
    (gone) => `There is no method "${gone}" in this version.`,
  );
}

/** Goes before the body of a test of what these networks do. */
export function withNetworks(...ids: readonly string[]): LeftOut {
  return leftOutWithout(
    ids.find((id) => !networks.some((network) => network.id === id)),
    (gone) => `There is no network "${gone}" in this version.`,
  );
}

function leftOutWithout(gone: string | undefined, sentence: (gone: string) => string): LeftOut {
  return leftOut(gone === undefined ? null : sentence(gone));
}
