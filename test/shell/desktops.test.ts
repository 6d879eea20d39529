/** Whether a desktop itself opens the file, asked through its own programs on three kinds of machine: a PATH of links says which programs there are. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { associations } from '../../src-main/shell/associate.ts';
import type { Associations } from '../../src-main/shell/association.ts';
import { linuxFiles, type Command } from '../../src-main/shell/fileAssociation.ts';
import { leftOut } from '../support/leftOut.ts';
import { temporaryFolders } from '../support/temporary.ts';

const folder = temporaryFolders();
const searched = (process.env['PATH'] ?? '').split(delimiter).filter((path) => path !== '');

function fileOf(program: string): string | undefined {
  return searched.map((path) => join(path, program)).find((file) => existsSync(file));
}

interface Desktop {
  readonly name: string;
  readonly programs: readonly string[];
}

const few: Desktop = { name: 'gio and shared-mime-info alone', programs: ['gio', 'update-mime-database'] };
const all: Desktop = { name: 'a whole desktop', programs: [...few.programs, 'update-desktop-database', 'xdg-mime'] };
const helpers = [
  'sh',
  'which',
  'env',
  'cat',
  'sed',
  'awk',
  'grep',
  'head',
  'cut',
  'tr',
  'basename',
  'dirname',
  'mv',
  'touch',
  'rm',
  'mkdir',
  'uname',
  'id',
  'readlink',
];

function missing({ programs }: Desktop): string | null {
  const absent = programs.filter((program) => fileOf(program) === undefined);
  return absent.length === 0 ? null : `This machine does not have ${absent.join(' and ')}, so who opens an .auxlab file is not asked there.`;
}

interface Home {
  readonly data: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly at: (command: Command) => Associations;
}

function homeOn({ programs }: Desktop): Home {
  const path = folder();
  for (const program of [...programs, ...helpers]) {
    const file = fileOf(program);
    if (file !== undefined) symlinkSync(file, join(path, program));
  }
  const userFolder = folder();
  const data = join(userFolder, 'data'); // xdg-mime's own query splits a path at spaces
  const environment = { HOME: userFolder, PATH: path, XDG_DATA_HOME: data, XDG_CONFIG_HOME: join(userFolder, 'config'), XDG_DATA_DIRS: '/nowhere' };
  return { data, environment, at: (command) => associations({ platform: 'linux', environment, userFolder, command }) };
}

test('nothing of a desktop: nothing is claimed and nothing written', async () => {
  const { data, at } = homeOn({ name: '', programs: [] });
  expect(await at(['/opt/auxlab']).set(true)).toMatchObject({ canChange: false, isOn: false });
  expect(existsSync(data)).toBe(false);
});

for (const desktop of [few, all])
  describe(desktop.name, leftOut(missing(desktop)), () => {
    test.each(['plain', 'my "5" $HOME `id` el\\x', "it's 100%F new", 'Grö%%ße %d "$x\\'])(
      'starts the program in %j with its folder and the file',
      async (name) => {
        const { environment, at, data } = homeOn(desktop);
        const place = join(folder(), name);
        mkdirSync(place);
        const notes = join(dirname(data), 'notes');
        const program = join(place, 'electron');
        writeFileSync(program, `#!/bin/sh\nprintf '%s\\0' "$0" "$@" > '${notes}.part'\nmv '${notes}.part' '${notes}'\n`, { mode: 0o755 });
        expect((await at([program, place]).set(true)).isOn).toBe(true);
        const file = join(dirname(data), 'my result.auxlab');
        writeFileSync(file, 'PK\x03\x04'); // as a zip file begins
        execFileSync('gio', ['open', file], { env: environment, stdio: 'pipe' });
        await expect.poll(() => existsSync(notes)).toBe(true);
        expect(readFileSync(notes, 'utf8').split('\0').slice(0, -1)).toEqual([program, place, file]);
      },
    );

    test('names the type of a file and who opens it, and no longer after undoing', async () => {
      const { environment, at, data } = homeOn(desktop);
      const command: Command = ['/bin/sh', '/home/a b'];
      const answer = (...words: string[]): string => execFileSync('gio', words, { env: environment, encoding: 'utf8' });
      const file = join(dirname(data), 'result.auxlab');
      writeFileSync(file, 'PK\x03\x04');
      await at(command).set(true);
      expect(answer('info', '--attributes=standard::content-type', file)).toContain('application/x-auxlab');
      expect(answer('mime', 'application/x-auxlab')).toContain('auxlab.desktop');
      await at(command).set(false);
      expect(answer('info', '--attributes=standard::content-type', file)).not.toContain('application/x-auxlab');
      expect(answer('mime', 'application/x-auxlab')).not.toContain('auxlab.desktop');
      expect(existsSync(linuxFiles(data).entry) || existsSync(linuxFiles(data).type)).toBe(false);
    });
  });

test('xdg-mime names the same program', leftOut(missing(all)), async () => {
  const { environment, at } = homeOn(all);
  const ask = (...words: string[]): string => execFileSync('xdg-mime', ['query', ...words], { env: environment, encoding: 'utf8' }).trim();
  await at(['/opt/my "50%" electron', '/home/a b']).set(true);
  expect(ask('default', 'application/x-auxlab')).toBe('auxlab.desktop');
  await at(['/opt/my "50%" electron', '/home/a b']).set(false);
  expect(ask('default', 'application/x-auxlab')).toBe('');
});
