import { EventEmitter } from 'node:events';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, describe, expect, test } from 'vitest';
import { checkWritable, writeWhole } from '../../src-main/cli/output/files.ts';
import { definitionList, harmless, textTable, wrapText } from '../../src-main/cli/output/table.ts';
import { openTerminal, paint, quietBrokenPipes } from '../../src-main/cli/output/terminal.ts';
import { pauseOnSignal } from '../../src-main/cli/signals.ts';
import { keptTerminal } from './terminals.ts';

const folder = await mkdtemp(join(tmpdir(), 'auxlab-cli-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a signal', () => {
  test('pauses the first time and ends the program the second time', () => {
    const source = new EventEmitter();
    const terminal = keptTerminal();
    const killed: number[] = [];
    let time = 0;
    const { signal } = pauseOnSignal(
      source,
      terminal,
      () => time,
      (code) => void killed.push(code),
    );
    source.emit('SIGINT');
    expect(signal.aborted).toBe(true);
    expect(terminal.remarks).toEqual(['Stopping. A second Ctrl+C ends at once.']);
    time = 20; // npm hands on what the terminal has sent already
    source.emit('SIGINT');
    expect(killed).toEqual([]);
    time = 3000;
    source.emit('SIGTERM');
    expect(killed).toEqual([130]);
  });

  test('is left alone once the program has ended', () => {
    const source = new EventEmitter();
    pauseOnSignal(
      source,
      keptTerminal(),
      () => 0,
      () => undefined,
    ).stop();
    expect(source.listenerCount('SIGINT') + source.listenerCount('SIGTERM')).toBe(0);
  });
});

describe('the terminal', () => {
  const stream = (isTTY: boolean): PassThrough & { isTTY: boolean } => Object.assign(new PassThrough(), { isTTY });

  test('asks only where a person reads and writes, and takes anything but a yes for a no', async () => {
    const { signal } = new AbortController();
    const answerTo = async (typed: string): Promise<boolean | undefined> => {
      const stdin = stream(true);
      const asked = openTerminal(stream(true), stream(true), {}, stdin).ask?.('Train?', signal);
      stdin.write(typed);
      if (typed === '') stdin.end();
      return asked;
    };
    expect(await answerTo('y\n')).toBe(true);
    expect(await answerTo('Yes\n')).toBe(true);
    expect(await answerTo('\n')).toBe(false);
    expect(await answerTo('yesterday\n')).toBe(false);
    expect(await answerTo('')).toBe(false);
    expect(openTerminal(stream(true), stream(true), {}, stream(false)).ask).toBeNull();
    expect(openTerminal(stream(true), stream(false), {}, stream(true)).ask).toBeNull();
    expect(openTerminal(stream(true), stream(true), {}).ask).toBeNull();
    const stopped = new AbortController();
    const waiting = openTerminal(stream(true), stream(true), {}, stream(true)).ask?.('Train?', stopped.signal);
    stopped.abort();
    expect(await waiting).toBe(false);
  });

  test('is colourful only on a terminal without NO_COLOR', () => {
    expect(openTerminal(stream(true), stream(true), {}).colour).toBe(true);
    expect(openTerminal(stream(true), stream(true), { NO_COLOR: '1' }).colour).toBe(false);
    expect(openTerminal(stream(true), stream(true), { NO_COLOR: '' }).colour).toBe(true); // no-color.org: only when not empty
    expect(openTerminal(stream(false), stream(true), {}).colour).toBe(false);
    expect(openTerminal(stream(true), stream(true), { TERM: 'dumb' }).isLive).toBe(false);
    expect(paint(false, 'bold', 'x')).toBe('x');
  });

  test('takes a usual width where the terminal says none, or one that nothing fits in', () => {
    const stderr = Object.assign(stream(true), { columns: 0 });
    const terminal = openTerminal(stream(true), stderr, {});
    expect(terminal.columns).toBe(100);
    stderr.columns = 132;
    expect(terminal.columns).toBe(132);
  });

  test('writes a remark below the status that stands there, and rewrites the status in place', () => {
    const stderr = stream(true);
    const terminal = openTerminal(stream(true), stderr, {});
    terminal.status(['a', 'b']);
    terminal.status(['c', 'd']);
    terminal.remark('Pausing');
    terminal.status(['e']);
    expect(String(stderr.read())).toBe('a\nb\r\u001b[1A\u001b[0Jc\nd\nPausing\ne');
  });

  test('ends quietly when the reader of its output has gone, and keeps working when only remarks are lost', () => {
    const [stdout, stderr] = [stream(false), stream(false)];
    let ended = 0;
    quietBrokenPipes(stdout, stderr, () => void ended++);
    const broken = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });
    stderr.emit('error', broken);
    expect(ended).toBe(0);
    stdout.emit('error', broken);
    expect(ended).toBe(1);
    expect(() => stdout.emit('error', new Error('other'))).toThrow('other');
  });
});

