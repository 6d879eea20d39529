import { expect, test } from 'vitest';
import { commandEntries } from '../../src-main/contract/commands.ts';
import { verdictWord } from '../../src-main/report/words.ts';
import { score, search } from '../../src-renderer/commands/search.ts';
import { ariaShortcut, isShortcut, shortcutText, type KeyPress } from '../../src-renderer/commands/shortcut.ts';
import { placeAfter } from '../../src-renderer/parts/listKeys.ts';
import { fileNameOf } from '../../src-renderer/parts/saveFile.ts';
import { latestOnly } from '../../src-renderer/state/latestOnly.ts';
import { countText, durationText, typedNumber } from '../../src-renderer/texts/numbers.ts';
import { failures, runsText, verdictWords } from '../../src-renderer/texts/words.ts';
import type * as CommandModule from '../../src-renderer/commands/commands.svelte.ts';
import type * as AnnouncerModule from '../../src-renderer/state/announcer.svelte.ts';
import type * as HistoryModule from '../../src-renderer/state/history.svelte.ts';
import type * as NavigationModule from '../../src-renderer/state/navigation.svelte.ts';
import type * as ToastModule from '../../src-renderer/state/toasts.svelte.ts';
import { windowModules } from './windowModules.ts';

const load = await windowModules();
const { Commands, command } = await load<typeof CommandModule>('/commands/commands.svelte.ts');
const { History } = await load<typeof HistoryModule>('/state/history.svelte.ts');
const { hashOf, placeOf } = await load<typeof NavigationModule>('/state/navigation.svelte.ts');
const { Announcer } = await load<typeof AnnouncerModule>('/state/announcer.svelte.ts');
const { Toasts } = await load<typeof ToastModule>('/state/toasts.svelte.ts');

const press = (key: string, part: Partial<KeyPress> = {}): KeyPress => ({ key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...part });

test('Mod is Ctrl here and Command on a Mac, and signs do not care how they are typed', () => {
  expect(isShortcut(press('k', { ctrlKey: true }), 'Mod+K', false)).toBe(true);
  expect(isShortcut(press('k', { ctrlKey: true }), 'Mod+K', true)).toBe(false);
  expect(isShortcut(press('k', { metaKey: true }), 'Mod+K', true)).toBe(true);
  expect(isShortcut(press('Z', { ctrlKey: true, shiftKey: true }), 'Mod+Shift+Z', false)).toBe(true);
  expect(isShortcut(press('Z', { ctrlKey: true, shiftKey: true }), 'Mod+Z', false)).toBe(false);
  expect(isShortcut(press('?', { shiftKey: true }), '?', false)).toBe(true);
  expect(isShortcut(press(',', { ctrlKey: true }), 'Mod+,', false)).toBe(true);
  expect(isShortcut(press('k', { ctrlKey: true, altKey: true }), 'Mod+K', false)).toBe(false);
});

test('shortcuts are written as each system writes them', () => {
  expect([shortcutText('Mod+Shift+Z', false), shortcutText('Mod+Shift+Z', true), shortcutText('Mod+Enter', false)]).toEqual([
    'Ctrl+Shift+Z',
    '⇧⌘Z',
    'Ctrl+Enter',
  ]);
  expect([ariaShortcut('Mod+K', false), ariaShortcut('Mod+K', true)]).toEqual(['Control+K', 'Meta+K']);
});

test('no two commands share a shortcut', () => {
  const keys = commandEntries.flatMap((entry) => ('keys' in entry ? [entry.keys] : []));
  expect(new Set(keys).size).toBe(keys.length);
});

test('the registry runs what is enabled, keeps plain keys out of text fields and forgets what a screen takes with it', () => {
  const commands = new Commands(false);
  const ran: string[] = [];
  let isOn = false;
  const remove = commands.add([
    command('view.palette', () => ran.push('palette'), { worksInText: true }),
    command('help.shortcuts', () => ran.push('sheet')),
    command('design.undo', () => ran.push('undo'), { isEnabled: () => isOn }),
  ]);
  expect(commands.ofKeys(press('?'), true)).toBeNull();
  commands.ofKeys(press('?'), false)?.run();
  commands.ofKeys(press('k', { ctrlKey: true }), true)?.run();
  expect(commands.run('design.undo')).toBe(false);
  isOn = true;
  expect(commands.run('design.undo')).toBe(true);
  expect(ran).toEqual(['sheet', 'palette', 'undo']);
  expect(commands.keysOf('view.palette')).toBe('Mod+K');
  remove();
  expect(commands.run('design.undo')).toBe(false);
});

test('a search finds beginnings of words first and forgives letters left out', () => {
  const names = ['Open a plan file', 'Open data', 'Compare', 'Copy as a command line'];
  expect(search(names, (name) => name, 'com')).toEqual(['Compare', 'Copy as a command line']);
  expect(search(names, (name) => name, 'opf')).toEqual(['Open a plan file']);
  expect(search(names, (name) => name, '')).toEqual(names);
  expect(score('Compare', 'xyz')).toBeNull();
});

