/** The program that npm links to, and the one that its scripts run through: a copy in a folder that a person may well have, with a main.ts that says what
 *  it was given. */
import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { bundledNode } from '../../src-main/runtime/bundledNode.js';
import { packageFolder } from '../shell/electronApp.ts';
import { leftOut } from '../support/leftOut.ts';
import { temporaryFolders } from '../support/temporary.ts';

const folder = temporaryFolders();
const run = promisify(execFile);
const here = leftOut(process.platform === 'win32' ? 'Windows makes links for administrators only.' : null);

/** What npm 10 leaves as well: the program of this platform's package, and no link to it in node_modules/.bin. */
const ownNode = relative(packageFolder, bundledNode(packageFolder) ?? 'none');

/** @returns a link to the launcher of a package in a folder with spaces and umlauts, from another such folder */
function linkedLauncher(hasNode: boolean): string {
  const place = join(folder(), 'Ein Ordner äöü');
  const commands = join(place, 'package', 'src-main', 'cli');
  const node = join(place, 'package', ownNode);
  for (const made of [commands, dirname(node), join(place, 'my bin')]) mkdirSync(made, { recursive: true });
  mkdirSync(join(place, 'package', 'src-main', 'runtime'));
  for (const file of ['cli/auxlab.js', 'cli/onNode.js', 'cli/startChild.js', 'runtime/bundledNode.js'])
    copyFileSync(join(packageFolder, 'src-main', file), join(place, 'package', 'src-main', file));
  writeFileSync(join(place, 'package', 'package.json'), '{ "type": "module" }');
  writeFileSync(join(commands, 'main.ts'), 'const words: string[] = process.argv.slice(2);\nconsole.log(JSON.stringify(words));\nprocess.exitCode = 3;\n');
  if (hasNode) symlinkSync(process.execPath, node);
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
async function started(version: string, link: string, words: readonly string[] = given): Promise<readonly [string, string, unknown]> {
  const ended = await run(process.execPath, [...onNode(version), link, ...words]).then(
    (good) => ({ ...good, code: 0 }),
    (bad: { stdout: string; stderr: string; code: unknown }) => bad, // execFile rejects with these for an exit code that is not 0
  );
  return [ended.stdout, ended.stderr, ended.code];
}

const given = ['data inspect', 'Größe.csv', ''];
const told = `${JSON.stringify(given)}\n`;

test.each(['22.18.0', '24.0.0', '26.1.0'])('on Node %s the commands run in the same process', here, async (version) => {
  expect(await started(version, linkedLauncher(false))).toEqual([told, '', 3]);
});

test.each(['20.8.0', '22.17.1', '23.5.0'])(
  'on Node %s the Node that came with the package runs them, with the same words and exit code',
  here,
  async (version) => {
    expect(await started(version, linkedLauncher(true))).toEqual([told, '', 3]);
  },
);

const sentence = 'auxlab needs Node 22.18 or later. This is Node 20.8.0, and no newer one came with the package. Run "npm ci" in the package\'s folder.\n';

test('on an old Node without a newer one beside it a sentence says what to do', here, async () => {
  expect(await started('20.8.0', linkedLauncher(false))).toEqual(['', sentence, 2]);
});

describe('what the scripts run through', here, () => {
  const scripts = (link: string): string => join(dirname(link), '..', 'package', 'src-main', 'cli', 'onNode.js');
  const first = (link: string): string => join(dirname(link), '..', 'package', ownNode);

  test('a program gets its words as they are, on the Node that came with the package', async () => {
    const link = linkedLauncher(true);
    const main = join(dirname(scripts(link)), 'main.ts');
    expect(await started('20.8.0', scripts(link), ['node', main, ...given])).toEqual([told, '', 3]);
  });

  test('a line for the shell finds that Node first, and takes what npm puts behind it', async () => {
    const link = linkedLauncher(true);
    const [found, , code] = await started('20.8.0', scripts(link), ['command -v node && printf "%s|"', 'a b', '$HOME']);
    expect([realpathSync(String(found).split('\n')[0] ?? ''), code]).toEqual([realpathSync(first(link)), 0]);
    expect(String(found).split('\n')[1]).toBe('a b|$HOME|');
  });

  test('without one a Node that is new enough serves, and an old one is refused', async () => {
    const link = linkedLauncher(false);
    expect(await started('24.0.0', scripts(link), ['true'])).toEqual(['', '', 0]);
    expect(await started('20.8.0', scripts(link), ['true'])).toEqual(['', sentence, 2]);
  });
});
