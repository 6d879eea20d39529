import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { associations } from '../../src-main/shell/associate.ts';
import {
  dataHome,
  execLine,
  namesAuxlab,
  registryAdditions,
  registryProgram,
  registryQuestions,
  registryRemovals,
  type Command,
} from '../../src-main/shell/fileAssociation.ts';
import { leftOut } from '../support/leftOut.ts';
import { temporaryFolders } from '../support/temporary.ts';

const folder = temporaryFolders();
const command: Command = ['/opt/electron/electron', '/opt/auxlab'];
const onlyHere = leftOut(process.platform === 'win32' ? 'Windows has no shell that reads quotes as Exec does.' : null);

describe('the words of Exec', () => {
  test('are quoted, with percent signs doubled and files behind', () => {
    expect(execLine(['/opt/my electron', '/home/a/50% off'])).toBe('"/opt/my electron" "/home/a/50%% off" %F');
    // Desktop Entry Specification, "The Exec key": a dollar sign in a quoted word is "\\$", a backslash is "\\\\"
    expect(execLine(['/a$b', '/c\\d'])).toBe('"/a\\\\$b" "/c\\\\\\\\d" %F');
  });

  test.each([
    'plain',
    'with space',
    'quo"te',
    "apo'strophe",
    '100%',
    '%F',
    '$HOME',
    '`id`',
    'back\\slash',
    'new\nline',
    'tab\there',
    'ends\\',
    'a;b&c|d<e>f*g?h#i(j)',
    'Größe',
  ])('say %j to who reads them by the two rules', onlyHere, (name) => {
    const start: Command = [`/opt/${name}/electron`, `/home/${name}`];
    const escapes: Readonly<Record<string, string>> = { '\\n': '\n', '\\t': '\t', '\\r': '\r', '\\s': ' ', '\\\\': '\\' };
    const line = execLine(start);
    expect(line).not.toMatch(/[\n\t]/);
    const string = line.replace(/\\[ntrs\\]/g, (pair) => escapes[pair] ?? pair); // the rule of all strings
    const words = string.replace(/ %F$/, '').replaceAll('%%', '%');
    const read = execFileSync('/bin/sh', ['-c', `printf '%s\\0' ${words}`], { encoding: 'utf8' }); // the rule of quotes is the shell's
    expect(read.split('\0').slice(0, -1)).toEqual(name.includes('%') ? ['env', ...start] : start);
  });

  test('a program with a percent sign is started by env, which GLib finds', () => {
    expect(execLine(['/100%/electron'])).toBe('env "/100%%/electron" %F');
  });

  test('a program with an equals sign cannot be named', () => {
    expect(() => execLine(['/a=b/electron'])).toThrow('A desktop entry cannot start a program with "=" in its path. Received: /a=b/electron');
    expect(execLine(['/a/electron', '/x=y'])).toBe('"/a/electron" "/x=y" %F');
  });
});

test('XDG_DATA_HOME counts only when it is absolute', () => {
  expect(dataHome({ XDG_DATA_HOME: '/data' }, '/home/a')).toBe('/data');
  for (const named of [{}, { XDG_DATA_HOME: '' }, { XDG_DATA_HOME: 'data' }]) expect(dataHome(named, '/home/a')).toBe(join('/home/a', '.local', 'share'));
});

describe('Windows, as argument lists', () => {
  const classes = 'HKCU\\Software\\Classes';

  test('three values are added and two removed', () => {
    expect(registryAdditions(['C:\\My Programs\\electron.exe', 'D:\\'])).toEqual([
      ['add', `${classes}\\Auxlab.Experiment`, '/ve', '/t', 'REG_SZ', '/d', 'Auxlab experiment', '/f'],
      [
        'add',
        `${classes}\\Auxlab.Experiment\\shell\\open\\command`,
        '/ve',
        '/t',
        'REG_SZ',
        '/d',
        '"C:\\My Programs\\electron.exe" "D:\\\\" "%1"', // the backslash at the end is doubled: \" would be a quote
        '/f',
      ],
      ['add', `${classes}\\.auxlab`, '/ve', '/t', 'REG_SZ', '/d', 'Auxlab.Experiment', '/f'],
    ]);
    expect(registryRemovals).toEqual([
      ['delete', `${classes}\\.auxlab`, '/ve', '/f'],
      ['delete', `${classes}\\Auxlab.Experiment`, '/f'],
    ]);
    expect(registryQuestions.map(([, key]) => key)).toEqual([`${classes}\\.auxlab`, `${classes}\\Auxlab.Experiment\\shell\\open\\command`]);
  });

  test('a percent sign is refused, and the answer of reg.exe is read', () => {
    expect(() => registryAdditions(['C:\\50%\\a.exe'])).toThrow('Windows cannot start a path with "%" in it from an association. Received: C:\\50%\\a.exe');
    expect(namesAuxlab(`\r\n${classes}\\.auxlab\r\n    (Default)    REG_SZ    Auxlab.Experiment\r\n\r\n`)).toBe(true);
    expect(namesAuxlab('    (Default)    REG_SZ    Other.Experiment\r\n')).toBe(false);
    expect(registryProgram({ SystemRoot: 'D:\\WINDOWS' })).toBe('D:\\WINDOWS\\System32\\reg.exe');
  });
});

test('on a Mac nothing can be changed here', async () => {
  const mac = associations({ platform: 'darwin', environment: {}, userFolder: folder(), command });
  const answer = { canChange: false, isOn: false, sentence: 'macOS takes this from the packaged app.' };
  expect([await mac.state(), await mac.set(true)]).toEqual([answer, answer]);
});
