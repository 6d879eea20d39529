import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { auxlabHome } from '../../src-main/runtime/home.ts';

const at = (folder: string) => () => folder;
const nowhere = (): string => {
  throw new Error('uv_os_homedir returned ENOENT');
};

test('AUXLAB_HOME wins on every platform and becomes absolute', () => {
  expect(auxlabHome({ AUXLAB_HOME: '/data/lab', XDG_DATA_HOME: '/x' }, 'linux', at('/home/ada'))).toBe('/data/lab');
  expect(auxlabHome({ AUXLAB_HOME: 'lab' }, 'darwin', at('/Users/ada'))).toBe(resolve('lab'));
});

test('without it the data lies in the usual place of the platform', () => {
  expect(auxlabHome({}, 'linux', at('/home/ada'))).toBe('/home/ada/.local/share/auxlab');
  expect(auxlabHome({ XDG_DATA_HOME: '/x/share' }, 'linux', at('/home/ada'))).toBe('/x/share/auxlab');
  expect(auxlabHome({}, 'darwin', at('/Users/ada'))).toBe('/Users/ada/Library/Application Support/Auxlab');
  expect(auxlabHome({ APPDATA: 'C:\\Users\\ada\\AppData\\Roaming' }, 'win32', at('C:\\Users\\ada'))).toBe('C:\\Users\\ada\\AppData\\Roaming\\Auxlab');
  expect(auxlabHome({}, 'win32', at('C:\\Users\\ada'))).toBe('C:\\Users\\ada\\AppData\\Roaming\\Auxlab');
});

test('an empty variable counts as unset, and a relative XDG_DATA_HOME is ignored as its specification asks', () => {
  expect(auxlabHome({ AUXLAB_HOME: ' ', XDG_DATA_HOME: '' }, 'linux', at('/home/ada'))).toBe('/home/ada/.local/share/auxlab');
  expect(auxlabHome({ XDG_DATA_HOME: 'share' }, 'linux', at('/home/ada'))).toBe('/home/ada/.local/share/auxlab');
});

test('a user without a home directory, as in a container, needs one of the variables', () => {
  expect(auxlabHome({ AUXLAB_HOME: '/data/lab' }, 'linux', nowhere)).toBe('/data/lab');
  expect(auxlabHome({ XDG_DATA_HOME: '/x/share' }, 'linux', nowhere)).toBe('/x/share/auxlab');
  expect(() => auxlabHome({}, 'linux', nowhere)).toThrow(
    'This user has no home directory, so there is no usual place for the data directory. Set AUXLAB_HOME to a folder.',
  );
});
