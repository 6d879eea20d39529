/** Folders that a test file may fill and that are removed after it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

export function temporaryFolders(): () => string {
  const made: string[] = [];
  afterAll(() => {
    for (const folder of made) rmSync(folder, { recursive: true, force: true, maxRetries: 20 }); // a process of the test may still be ending
  });
  return () => {
    const folder = mkdtempSync(join(tmpdir(), 'auxlab-test-'));
    made.push(folder);
    return folder;
  };
}
