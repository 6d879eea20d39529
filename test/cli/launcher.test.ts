/** The program that npm links to: a copy of it in a folder that a person may well have, with a main.ts that says what it was given. */
import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { leftOut } from '../support/leftOut.ts';
import { temporaryFolders } from '../support/temporary.ts';

const folder = temporaryFolders();
const run = promisify(execFile);
const here = leftOut(process.platform === 'win32' ? 'Windows makes links for administrators only.' : null);

/** @returns a link to the launcher of a package in a folder with spaces and umlauts, from another such folder */
function linkedLauncher(hasNode: boolean): string {
  const place = join(folder(), 'Ein Ordner äöü');
  const commands = join(place, 'package', 'src-main', 'cli');
  const programs = join(place, 'package', 'node_modules', '.bin');
  for (const made of [commands, programs, join(place, 'my bin')]) mkdirSync(made, { recursive: true });
  copyFileSync(join(import.meta.dirname, '..', '..', 'src-main', 'cli', 'auxlab.js'), join(commands, 'auxlab.js'));
  writeFileSync(join(place, 'package', 'package.json'), '{ "type": "module" }');
  writeFileSync(join(commands, 'main.ts'), 'const words: string[] = process.argv.slice(2);\nconsole.log(JSON.stringify(words));\nprocess.exitCode = 3;\n');
  if (hasNode) symlinkSync(process.execPath, join(programs, 'node'));
  const link = join(place, 'my bin', 'auxlab');
  symlinkSync(join(commands, 'auxlab.js'), link);
  return link;
}

/** A Node that says it is another one, as far as the launcher asks. */
function onNode(version: string): string[] {
  const change = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } });`;
  return ['--disable-warning=ExperimentalWarning', `--import=data:text/javascript,${encodeURIComponent(change)}`];
}

/** @returns standard output, standard error and the exit code */
async function started(version: string, link: string): Promise<readonly [string, string, unknown]> {
  const words = ['data inspect', 'Größe.csv', ''];
  const ended = await run(process.execPath, [...onNode(version), link, ...words]).then(
    (good) => ({ ...good, code: 0 }),
    (bad: { stdout: string; stderr: string; code: unknown }) => bad, // execFile rejects with these for an exit code that is not 0
  );
  return [ended.stdout, ended.stderr, ended.code];
}

const given = '["data inspect","Größe.csv",""]\n';

test.each(['22.18.0', '24.0.0', '26.1.0'])('on Node %s the commands run in the same process', here, async (version) => {
  expect(await started(version, linkedLauncher(false))).toEqual([given, '', 3]);
});

test.each(['20.8.0', '22.17.1', '23.5.0'])(
  'on Node %s the Node that came with the package runs them, with the same words and exit code',
  here,
  async (version) => {
    expect(await started(version, linkedLauncher(true))).toEqual([given, '', 3]);
  },
);

test('on an old Node without a newer one beside it a sentence says what to do', here, async () => {
  const sentence = 'auxlab needs Node 22.18 or later. This is Node 20.8.0, and no newer one came with the package. Run "npm ci" in the package\'s folder.\n';
  expect(await started('20.8.0', linkedLauncher(false))).toEqual(['', sentence, 2]);
});
