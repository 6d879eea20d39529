import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.join(import.meta.dirname, '..');
const own = path.relative(root, import.meta.filename);

function files(folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(ts|js|cjs|svelte)$/.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
}

/** @returns 'file:line' of every line that a rule finds */
function found(rule: RegExp, among: readonly string[]): string[] {
  return among
    .filter((file) => file !== own)
    .flatMap((file) =>
      readFileSync(path.join(root, file), 'utf8')
        .split('\n')
        .flatMap((line, at) => (rule.test(line) ? [`${file}:${at + 1}`] : [])),
    );
}

test('no part of an address serves as a path: in a folder with spaces or umlauts it is another one', () => {
  const addresses = ['src-main/serve/server.ts', 'src-main/shell/address.ts'].map((file) => path.normalize(file)); // of requests, not of files
  const among = [...files('src-main'), ...files('src-renderer'), ...files('test'), 'electron.vite.config.ts'].filter((file) => !addresses.includes(file));
  expect(among.length).toBeGreaterThan(400);
  expect(found(/\.pathname\b/, among)).toEqual([]);
});

test('a test that is left out says why', () => {
  expect(found(/\.(skipIf|runIf|todo)\(|\b(test|describe|it)\.skip\b|\bskip\(\)/, files('test'))).toEqual([]);
});
