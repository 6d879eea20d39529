/** Real files in a folder of the test's own, never in the person's: XDG_DATA_HOME, XDG_CONFIG_HOME and HOME all lie there. */
import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { associations } from '../../src-main/shell/associate.ts';
import type { Associations } from '../../src-main/shell/association.ts';
import { desktopEntry, linuxFiles, type Command } from '../../src-main/shell/fileAssociation.ts';
import { leftOut } from '../support/leftOut.ts';
import { temporaryFolders } from '../support/temporary.ts';

const folder = temporaryFolders();
const command: Command = ['/opt/electron/electron', '/opt/auxlab'];
const onlyHere = leftOut(process.platform === 'win32' ? 'Windows has no desktop entries.' : null);

interface Home {
  readonly data: string;
  readonly list: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly at: (start?: Command) => Associations;
}

/** @param path where programs are looked for   @param desktop its name, as XDG_CURRENT_DESKTOP has it */
function homeWith(path: string, name = 'data of mine', desktop = ''): Home {
  const userFolder = folder();
  const data = join(userFolder, name);
  const list = join(userFolder, 'config', 'mimeapps.list');
  const environment = { HOME: userFolder, PATH: path, XDG_DATA_HOME: data, XDG_CONFIG_HOME: dirname(list), XDG_CURRENT_DESKTOP: desktop };
  return { data, list, environment, at: (start = command) => associations({ platform: 'linux', environment, userFolder, command: start }) };
}

function write(file: string, text: string | Buffer): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

const filesIn = (data: string): string[] =>
  existsSync(data)
    ? readdirSync(data, { recursive: true, withFileTypes: true })
        .flatMap((one) => (one.isFile() ? [one.name] : []))
        .toSorted()
    : [];

const line = 'application/x-auxlab=auxlab.desktop;';
const offSentence = 'Files that end in .auxlab are not registered with Auxlab.';

/** What update-mime-database writes of one package: its pattern, with the usual weight. */
const gathers = 'if [ -e "$1/packages/auxlab.xml" ]; then echo "50:application/x-auxlab:*.auxlab"; fi > "$1/globs2"';

/** Writes programs that note their words; the one for types does its work.  @returns the folder they lie in, and the notes */
function notingPrograms(names: readonly string[], end = 'exit 0'): { readonly path: string; readonly noted: () => string[] } {
  const path = folder();
  const notes = join(path, 'notes');
  for (const name of names)
    writeFileSync(join(path, name), `#!/bin/sh\necho "${name} $*" >> '${notes}'\n${name === 'update-mime-database' ? gathers : ''}\n${end}\n`, { mode: 0o755 });
  return { path, noted: () => (existsSync(notes) ? readFileSync(notes, 'utf8').trimEnd().split('\n') : []) };
}

