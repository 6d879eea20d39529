import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeHome } from '../../src-main/runtime/homeFolder.ts';
import { leftOut, rootMay } from '../support/leftOut.ts';
import { temporaryFolders } from '../support/temporary.ts';

const folder = temporaryFolders();

test('the data directory is made with the folders above it, and one that is there is left alone', () => {
  const home = join(folder(), 'a', 'b', 'auxlab');
  makeHome(home);
  expect(existsSync(home)).toBe(true);
  expect(() => makeHome(home)).not.toThrow();
});

test('a data directory that cannot be is refused with the reason', () => {
  const file = join(folder(), 'file');
  writeFileSync(file, '');
  expect(() => makeHome(file)).toThrow(`The data directory ${file} cannot be made: there is a file of that name. Set AUXLAB_HOME to another folder.`);
  expect(() => makeHome(join(file, 'in'))).toThrow(`The data directory ${join(file, 'in')} cannot be made: a part of its path is a file.`);
});

test('a data directory below a folder that cannot be written is refused', leftOut(rootMay), () => {
  const place = folder();
  chmodSync(place, 0o555);
  const home = join(place, 'a', 'auxlab');
  expect(() => makeHome(home)).toThrow(`The data directory ${home} cannot be made: no permission. Set AUXLAB_HOME to another folder.`);
  chmodSync(place, 0o755);
});

const noProc = process.platform === 'linux' ? null : 'Only Linux has /proc, a file system that takes no folders.';

test('a file system that takes no folders is refused at once', leftOut(noProc), () => {
  expect(() => makeHome('/proc/auxlab/home')).toThrow('The data directory /proc/auxlab/home cannot be made: its file system takes no folders.');
});
