import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { auxlabHome } from '../../src-main/runtime/home.ts';

test('AUXLAB_HOME wins on every platform and becomes absolute', () => {
  expect(auxlabHome({ AUXLAB_HOME: '/data/lab', XDG_DATA_HOME: '/x' }, 'linux', '/home/ada')).toBe('/data/lab');
  expect(auxlabHome({ AUXLAB_HOME: 'lab' }, 'darwin', '/Users/ada')).toBe(resolve('lab'));
});

test('without it the data lies in the usual place of the platform', () => {
  expect(auxlabHome({}, 'linux', '/home/ada')).toBe('/home/ada/.local/share/auxlab');
  expect(auxlabHome({ XDG_DATA_HOME: '/x/share' }, 'linux', '/home/ada')).toBe('/x/share/auxlab');
  expect(auxlabHome({}, 'darwin', '/Users/ada')).toBe('/Users/ada/Library/Application Support/Auxlab');
  expect(auxlabHome({ APPDATA: 'C:\\Users\\ada\\AppData\\Roaming' }, 'win32', 'C:\\Users\\ada')).toBe('C:\\Users\\ada\\AppData\\Roaming\\Auxlab');
  expect(auxlabHome({}, 'win32', 'C:\\Users\\ada')).toBe('C:\\Users\\ada\\AppData\\Roaming\\Auxlab');
});

test('an empty variable counts as unset, and a relative XDG_DATA_HOME is ignored as its specification asks', () => {
  expect(auxlabHome({ AUXLAB_HOME: ' ', XDG_DATA_HOME: '' }, 'linux', '/home/ada')).toBe('/home/ada/.local/share/auxlab');
  expect(auxlabHome({ XDG_DATA_HOME: 'share' }, 'linux', '/home/ada')).toBe('/home/ada/.local/share/auxlab');
});
