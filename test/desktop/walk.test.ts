/** The walk of a newcomer, the same on both hosts: drop a real file, train for real, read the verdict, export the report; end an engine worker in the middle,
 *  reload the window in the middle, drop what cannot be used. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { samplePath } from '../../src-main/data/samples.ts';
import { builtApp } from '../support/builtApp.ts';
import { crowdedWhile } from '../support/effort.ts';
import { leftOut } from '../support/leftOut.ts';
import { trainingMs, trainingTestMs } from '../support/patience.ts';
import { temporaryFolders } from '../support/temporary.ts';
import { packageFolder } from '../shell/electronApp.ts';
import { dropFiles, hosts, usable, type OpenHost } from './hosts.ts';
import { canSeeProcesses, engineWorkersBelow } from './processes.ts';

const folder = temporaryFolders();
const finalWord = /^(Helps|Hurts|No real difference|Probably helps|Probably hurts|Inconclusive)$/;

beforeAll(builtApp);

for (const host of hosts) {
  describe(`in ${host.name}`, leftOut(host.missing), () => {
    const home = join(folder(), 'home');
    let open: OpenHost;
    let startCrowding = NaN;
    let clicks = 0;
    const main = (): Locator => open.page.getByRole('main');
    const click = async (target: Locator): Promise<void> => {
      clicks++;
      await target.click();
    };
    const button = (name: string | RegExp, where: Locator | Page = main()): Locator => where.getByRole('button', { name }).first();

    beforeAll(async () => {
      mkdirSync(home, { recursive: true });
      ({ result: open, crowding: startCrowding } = await crowdedWhile(() => host.open(home)));
    });
    afterAll(() => open.close());
    beforeEach(({ onTestFailed, task }) => {
      const file = join(packageFolder, 'test-results', `${host.name} ${task.name}.png`.replace(/[^\w.]+/g, '-'));
      onTestFailed(async () => void (await open.page.screenshot({ path: file })));
    });

    test('it can be used soon', () => {
      console.log(`${host.name}: usable after ${Math.round(open.startMs)} ms on a machine ${startCrowding.toFixed(1)} times as slow as an idle one`);
      expect(open.startMs / startCrowding).toBeLessThan(3 * host.startLimitMs);
    });

    test('from a dropped CSV to the first verdict: at most 8 clicks and 5 minutes', { timeout: trainingTestMs }, async () => {
      const { page } = open;
      const start = performance.now();
      const verdict = main().getByRole('heading', { name: finalWord }).first();
      const { crowding } = await crowdedWhile(async () => {
        await dropFiles(page, [samplePath('auto-mpg')]);
        await page.getByRole('heading', { name: 'auto-mpg.csv' }).waitFor();
        await click(button('Continue to the design'));
        await click(button('Find out if it helps'));
        await click(button(/^Start$/));
        await page.getByRole('progressbar').first().waitFor();
        await click(button('Compare in full'));
        await verdict.waitFor({ timeout: trainingMs });
      });
      const seconds = (performance.now() - start) / 1000;
      console.log(
        `${host.name}: ${await verdict.innerText()} after ${clicks} clicks and ` +
          `${seconds.toFixed(1)} s on a machine ${crowding.toFixed(1)} times as slow as an idle one`,
      );
      expect(clicks).toBeLessThanOrEqual(8);
      expect(seconds / crowding).toBeLessThan(300);
      await main()
        .getByText(/matched by seed/)
        .first()
        .waitFor();
    });

    test('the report is shown, and goes out as HTML and as PDF', async () => {
      const { page } = open;
      await click(page.getByRole('navigation').getByRole('button', { name: 'Report' }));
      await page
        .frameLocator('iframe')
        .getByRole('heading', { name: /mpg of auto-mpg.csv/ })
        .waitFor();
      const html = readFileSync(await open.saved(() => click(button(/HTML/))), 'utf8');
      expect(html).toMatch(/^<!doctype html>/);
      expect(html).toContain('mpg of auto-mpg.csv');
      if (!open.canPrint) {
        await click(button('PDF'));
        await page
          .getByText(/printed by Chromium, Chrome, Edge or Electron, and none was found here/)
          .first()
          .waitFor();
        return;
      }
      const pdf = readFileSync(await open.saved(() => click(button('PDF'))));
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
      expect(pdf.length).toBeGreaterThan(20_000);
    });

    test(
      'a worker that is killed costs its run; a reload costs nothing; resuming repeats the run and the verdict comes',
      { timeout: trainingTestMs },
      async (context) => {
        if (!canSeeProcesses) return context.skip('Processes are found through /proc, which this system does not have.');
        const { page } = open;
        await startAnother(page);
        const told = main()
          .getByText(/engine process ended before its result \(signal SIGKILL\)/)
          .first();
        do kill(await oneWorker(open.pid)); // one at its very end costs nothing: then the next
        while (!(await told.waitFor({ timeout: 20_000 }).then(() => true, () => false))); // prettier-ignore
        await page.reload();
        await page.getByRole('progressbar').first().waitFor(); // it trains on, and the page knows
        await expect.poll(() => engineWorkersBelow(open.pid).length).toBeGreaterThan(0);
        await button(/^(Resume|Go on)/).waitFor({ timeout: trainingMs });
        await button(/^(Resume|Go on)/).click();
        await page.getByRole('navigation').getByRole('button', { name: 'Compare' }).click();
        await main()
          .getByText(/matched by seed/)
          .first()
          .waitFor({ timeout: trainingMs });
        await main().getByRole('heading', { name: finalWord }).first().waitFor({ timeout: trainingMs });
      },
    );

    test('typing is answered within 100 ms while two runs train', async () => {
      const { page } = open;
      await startAnother(page);
      await oneWorkerOrNone(open.pid);
      await page.keyboard.press('Control+k');
      const field = page.getByRole('dialog').getByRole('combobox').first();
      await field.waitFor();
      await page.evaluate(`
        window.latencies = [];
        addEventListener('keydown', (event) => requestAnimationFrame(() => setTimeout(() => window.latencies.push(performance.now() - event.timeStamp))), true);
      `);
      const typed = 'compare the verdict of all runs';
      const { crowding } = await crowdedWhile(async () => {
        for (const letter of typed) {
          await page.keyboard.press(letter === ' ' ? 'Space' : letter);
          await page.waitForTimeout(60);
        }
      });
      await expect.poll(() => page.evaluate('window.latencies.length')).toBe(typed.length);
      const latencies = await page.evaluate<number[]>('window.latencies');
      const sorted = latencies.toSorted((a, b) => a - b);
      const [median = NaN, worst = NaN] = [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)];
      console.log(
        `${host.name}: a key is drawn after ${Math.round(median)} ms (median), ${Math.round(worst)} ms (worst of ` +
          `${sorted.length}), while two runs train on a machine ${crowding.toFixed(1)} times as slow as an idle one`,
      );
      expect(median / crowding).toBeLessThan(100);
      await page.keyboard.press('Escape');
      await button(/^Cancel/).click();
      await page
        .getByRole('dialog', { name: 'Cancel this experiment?' })
        .getByRole('button', { name: /^Cancel/ })
        .click();
    });

    test('what cannot be used is refused with a sentence, and the next good file works', async () => {
      const { page } = open;
      const bad = folder();
      const empty = join(bad, 'pictures');
      mkdirSync(empty);
      writeFileSync(join(empty, 'notes.txt'), 'no image');
      writeFileSync(join(bad, 'film.mkv'), Buffer.from([0x1a, 0x45, 0xdf, 0xa3, 0, 1, 2, 3]));
      writeFileSync(join(bad, 'broken.zip'), 'PK\u0003\u0004 and nothing more');
      for (const [name, sentence] of [
        ['film.mkv', /is a film, which is not read/],
        ['broken.zip', /cannot be unpacked: the ZIP archive is damaged/],
        ['pictures', /holds no images/],
      ] as const) {
        await page.getByRole('navigation').getByRole('button', { name: 'Start' }).click();
        await usable(page);
        await dropFiles(page, [join(bad, name)]);
        await page.getByText(sentence).first().waitFor();
      }
      const good = join(bad, 'good.csv');
      writeFileSync(good, ['a,b,kind', ...Array.from({ length: 60 }, (_, i) => `${i},${(i * 7) % 11},${i % 2 === 0 ? 'x' : 'y'}`), ''].join('\n'));
      await dropFiles(page, [good]);
      await page.getByRole('heading', { name: 'good.csv' }).waitFor();
      rmSync(good);
      if (host.name.startsWith('a browser')) return; // the upload stays where it is
      await button('Read again').click();
      await page
        .getByText(/good\.csv does not exist/)
        .first()
        .waitFor();
    });

    test('nothing was complained about in the console', () => {
      expect(open.complaints).toEqual([]);
    });

    /** A second experiment on the sample of cars, long enough to be disturbed. */
    async function startAnother(page: Page): Promise<void> {
      await page.getByRole('navigation').getByRole('button', { name: 'Start' }).click();
      await page
        .getByRole('region', { name: 'Or begin with a sample' })
        .getByRole('button', { name: /Fuel use of 392 cars/ })
        .click();
      await button('Continue to the design').click();
      await main().getByRole('textbox', { name: 'Epochs' }).fill('150');
      await page.keyboard.press('Tab');
      await button('Find out if it helps').click();
      await button(/^Start$/).click();
      await page.getByRole('progressbar').first().waitFor();
    }
  });
}

async function oneWorker(pid: number): Promise<number> {
  for (;;) {
    const [worker] = engineWorkersBelow(pid);
    if (worker !== undefined) {
      await new Promise((resolve) => setTimeout(resolve, 1500)); // in the middle of its run
      const [now] = engineWorkersBelow(pid);
      if (now !== undefined) return now;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself a moment before.
  }
}

async function oneWorkerOrNone(pid: number): Promise<void> {
  if (canSeeProcesses) await oneWorker(pid);
}
