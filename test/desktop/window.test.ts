/** What only the desktop window has: files it is opened with, the native menu, a second start, the question before quitting, a lab that is
 *  killed, its own place. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { builtApp } from '../support/builtApp.ts';
import { leftOut } from '../support/leftOut.ts';
import { trainingMs, trainingTestMs } from '../support/patience.ts';
import { temporaryFolders } from '../support/temporary.ts';
import { appArguments, appEnvironment, findElectron, launch, openScreen, type Screen } from '../shell/electronApp.ts';
import { engineWorkersBelow, labProcessBelow } from './processes.ts';

const folder = temporaryFolders();
const electron = findElectron();

function table(path: string): string {
  writeFileSync(
    path,
    [
      'length,width,colour,kind',
      ...Array.from({ length: 90 }, (_, i) => `${i * 0.5},${(i * 7) % 13},${i % 2 === 0 ? 'red' : 'blue'},${['a', 'b', 'c'][i % 3]}`),
      '',
    ].join('\n'),
  );
  return path;
}

describe('the desktop window', leftOut('missing' in electron ? electron.missing : null), () => {
  const home = join(folder(), 'home');
  let screen: Screen;
  let app: ElectronApplication;
  let page: Page;
  let hasEnded = false;
  const file = 'file' in electron ? electron.file : '';
  const start = async (words: readonly string[] = []): Promise<void> => {
    ({ app } = await launch(file, home, screen.display, words));
    page = await app.firstWindow();
  };
  const answerQuestion = (response: number): Promise<void> =>
    app.evaluate(({ dialog }, answer) => {
      const box = dialog as unknown as { asked: string[]; showMessageBox: (...given: { message?: string }[]) => Promise<unknown> }; // a person's answer
      box.asked = [];
      box.showMessageBox = (...given) => {
        box.asked.push(String(given.at(-1)?.message));
        return Promise.resolve({ response: answer, checkboxChecked: false });
      };
    }, response);
  const questions = (): Promise<string[]> => app.evaluate(({ dialog }) => (dialog as unknown as { asked: string[] }).asked);
  const places = (): ReturnType<Page['getByRole']> => page.getByRole('navigation');

  beforeAll(async () => {
    mkdirSync(home, { recursive: true });
    await builtApp();
    screen = await openScreen();
    await start([table(join(home, 'opened.csv'))]);
  });
  afterAll(async () => {
    if (!hasEnded) await app.close();
    screen.stop();
  });

  test('opens the file that it is started with', async () => {
    await page.getByRole('heading', { name: 'opened.csv' }).waitFor();
    expect(page.url()).toMatch(/^app:\/\/lab\/index\.html/);
  });

  test('a second start hands its file to the first window and ends', async () => {
    const second = spawn(file, appArguments([table(join(home, 'second.csv'))]), { env: appEnvironment(home, screen.display), stdio: 'ignore' });
    const [code] = (await once(second, 'exit')) as [number];
    expect(code).toBe(0);
    await page.getByRole('heading', { name: 'second.csv' }).waitFor();
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  });

  test('a menu entry does what the palette does', async () => {
    const choose = (id: string): Promise<void> =>
      app.evaluate(({ Menu, BrowserWindow }, wanted) => {
        const item = Menu.getApplicationMenu()?.getMenuItemById(wanted);
        item?.click(undefined, BrowserWindow.getAllWindows()[0], undefined);
      }, id);
    await choose('go.settings');
    await page.getByRole('main', { name: 'Settings' }).waitFor();
    await choose('view.palette');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    expect(await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map(({ label }) => label.replace('&', '')))).toEqual(
      expect.arrayContaining(['File', 'Edit', 'View', 'Experiment', 'Help']),
    );
  });

  test('the native dialog picks a file', async () => {
    await app.evaluate(
      ({ dialog }, path) => (dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] })),
      table(join(home, 'picked.csv')),
    );
    await places().getByRole('button', { name: 'Start' }).click();
    await page.getByRole('button', { name: 'Choose a file' }).click();
    await page.getByRole('heading', { name: 'picked.csv' }).waitFor();
  });

  test('the appearance of the settings reaches the system frame', async () => {
    const theme = (): Promise<string> => app.evaluate(({ nativeTheme }) => nativeTheme.themeSource);
    await page.evaluate("window.auxlab.call('settings.set', { appearance: 'dark' })");
    await expect.poll(theme).toBe('dark');
    await page.evaluate("window.auxlab.call('settings.set', { appearance: 'system' })");
    await expect.poll(theme).toBe('system');
  });

  test('asks before it quits while something trains: stay keeps all of it, pause writes checkpoints', { timeout: trainingTestMs }, async () => {
    await places().getByRole('button', { name: 'Design' }).click();
    const main = page.getByRole('main');
    await main.getByRole('textbox', { name: 'Epochs' }).fill('2000');
    await page.keyboard.press('Tab');
    await main.getByRole('button', { name: 'Find out if it helps' }).click();
    await main.getByRole('button', { name: /^Start$/ }).click();
    const pid = app.process().pid ?? 0;
    await expect.poll(() => engineWorkersBelow(pid).length).toBeGreaterThan(0);
    await expect.poll(() => app.evaluate(({ powerSaveBlocker }) => [0, 1, 2].some((id) => powerSaveBlocker.isStarted(id)))).toBe(true);

    await answerQuestion(2);
    await app.evaluate(({ app: own }) => own.quit());
    await expect.poll(questions).toEqual(['An experiment is training.']);
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    await expect.poll(questions).toEqual(['An experiment is training.', 'An experiment is training.']);
    expect(engineWorkersBelow(pid).length).toBeGreaterThan(0);
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);

    await answerQuestion(1);
    const ended = app.waitForEvent('close', { timeout: trainingMs });
    await app.evaluate(({ BrowserWindow, app: own }) => {
      BrowserWindow.getAllWindows()[0]?.setBounds({ x: 40, y: 30, width: 1000, height: 700 });
      setTimeout(() => own.quit(), 50);
    });
    await ended;
    expect(engineWorkersBelow(pid)).toEqual([]);
    expect(readdirSync(join(home, 'checkpoints')).length).toBeGreaterThan(0);
  });

  test('comes back at its place, with the experiment paused, and quits without a question', async () => {
    expect(JSON.parse(readFileSync(join(home, 'window', 'place.json'), 'utf8'))).toMatchObject({ width: 1000, height: 700, isMaximized: false });
    await start();
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds())).toMatchObject({ width: 1000, height: 700 });
    await page
      .getByText(/paused|interrupted/i)
      .locator('visible=true')
      .first()
      .waitFor();
  });

  test('a lab that is killed is started again; the window stays, says so, and goes on', async () => {
    const lab = labProcessBelow(app.process().pid ?? 0);
    expect(lab).not.toBeNull();
    process.kill(lab ?? 0, 'SIGKILL');
    await page
      .getByText(/The lab's process ended \(signal SIGKILL\)/)
      .first()
      .waitFor();
    await expect.poll(() => labProcessBelow(app.process().pid ?? 0)).not.toBe(lab);
    await expect.poll(() => page.evaluate("window.auxlab.call('lab.about', {}).then((reply) => reply.ok)")).toBe(true);
    await places().getByRole('button', { name: 'Start' }).click();
    await page.getByRole('button', { name: 'Choose a file' }).waitFor();
  });

  test('finishes in the background: the window goes, the training ends, and then the program', { timeout: trainingTestMs }, async () => {
    const plan = {
      format: 'auxlab-plan/1',
      data: { source: 'sample:auto-mpg' },
      main: { target: 'mpg' },
      arms: [{ auxiliaries: [{ target: 'origin' }] }],
      repeats: 1,
    };
    await page.evaluate(`window.auxlab.call('experiments.start', { plan: ${JSON.stringify({ ...plan, training: { epochs: 60 } })} })`);
    const pid = app.process().pid ?? 0;
    await expect.poll(() => engineWorkersBelow(pid).length).toBeGreaterThan(0);
    await answerQuestion(0);
    const ended = app.waitForEvent('close', { timeout: trainingMs });
    await app.evaluate(({ app: own }) => void setTimeout(() => own.quit(), 20));
    await expect.poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().some((window) => window.isVisible()))).toBe(false);
    await ended;
    hasEnded = true;
    await start();
    hasEnded = false;
    const found = await page.evaluate<{ value: { items: { status: string }[] } }>("window.auxlab.call('experiments.find', {})");
    expect(found.value.items[0]).toMatchObject({ status: 'finished' });
  });
});
