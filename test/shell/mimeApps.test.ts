import fc from 'fast-check';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { defaultsOf, mimeAppsFiles, withDefault, withoutDefault } from '../../src-main/shell/mimeApps.ts';

const type = 'application/x-auxlab';
const id = 'auxlab.desktop';
const put = (list: string): string => withDefault(list, type, id);
const taken = (list: string): string => withoutDefault(list, type, id);

test("the lists are the current desktop's own, by each of its names, and then the one for all; a folder counts only when it is absolute", () => {
  const desktop = { XDG_CONFIG_HOME: '/config', XDG_CURRENT_DESKTOP: 'ubuntu:GNOME' };
  // MIME Applications Associations 1.0.1, "File name and location": the lower-case form of each name
  expect(mimeAppsFiles(desktop, '/home/a')).toEqual(['ubuntu-mimeapps.list', 'gnome-mimeapps.list', 'mimeapps.list'].map((name) => join('/config', name)));
  for (const named of [{}, { XDG_CONFIG_HOME: '' }, { XDG_CONFIG_HOME: 'config' }, { XDG_CURRENT_DESKTOP: '../up:' }])
    expect(mimeAppsFiles(named, '/home/a')).toEqual([join('/home/a', '.config', 'mimeapps.list')]);
});

describe('a program is put into a list', () => {
  test.each([
    ['an empty one', '', '[Default Applications]\napplication/x-auxlab=auxlab.desktop;\n'],
    [
      'one with another group',
      '[Added Associations]\na/b=c.desktop\n',
      '[Added Associations]\na/b=c.desktop\n\n[Default Applications]\napplication/x-auxlab=auxlab.desktop;\n',
    ],
    [
      'one whose last line does not end',
      '[Default Applications]\na/b=c.desktop',
      '[Default Applications]\na/b=c.desktop\napplication/x-auxlab=auxlab.desktop;',
    ],
    [
      'the middle of one, behind its entries and before the next comment',
      '# mine\n[Default Applications]\na/b=c.desktop\n\n# more\n[Added Associations]\napplication/x-auxlab=c.desktop\n',
      '# mine\n[Default Applications]\na/b=c.desktop\napplication/x-auxlab=auxlab.desktop;\n\n# more\n[Added Associations]\napplication/x-auxlab=c.desktop\n',
    ],
    ['one with Windows line endings', '[Default Applications]\r\na/b=c\r\n', '[Default Applications]\r\na/b=c\r\napplication/x-auxlab=auxlab.desktop;\r\n'],
    [
      'one that names others: before them',
      '[Default Applications]\napplication/x-auxlab = c.desktop;d.desktop\n',
      '[Default Applications]\napplication/x-auxlab=auxlab.desktop;c.desktop;d.desktop;\n',
    ],
    [
      'one that names it later',
      '[Default Applications]\napplication/x-auxlab=c.desktop;auxlab.desktop;\n',
      '[Default Applications]\napplication/x-auxlab=auxlab.desktop;c.desktop;\n',
    ],
  ])('%s', (_, before, after) => {
    expect(put(before)).toBe(after);
    expect(defaultsOf(after, type)?.[0]).toBe(id);
    expect(put(after)).toBe(after);
  });
});

test('taken out, it leaves the others of its line, and the whole line where there are none', () => {
  const list = (line: string): string => `[Default Applications]\na/b=c.desktop\n${line}[Added Associations]\n${type}=${id};\n`;
  expect(taken(list(`${type}=c.desktop;${id};d.desktop\n`))).toBe(list(`${type}=c.desktop;d.desktop;\n`));
  expect(taken(list(`${type}=${id}\n`))).toBe(list(''));
  for (const untouched of ['', list(''), list(`${type}=c.desktop\n`), list(`#${type}=${id}\n`), `${type}=${id}\n`]) expect(taken(untouched)).toBe(untouched);
});

test('of a line that is there twice the last one counts, and both are cleared', () => {
  const twice = `[Default Applications]\n${type}=auxlab.desktop\n${type}=c.desktop\n`;
  expect(defaultsOf(twice, type)).toEqual(['c.desktop']);
  expect(put(twice)).toBe(`[Default Applications]\n${type}=auxlab.desktop\n${type}=auxlab.desktop;c.desktop;\n`);
  expect(taken(put(twice))).toBe(`[Default Applications]\n${type}=c.desktop;\n`);
});

test('any list comes back as it was, but for the name of a group that it did not have', () => {
  const line = fc.oneof(
    fc.constantFrom(
      '[Default Applications]',
      '[Added Associations]',
      '',
      '# a comment',
      `${type}=c.desktop;`,
      'text/plain=c.desktop',
      '[Default Applications',
      type,
    ),
    fc.string(),
  );
  const list = fc.tuple(fc.array(line), fc.constantFrom('\n', '\r\n'), fc.boolean()).map(([lines, end, ends]) => lines.join(end) + (ends ? end : ''));
  fc.assert(
    fc.property(list, (before) => {
      fc.pre(!before.includes(id));
      const after = put(before);
      expect(defaultsOf(after, type)?.[0]).toBe(id);
      const hadGroup = before.split(/\r?\n/).some((text) => text.trim() === '[Default Applications]');
      const back = taken(after);
      if (hadGroup) expect(back).toBe(before);
      else expect(back.replace(/\s*\[Default Applications\]\s*$/, '')).toBe(before.trimEnd());
    }),
    { numRuns: 500 },
  );
});
