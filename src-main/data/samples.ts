/** Where the data sets lie that come with the program. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sampleOf } from '../contract/samples.ts';

/** The folder of the samples in a checkout; a packaged program passes its own. */
export const samplesFolder = fileURLToPath(new URL('../../resources/samples', import.meta.url));

/** The path to open for a sample's name, with or without "sample:".  @throws LabError bad-input with the nearest names */
export function samplePath(name: string, folder = samplesFolder): string {
  return join(folder, sampleOf(name).entry);
}
