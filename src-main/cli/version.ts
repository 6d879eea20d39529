/** The version of this program, from its package. */
import { readFile } from 'node:fs/promises';

export async function version(): Promise<string> {
  const content: unknown = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'));
  return typeof content === 'object' && content !== null && 'version' in content ? String(content.version) : 'unknown';
}