test('undo and redo go step by step, and quick changes of one thing are one step', () => {
  let now = 0;
  const history = new History('a', () => now);
  history.set('b', 'weight');
  now += 100;
  history.set('c', 'weight');
  now += 5000;
  history.set('d', 'weight');
  expect([history.current, history.canUndo, history.undoLabel]).toEqual(['d', true, 'weight']);
  history.undo();
  expect([history.current, history.canRedo, history.redoLabel]).toEqual(['c', true, 'weight']);
  history.undo();
  expect([history.current, history.canUndo]).toEqual(['a', false]);
  history.redo();
  history.redo();
  history.redo();
  expect([history.current, history.canRedo]).toEqual(['d', false]);
  history.undo();
  history.set('e', 'depth');
  expect([history.current, history.canRedo]).toEqual(['e', false]);
  history.reset('z');
  expect([history.current, history.canUndo, history.undoLabel]).toEqual(['z', false, null]);
});

test('a place is an address and back, and a strange address is the start', () => {
  const place = { screen: 'compare', experimentId: '261124-a1' } as const;
  expect(placeOf(hashOf(place))).toEqual(place);
  expect(placeOf('')).toEqual({ screen: 'start', experimentId: null });
  expect(placeOf('#/nowhere/../etc')).toEqual({ screen: 'start', experimentId: null });
});

test('progress is spoken at most every ten seconds, the newest sentence last, urgent ones at once', () => {
  let now = 0;
  let later: (() => void) | null = null;
  const announcer = new Announcer(
    () => now,
    (work) => void (later = work),
  );
  announcer.say('1 of 12 runs');
  expect(announcer.text).toBe('1 of 12 runs');
  now = 1000;
  announcer.say('2 of 12 runs');
  announcer.say('3 of 12 runs');
  expect(announcer.text).toBe('1 of 12 runs');
  now = 10_000;
  (later as (() => void) | null)?.(); // set by say, which the compiler cannot see
  expect(announcer.text).toBe('3 of 12 runs');
  announcer.say('It has ended.', true);
  expect(announcer.text).toBe('It has ended.');
});

test('a confirmation goes by itself, trouble stays until it is closed, and one text is shown once', () => {
  const timers: (() => void)[] = [];
  const toasts = new Toasts((work) => void timers.push(work));
  toasts.show({ text: 'Copied.' });
  toasts.show({ text: 'Copied.' });
  toasts.show({ text: 'The disk is full.', tone: 'bad' });
  expect(toasts.list.map(({ text }) => text)).toEqual(['Copied.', 'The disk is full.']);
  timers.forEach((work) => work());
  expect(toasts.list.map(({ text }) => text)).toEqual(['The disk is full.']);
});

test('window and report use the same words for a verdict', () => {
  const verdicts = Object.keys(verdictWords) as (keyof typeof verdictWords)[]; // Object.keys forgets the names' type
  expect(verdicts).toHaveLength(7);
  expect(verdicts.map((verdict) => verdictWords[verdict])).toEqual(verdicts.map(verdictWord));
});

test('arrows, Home and End stay inside the list, other keys mean nothing', () => {
  expect([placeAfter('ArrowDown', 0, 3), placeAfter('ArrowDown', 2, 3), placeAfter('ArrowUp', 2, 3), placeAfter('ArrowUp', 0, 3)]).toEqual([1, 2, 1, 0]);
  expect([placeAfter('Home', 2, 3), placeAfter('End', 0, 3), placeAfter('Enter', 0, 3), placeAfter('ArrowDown', 0, 0)]).toEqual([0, 2, null, null]);
});

test('numbers are read as people type them and told as people wait', () => {
  expect(['0,3', '0.3', ' -2 ', '1 000', '', 'x', '1,000,000'].map(typedNumber)).toEqual([0.3, 0.3, -2, 1000, null, null, null]);
  expect([900, 45_000, 90_000, 600_000, 5_400_000].map(durationText)).toEqual(['1 s', '45 s', '1 min 30 s', '10 min', '1 h 30 min']);
  expect([countText(1, 'pair'), countText(6, 'pair')]).toEqual(['1 pair', '6 pairs']);
  expect([runsText({ finishedRuns: 0, runs: 1 }), runsText({ finishedRuns: 3, runs: 12 })]).toEqual(['0 of 1 run', '3 of 12 runs']);
  expect([fileNameOf('Validation RMSE by epoch', 'svg'), fileNameOf('///', 'csv')]).toEqual(['validation-rmse-by-epoch.svg', 'chart.csv']);
});

test('a sentence that struck several runs is said once', () => {
  const runs = [
    { seed: 1, status: 'failed', error: 'Out of memory.' },
    { seed: 2, status: 'failed', error: 'Out of memory.' },
    { seed: 3, status: 'failed' },
    { seed: 4, status: 'finished' },
  ];
  expect(failures([{ title: 'region', runs }])).toEqual(['region, seed 1; region, seed 2: Out of memory.', 'region, seed 3: No reason was recorded.']);
});

test('readings never overlap, and requests made meanwhile are answered by one more', async () => {
  let count = 0;
  let open = 0;
  const read = latestOnly(async () => {
    expect(++open).toBe(1);
    count++;
    await new Promise((resolve) => setTimeout(resolve, 5));
    open--;
  });
  await Promise.all([read(), read(), read()]);
  expect(count).toBe(2);
  await read();
  expect(count).toBe(3);
});