describe('tables', () => {
  test('set numbers right and texts left', () => {
    expect(
      textTable(
        ['Name', 'Count'],
        [
          ['a', '10'],
          ['long', '5'],
        ],
      ),
    ).toBe('Name  Count\na        10\nlong      5');
  });

  test('wrap texts in their own column', () => {
    expect(definitionList([['--a', 'one two three']], 16)).toBe('  --a  one two\n       three');
    expect(wrapText('one two three', 8, '> ')).toBe('> one\n> two\n> three');
  });
});

test('controls in names from data and plans reach the terminal spelled out', () => {
  expect(harmless('a\u001b[31mred\u0007\u202eevil\nnext\ttab\u009b1J')).toBe(String.raw`a\u001b[31mred\u0007\u202eevil\nnext\ttab\u009b1J`);
  expect(harmless('Größe 日本 −1 ± 2 %')).toBe('Größe 日本 −1 ± 2 %');
  expect(textTable(['Column'], [['x\ny\u001b[2J']])).toBe(String.raw`Column
x\ny\u001b[2J`);
  expect(wrapText('a \u001b[2Jb\nc', 20)).toBe(String.raw`a \u001b[2Jb c`);
});

describe('a file', () => {
  test('is written whole, with its folders, and leaves no partial file', async () => {
    const file = join(folder, 'new', 'report.html');
    await writeWhole(file, 'all of it');
    expect(await readFile(file, 'utf8')).toBe('all of it');
    expect(await readdir(join(folder, 'new'))).toEqual(['report.html']);
  });

  test('that cannot be written is refused before anything runs', async () => {
    const plain = join(folder, 'plain.txt');
    await writeFile(plain, '');
    await expect(checkWritable(join(plain, 'report.html'))).rejects.toThrow(`${join(plain, 'report.html')} cannot be written: ${plain} is not a folder.`);
    await expect(checkWritable('/proc/auxlab/report.html')).rejects.toThrow('/proc/auxlab/report.html cannot be written: its folder cannot be made in /proc.');
    await expect(checkWritable(folder)).rejects.toThrow(`${folder} is a folder; name a file.`);
    await expect(checkWritable(join(folder, 'not', 'yet', 'there.html'))).resolves.toBeUndefined();
    expect(await readdir(folder)).not.toContainEqual(expect.stringContaining('.probe'));
  });

  test('that cannot be written after all is reported with its name and the reason', async () => {
    const plain = join(folder, 'other.txt');
    await writeFile(plain, '');
    await expect(writeWhole(join(plain, 'in', 'x'), 'x')).rejects.toThrow(`${join(plain, 'in', 'x')} was not written: a part of its path is not a folder.`);
    await expect(writeWhole('/proc/auxlab/report.html', 'x')).rejects.toThrow('/proc/auxlab/report.html was not written: its folder cannot be made.');
    await expect(writeWhole(folder, 'x')).rejects.toThrow(`${folder} was not written: it is a folder.`);
    expect(await readdir(folder)).not.toContainEqual(expect.stringContaining('.partial'));
  });
});
