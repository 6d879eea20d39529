/** The parts of the shell that decide without Electron: place of the window, menu, opened files, quit guard, what is known of training. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, test } from 'vitest';
import type { LabEvent } from '../../src-main/contract/calls.ts';
import { commandEntries } from '../../src-main/contract/commands.ts';
import { menuTemplate } from '../../src-main/shell/menuTemplate.ts';
import { openedFiles, pathsAmong } from '../../src-main/shell/openedFiles.ts';
import { quitGuard, quitQuestion, type QuitAnswer } from '../../src-main/shell/quitGuard.ts';
import { trainingWatch, type TrainingState } from '../../src-main/shell/trainingWatch.ts';
import { fittingState, readWindowState, writeWindowState } from '../../src-main/shell/windowState.ts';
import { temporaryFolders } from '../support/temporary.ts';

const folder = temporaryFolders();

describe('the place of the window', () => {
  const display = { x: 0, y: 0, width: 1920, height: 1080 };

  test.each([
    ['inside', { x: 100, y: 50 }, true],
    ['on a second display', { x: 2000, y: 50 }, false],
    ['above the edge', { x: 100, y: -400 }, false],
    ['nearly out to the right', { x: 1900, y: 50 }, false],
    ['partly out to the left', { x: -500, y: 50 }, true],
  ])('%s', (_, place, isKept) => {
    const state = { ...place, width: 1000, height: 700, isMaximized: false };
    expect(fittingState(state, [display])).toEqual(isKept ? state : { width: 1000, height: 700, isMaximized: false });
  });

  test('is kept over a restart, is never smaller than usable, and a damaged file costs only the place', () => {
    const file = join(folder(), 'place.json');
    expect(readWindowState(file)).toEqual({ width: 1280, height: 800, isMaximized: false });
    writeWindowState(file, { x: 10, y: 20, width: 900, height: 600, isMaximized: true });
    expect(readWindowState(file)).toEqual({ x: 10, y: 20, width: 900, height: 600, isMaximized: true });
    expect(fittingState({ width: 10, height: 10, isMaximized: false }, [display])).toEqual({ width: 760, height: 520, isMaximized: false });
    writeFileSync(file, '{"width": "wide"}');
    expect(readWindowState(file)).toEqual({ width: 1280, height: 800, isMaximized: false });
  });
});

describe('the menu', () => {
  const flat = (items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
    items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])]);
  const template = (platform: NodeJS.Platform, sent: string[] = []): MenuItemConstructorOptions[] =>
    flat(menuTemplate({ platform, isPackaged: true, send: (id) => sent.push(id), openLogs: () => undefined }));

  test('has every command of the list once, which sends its id to the page', () => {
    const sent: string[] = [];
    const items = template('linux', sent).filter(({ id }) => id !== undefined);
    expect(items.map(({ id }) => id).toSorted()).toEqual(commandEntries.map(({ id }) => id).toSorted());
    for (const item of items) (item.click as () => void)();
    expect(sent.toSorted()).toEqual(commandEntries.map(({ id }) => id).toSorted());
  });

  test('leaves keys to the page, uses roles for what every program has, and puts the app menu on a Mac', () => {
    for (const item of template('win32')) if (item.accelerator !== undefined) expect(item.registerAccelerator).toBe(false);
    const roles = (platform: NodeJS.Platform): unknown[] => template(platform).flatMap(({ role }) => role ?? []);
    expect(roles('linux')).toEqual(expect.arrayContaining(['quit', 'cut', 'copy', 'paste', 'selectAll', 'resetZoom', 'togglefullscreen', 'about']));
    expect(roles('darwin')).toEqual(expect.arrayContaining(['appMenu', 'close', 'undo', 'redo', 'recentDocuments', 'windowMenu']));
    expect(roles('linux')).not.toContain('undo');
    expect(template('linux').find(({ id }) => id === 'view.palette')?.accelerator).toBe('CmdOrCtrl+K');
  });
});

describe('opened files', () => {
  test('words of a command line are files when they exist; options, links and what is missing are not', () => {
    const here = folder();
    writeFileSync(join(here, 'cars.csv'), 'a');
    mkdirSync(join(here, 'pictures'));
    expect(pathsAmong(['--no-sandbox', 'cars.csv', 'pictures', 'absent.csv', 'auxlab://open?x', '', join(here, 'cars.csv')], here)).toEqual([
      join(here, 'cars.csv'),
      join(here, 'pictures'),
      join(here, 'cars.csv'),
    ]);
  });

  test('they wait until the page takes them, once', () => {
    const told: (readonly string[])[] = [];
    const opened = openedFiles((paths) => told.push(paths));
    opened.add([]);
    opened.add(['/a']);
    opened.add(['/b', '/a']);
    expect(told).toEqual([['/a'], ['/a', '/b']]);
    expect(opened.take()).toEqual(['/a', '/b']);
    expect(opened.take()).toEqual([]);
  });
});

describe('the quit guard', () => {
  function guardWith(answer: QuitAnswer): { readonly log: string[]; readonly guard: ReturnType<typeof quitGuard>; readonly end: () => void } {
    const log: string[] = [];
    let isTraining = true;
    const guard = quitGuard({
      isTraining: () => isTraining,
      ask: async () => {
        log.push('asked');
        return answer;
      },
      pause: async () => {
        log.push('paused');
        isTraining = false;
      },
      hide: () => log.push('hidden'),
      quit: () => log.push('quit'),
    });
    return {
      log,
      guard,
      end() {
        isTraining = false;
        guard.trainingEnded();
      },
    };
  }
  const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

  test('pause and quit: checkpoints first, then the end, without a second question', async () => {
    const { guard, log } = guardWith('pause');
    expect(guard.mayEnd()).toBe(false);
    expect(guard.mayEnd()).toBe(false); // the question stands
    await settled();
    expect(log).toEqual(['asked', 'paused', 'quit']);
    expect(guard.mayEnd()).toBe(true);
  });

  test('in the background: hidden, and it ends by itself when training has ended', async () => {
    const { guard, log, end } = guardWith('background');
    expect(guard.mayEnd()).toBe(false);
    await settled();
    expect(log).toEqual(['asked', 'hidden']);
    end();
    expect(log).toEqual(['asked', 'hidden', 'quit']);
  });

  test('a window that is shown again no longer ends by itself', async () => {
    const { guard, log, end } = guardWith('background');
    guard.mayEnd();
    await settled();
    guard.shown();
    end();
    expect(log).toEqual(['asked', 'hidden']);
  });

  test('stay: nothing happens, and the next try asks again; without training nothing is asked', async () => {
    const { guard, log, end } = guardWith('stay');
    guard.mayEnd();
    await settled();
    guard.mayEnd();
    await settled();
    expect(log).toEqual(['asked', 'asked']);
    end();
    expect(guard.mayEnd()).toBe(true);
    expect(quitQuestion.buttons).toHaveLength(quitQuestion.answers.length);
  });
});

test('what is known of training follows the queue, its progress, and the end of the lab', async () => {
  let queue = [
    { experimentId: 'a', name: 'A', activity: 'training' as const },
    { experimentId: 'b', name: 'B', activity: 'waiting' as const },
  ];
  let isDown = false;
  const states: TrainingState[] = [];
  const ends: string[] = [];
  const watch = trainingWatch(
    { call: async () => (isDown ? Promise.reject(new Error('down')) : queue) } as never,
    (state) => states.push(state),
    (end) => ends.push(end.sentence),
  );
  const tell = async (event: LabEvent): Promise<TrainingState> => {
    watch.onEvent(event);
    await new Promise((resolve) => setTimeout(resolve, 1));
    return watch.state();
  };
  expect(await tell({ name: 'queue.changed' })).toEqual({ training: ['a'], waiting: 1, fraction: null });
  const picture = { experimentId: 'a', phase: 'training', runs: [], finishedRuns: 0, totalRuns: 4, fraction: 0.25, remainingMs: null };
  expect(await tell({ name: 'experiment.progress', picture })).toMatchObject({ fraction: 0.25 });
  queue = [];
  await tell({ name: 'experiment.ended', experimentId: 'a', title: 'A', status: 'finished', verdict: 'helps', sentence: 'It helps.' });
  expect(await tell({ name: 'queue.changed' })).toEqual({ training: [], waiting: 0, fraction: null });
  expect(ends).toEqual(['It helps.']);
  isDown = true;
  expect(await tell({ name: 'lab.state', state: 'restarting', message: '' })).toEqual({ training: [], waiting: 0, fraction: null });
});
