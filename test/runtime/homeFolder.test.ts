import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeHome } from '../../src-main/runtime/homeFolder.ts';
import { leftOut } from '../support/leftOut.ts';
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

const noProc = process.platform === 'linux' ? null : 'Only Linux has /proc, a file system that takes no folders.';

test('a file system that takes no folders is refused at once', leftOut(noProc), () => {
  expect(() => makeHome('/proc/auxlab/home')).toThrow('The data directory /proc/auxlab/home cannot be made: its file system takes no folders.');
});