describe('.auxlab files on a desktop of freedesktop.org', onlyHere, () => {
  test('two files and a line are written, the same again when repeated, and undo leaves none of it', async () => {
    const { data, list, at } = homeWith(notingPrograms(['update-mime-database']).path);
    expect(await at().state()).toEqual({ canChange: true, isOn: false, sentence: offSentence });
    for (let time = 0; time < 2; time += 1) {
      const sentence = 'Files that end in .auxlab are registered to open with this Auxlab.';
      expect(await at().set(true)).toEqual({ canChange: true, isOn: true, sentence });
      expect(filesIn(data)).toEqual(['auxlab.desktop', 'auxlab.xml', 'globs2']);
      expect(readFileSync(list, 'utf8')).toBe(`[Default Applications]\n${line}\n`);
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
    expect(await at().set(false)).toEqual({ canChange: true, isOn: false, sentence: offSentence });
    expect(filesIn(data)).toEqual(['globs2']);
    expect(readFileSync(list, 'utf8')).toBe('[Default Applications]\n');
    expect(await at().set(false)).toEqual({ canChange: true, isOn: false, sentence: offSentence });
  });

  test('without the program that makes a type known nothing is written, and the sentence says what is missing', async () => {
    const { data, list, at } = homeWith(folder());
    const sentence = `${offSentence} That needs update-mime-database, which is not installed; it comes with shared-mime-info.`;
    for (const answer of [await at().state(), await at().set(true), await at().set(false)]) expect(answer).toEqual({ canChange: false, isOn: false, sentence });
    expect([...filesIn(data), ...filesIn(dirname(list))]).toEqual([]);
  });

  test('the programs that are there are told, and one that fails is quoted', async () => {
    const names = ['update-mime-database', 'update-desktop-database'];
    const good = notingPrograms(names);
    const { data, at } = homeWith(good.path);
    await at().set(true);
    await at().set(false);
    const both = [`update-mime-database ${join(data, 'mime')}`, `update-desktop-database ${join(data, 'applications')}`];
    expect(good.noted()).toEqual([...both, ...both]);
    const bad = notingPrograms(names, 'echo "no room" >&2; exit 3');
    expect(await homeWith(bad.path).at().set(true)).toMatchObject({
      isOn: true,
      sentence: expect.stringContaining('update-desktop-database reported: no room'),
    });
  });

  test("another place's entry is named, taken over when asked, and not removed by this one", async () => {
    const { data, list, at } = homeWith(notingPrograms(['update-mime-database']).path);
    await at(['/elsewhere/electron']).set(true);
    const { entry } = linuxFiles(data);
    const sentence = `Another Auxlab is registered for them, or ${entry} was changed.`;
    expect(await at().state()).toEqual({ canChange: true, isOn: false, sentence });
    expect(await at().set(false)).toEqual({ canChange: true, isOn: false, sentence });
    expect(readFileSync(entry, 'utf8')).toBe(desktopEntry(['/elsewhere/electron']));
    expect(readFileSync(list, 'utf8')).toContain(line);
    expect((await at().set(true)).isOn).toBe(true);
  });

  test("other programs' files stay, and a file type that was changed is not on", async () => {
    const { data, at } = homeWith(notingPrograms(['update-mime-database']).path);
    write(join(data, 'applications', 'other.desktop'), 'x');
    await at().set(true);
    writeFileSync(linuxFiles(data).type, 'mine');
    expect(await at().state()).toEqual({ canChange: true, isOn: false, sentence: `${linuxFiles(data).type} is missing or was changed.` });
    await at().set(false);
    expect(filesIn(data)).toEqual(['auxlab.xml', 'globs2', 'other.desktop']);
  });

  test('it is on only while the type is known and the list names this program first', async () => {
    const { data, list, at } = homeWith(notingPrograms(['update-mime-database']).path);
    await at().set(true);
    const off = async (): Promise<string> => (({ isOn, sentence }) => (isOn ? 'on' : sentence))(await at().state());
    writeFileSync(list, '[Default Applications]\napplication/x-auxlab=other.desktop;auxlab.desktop\n');
    expect(await off()).toBe(`${list} names other.desktop as the program for them.`);
    rmSync(list);
    expect(await off()).toBe(`${list} does not name Auxlab as the program for them.`);
    await at().set(true);
    rmSync(linuxFiles(data).known);
    expect(await off()).toBe(`update-mime-database has not made the type known in ${linuxFiles(data).known}.`);
  });

  test("what else the person's list says stays byte for byte, with its rights, and a link to it stays a link", async () => {
    const { list, at } = homeWith(notingPrograms(['update-mime-database']).path);
    const real = join(dirname(dirname(list)), 'dotfiles', 'mine.list');
    const own = Buffer.concat([
      Buffer.from('# Gr\xfc\xdfe\r\n[Default Applications]\r\ntext/plain=edit.desktop\r\n\r\n[Added Associations]\r\na/b=c;', 'latin1'),
    ]);
    write(real, own);
    chmodSync(real, 0o600);
    mkdirSync(dirname(list));
    symlinkSync(join('..', 'dotfiles', 'mine.list'), list);
    expect((await at().set(true)).isOn).toBe(true);
    expect(readFileSync(real, 'latin1')).toContain(`text/plain=edit.desktop\r\n${line}\r\n\r\n[Added`);
    expect([lstatSync(list).isSymbolicLink(), statSync(real).mode & 0o777, filesIn(dirname(real))]).toEqual([true, 0o600, ['mine.list']]);
    await at().set(false);
    expect(readFileSync(real).equals(own)).toBe(true);
  });

  test('a link to a list that is not there yet is followed too', async () => {
    const { list, at } = homeWith(notingPrograms(['update-mime-database']).path);
    const real = join(dirname(dirname(list)), 'later', 'mine.list');
    mkdirSync(dirname(list));
    symlinkSync(real, list);
    expect((await at().set(true)).isOn).toBe(true);
    expect([lstatSync(list).isSymbolicLink(), readFileSync(real, 'utf8')]).toEqual([true, `[Default Applications]\n${line}\n`]);
  });

  test("a desktop's own list comes first: it is changed where it speaks of the type, and only there", async () => {
    const { list, at } = homeWith(notingPrograms(['update-mime-database']).path, 'data', 'ubuntu:GNOME');
    const [ubuntu, gnome] = ['ubuntu', 'gnome'].map((name) => join(dirname(list), `${name}-mimeapps.list`)) as [string, string];
    write(ubuntu, '[Default Applications]\ntext/plain=edit.desktop\n');
    write(gnome, '[Default Applications]\napplication/x-auxlab=other.desktop;\n');
    expect((await at().set(true)).isOn).toBe(true);
    expect(readFileSync(ubuntu, 'utf8')).toBe('[Default Applications]\ntext/plain=edit.desktop\n');
    expect(readFileSync(gnome, 'utf8')).toBe('[Default Applications]\napplication/x-auxlab=auxlab.desktop;other.desktop;\n');
    await at().set(false);
    expect(readFileSync(gnome, 'utf8')).toBe('[Default Applications]\napplication/x-auxlab=other.desktop;\n');
  });

  test('what cannot be written is a sentence, and nothing half remains', async () => {
    const { data, list, at } = homeWith(notingPrograms(['update-mime-database']).path);
    mkdirSync(list, { recursive: true });
    await expect(at().set(true)).rejects.toThrow(`${list} cannot be read: EISDIR`);
    rmSync(list, { recursive: true });
    symlinkSync(list, list);
    await expect(at().set(true)).rejects.toThrow(`${list} cannot be read: ELOOP`);
    rmSync(data, { recursive: true });
    write(join(data, 'mime'), 'a file in the way');
    await expect(at().set(true)).rejects.toThrow(/auxlab\.xml cannot be written: /);
    await expect(at(['/a=b']).set(true)).rejects.toThrow('A desktop entry cannot start a program with "=" in its path.');
    expect(filesIn(data)).toEqual(['mime']);
  });
});
