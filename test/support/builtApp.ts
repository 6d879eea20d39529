/** The built bundles, built anew when a source is newer. Test files that look at them await this first. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from '../../src-main/serve/builtPage.ts';
import { packageFolder } from '../shell/electronApp.ts';

export async function builtApp(): Promise<void> {
  await ensureBuilt(packageFolder, () => undefined);
}

export function bundleText(file: string): string {
  return readFileSync(join(packageFolder, 'out', file), 'utf8');
}
