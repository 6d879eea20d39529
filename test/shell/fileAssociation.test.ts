/** Real files in a folder of the test's own, never in the person's: XDG_DATA_HOME, XDG_CONFIG_HOME and HOME all lie there. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { associations, type Associations } from '../../src-main/shell/associate.ts';
import {
  dataHome,
  desktopEntry,
  execLine,
  linuxFiles,
  namesAuxlab,
  registryAdditions,
  registryProgram,
  registryQuestions,
  registryRemovals,
  type Command,
} from '../../src-main/shell/fileAssociation.ts';
import { temporaryFolders } from '../support/temporary.ts';

const folder = temporaryFolders();
const command: Command = ['/opt/electron/electron', '/opt/auxlab'];
const searched = (process.env['PATH'] ?? '').split(delimiter);
const has = (program: string): boolean => searched.some((path) => existsSync(join(path, program)));
const isWindows = process.platform === 'win32';

interface Home {
  readonly data: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly at: (start?: Command) => Associations;
}

/** @param path where programs are looked for */
function homeWith(path: string, name = 'data of mine'): Home {
  const userFolder = folder();
  const data = join(userFolder, name);
  const environment = { HOME: userFolder, PATH: path, XDG_DATA_HOME: data, XDG_CONFIG_HOME: join(userFolder, 'config') };
  return { data, environment, at: (start = command) => associations({ platform: 'linux', environment, userFolder, command: start }) };
}

const filesIn = (data: string): string[] =>
  existsSync(data) ? readdirSync(data, { recursive: true, withFileTypes: true }).flatMap((one) => (one.isFile() ? [one.name] : [])) : [];

/** Writes a program that notes its words.  @returns the folder it lies in, and the notes */
function notingPrograms(names: readonly string[], end = 'exit 0'): { readonly path: string; readonly noted: () => string[] } {
  const path = folder();
  const notes = join(path, 'notes');
  for (const name of names) writeFileSync(join(path, name), `#!/bin/sh\necho "${name} $*" >> '${notes}'\n${end}\n`, { mode: 0o755 });
  return { path, noted: () => (existsSync(notes) ? readFileSync(notes, 'utf8').trimEnd().split('\n') : []) };
}

describe('the words of Exec', () => {
  test('are quoted, with percent signs doubled and files behind', () => {
    expect(execLine(['/opt/my electron', '/home/a/50% off'])).toBe('"/opt/my electron" "/home/a/50%% off" %F');
    // Desktop Entry Specification, "The Exec key": a dollar sign in a quoted word is "\\$", a backslash is "\\\\"
    expect(execLine(['/a$b', '/c\\d'])).toBe('"/a\\\\$b" "/c\\\\\\\\d" %F');
  });

  test
    .skipIf(isWindows)
    .each([
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
    ])('say %j to who reads them by the two rules', (name) => {
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

describe.skipIf(isWindows)('Linux', () => {
  test('two files are written, the same again when repeated, and undo leaves none', async () => {
    const { data, at } = homeWith(folder()); // no programs at all
    expect(await at().state()).toEqual({ canChange: true, isOn: false, sentence: 'Files that end in .auxlab are not registered with Auxlab.' });
    const missing = ['update-mime-database', 'update-desktop-database', 'xdg-mime'].map(
      (name) => `${name} is not installed; the system may see the change later.`,
    );
    for (let time = 0; time < 2; time += 1) {
      expect(await at().set(true)).toEqual({
        canChange: true,
        isOn: true,
        sentence: ['Files that end in .auxlab are registered to open with this Auxlab.', ...missing].join(' '),
      });
      expect(filesIn(data).toSorted()).toEqual(['auxlab.desktop', 'auxlab.xml']);
    }
    expect(readFileSync(join(data, 'applications', 'auxlab.desktop'), 'utf8')).toBe(
      [
        '[Desktop Entry]',
        'Type=Application',
        'Version=1.0',
        'Name=Auxlab',
        'Comment=Trains with auxiliary losses and says whether they help',
        'Exec="/opt/electron/electron" "/opt/auxlab" %F',
        'Terminal=false',
        'NoDisplay=true',
        'MimeType=application/x-auxlab;',
        '',
      ].join('\n'),
    );
    expect(readFileSync(join(data, 'mime', 'packages', 'auxlab.xml'), 'utf8')).toBe(
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">',
        '  <mime-type type="application/x-auxlab">',
        '    <comment>Auxlab experiment</comment>',
        '    <sub-class-of type="application/zip"/>',
        '    <glob pattern="*.auxlab"/>',
        '  </mime-type>',
        '</mime-info>',
        '',
      ].join('\n'),
    );
    expect((await at().set(false)).isOn).toBe(false);
    expect(filesIn(data)).toEqual([]);
    expect(await at().set(false)).toEqual({ canChange: true, isOn: false, sentence: 'Files that end in .auxlab are not registered with Auxlab.' });
  });

  test('the programs that are there are told, and one that fails is quoted', async () => {
    const names = ['update-mime-database', 'update-desktop-database', 'xdg-mime'];
    const good = notingPrograms(names);
    const { data, at } = homeWith(good.path);
    await at().set(true);
    await at().set(false);
    const both = [`update-mime-database ${join(data, 'mime')}`, `update-desktop-database ${join(data, 'applications')}`];
    expect(good.noted()).toEqual([...both, 'xdg-mime default auxlab.desktop application/x-auxlab', ...both]);
    const bad = notingPrograms(names, 'echo "no room" >&2; exit 3');
    expect(await homeWith(bad.path).at().set(true)).toMatchObject({ isOn: true, sentence: expect.stringContaining('xdg-mime reported: no room') });
  });

  test("another place's entry is named, taken over when asked, and not removed by this one", async () => {
    const { data, at } = homeWith(folder());
    await at(['/elsewhere/electron']).set(true);
    const { entry } = linuxFiles(data);
    const sentence = `Another Auxlab is registered for them, or ${entry} was changed.`;
    expect(await at().state()).toEqual({ canChange: true, isOn: false, sentence });
    expect(await at().set(false)).toEqual({ canChange: true, isOn: false, sentence });
    expect(readFileSync(entry, 'utf8')).toBe(desktopEntry(['/elsewhere/electron']));
    expect((await at().set(true)).isOn).toBe(true);
  });

  test("other programs' files stay, and a file type that was changed is not on", async () => {
    const { data, at } = homeWith(folder());
    mkdirSync(join(data, 'applications'), { recursive: true });
    writeFileSync(join(data, 'applications', 'other.desktop'), 'x');
    await at().set(true);
    writeFileSync(linuxFiles(data).type, 'mine');
    expect(await at().state()).toEqual({ canChange: true, isOn: false, sentence: `${linuxFiles(data).type} is missing or was changed.` });
    await at().set(false);
    expect(filesIn(data).toSorted()).toEqual(['auxlab.xml', 'other.desktop']);
  });

  test('what cannot be written is a sentence, and nothing half remains', async () => {
    const { data, at } = homeWith(folder());
    mkdirSync(data);
    writeFileSync(join(data, 'mime'), 'a file in the way');
    await expect(at().set(true)).rejects.toThrow(/auxlab\.xml cannot be written: /);
    await expect(at(['/a=b']).set(true)).rejects.toThrow('A desktop entry cannot start a program with "=" in its path.');
    expect(filesIn(data)).toEqual(['mime']);
  });

  test.skipIf(!has('xdg-mime') || !has('update-mime-database'))('the system itself names the type of a file and who opens it', async () => {
    const { environment, at, data } = homeWith(process.env['PATH'] ?? '', 'data'); // xdg-mime's own query splits a path at spaces
    const ask = (...words: string[]): string =>
      execFileSync('xdg-mime', ['query', ...words], { env: { ...environment, XDG_DATA_DIRS: '/nowhere' }, encoding: 'utf8' }).trim();
    await at(['/opt/my "50%" electron', '/home/a b']).set(true);
    expect(readFileSync(join(data, 'mime', 'globs'), 'utf8')).toContain('application/x-auxlab:*.auxlab');
    expect(ask('default', 'application/x-auxlab')).toBe('auxlab.desktop');
    await at(['/opt/my "50%" electron', '/home/a b']).set(false);
    expect(existsSync(linuxFiles(data).entry) || existsSync(linuxFiles(data).type)).toBe(false);
    expect(existsSync(join(data, 'mime', 'globs')) ? readFileSync(join(data, 'mime', 'globs'), 'utf8') : '').not.toContain('auxlab');
  });
});

describe.skipIf(isWindows || !has('gio') || !has('update-mime-database'))('GLib, which file managers open files with', () => {
  test.each(['plain', 'my "5" $HOME `id` el\\x', "it's 100%F new", 'Grö%%ße %d "$x\\'])(
    'starts the program in %j with its folder and the file',
    async (name) => {
      const { environment, at, data } = homeWith(process.env['PATH'] ?? '');
      const place = join(folder(), name);
      mkdirSync(place);
      const notes = join(dirname(data), 'notes');
      const program = join(place, 'electron');
      writeFileSync(program, `#!/bin/sh\nprintf '%s\\0' "$0" "$@" > '${notes}.part'\nmv '${notes}.part' '${notes}'\n`, { mode: 0o755 });
      await at([program, place]).set(true);
      const file = join(dirname(data), 'my result.auxlab');
      writeFileSync(file, 'PK\x03\x04'); // as a zip file begins
      execFileSync('gio', ['open', file], { env: environment, stdio: 'pipe' });
      await expect.poll(() => existsSync(notes), { timeout: 5000 }).toBe(true);
      expect(readFileSync(notes, 'utf8').split('\0').slice(0, -1)).toEqual([program, place, file]);
    },
  );
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
