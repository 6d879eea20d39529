/** Years of work in one store: how long a person waits for the list of 10,000 runs and for a chart of 50 runs x 10,000 points, in the page itself. */
import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pageFolder } from '../../src-main/serve/builtPage.ts';
import type { ServedLab } from '../../src-main/serve/serveLab.ts';
import { openStore } from '../../src-main/store/store.ts';
import { serveFakeLab } from '../serve/served.ts';
import { packageFolder } from '../shell/electronApp.ts';
import { builtApp } from '../support/builtApp.ts';
import { flowersPlan, openFakeLab, writeFlowers } from '../support/labHome.ts';
import { addExperiment } from '../support/storeRows.ts';
import { temporaryFolders } from '../support/temporary.ts';
import { findChromium, openChromium } from './chromium.ts';
import { usable } from './hosts.ts';

const folder = temporaryFolders();
const found = await findChromium();
if ('missing' in found) console.log(`${found.missing} The figures of the page are not measured.`);
const busy = 3; // a machine that does other things is given three times the figure; the figure itself is printed

/** Milliseconds from an act in the page until something is there and drawn, without the time that the test's own messages take.
 *  @param act JavaScript that begins it   @param sign JavaScript that is true once it is there */
function waitedMs(page: Page, act: string, sign: string): Promise<number> {
  return page.evaluate<number>(`new Promise((resolve, reject) => {
    const start = performance.now();
    setTimeout(() => reject(new Error('It did not come within 20 s.')), 20_000);
    const look = () => ((${sign}) ? requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start))) : requestAnimationFrame(look));
    ${act};
    look();
  })`);
}

describe.skipIf('missing' in found)('a store of 1,000 experiments and 10,000 runs', () => {
  let lab: ServedLab;
  let browser: Browser;
  let page: Page;
  let id = '';

  beforeAll(async () => {
    if ('missing' in found) return;
    await builtApp();
    const home = folder();
    const own = openFakeLab(home);
    id = (await own.runPlan(flowersPlan(writeFlowers(home), { repeats: 25, name: 'Fifty runs' }))).experimentId;
    own.close();
    const store = openStore(join(home, 'lab.sqlite'));
    for (const run of store.runs.of(id))
      store.write(() => store.points.add(run.id, Array.from({ length: 10_000 }, (_, step) => ['loss/main', step, Math.exp(-step / 3000) + 0.1 * Math.sin(step * run.seed)] as const))); // prettier-ignore
    for (let i = 0; i < 995; i++)
      addExperiment(store, `older-${String(i).padStart(4, '0')}`, ['baseline', 'auxiliary'], [1, 2, 3, 4, 5], new Date(1.7e12 + i * 1000).toISOString());
    store.close();
    lab = await serveFakeLab(home, {}, { page: pageFolder(packageFolder) });
    browser = await openChromium(found);
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(lab.address);
    await usable(page);
  }, 240_000);
  afterAll(async () => {
    await browser.close();
    await lab.close();
  });

  test('the list is there within 200 ms, and a search among all of it too', { timeout: 60_000 }, async () => {
    await page.evaluate("void (location.hash = '#/settings')");
    await page.getByRole('main', { name: 'Settings' }).waitFor();
    const isListed = (name: string): string => `[...document.querySelectorAll('main li, main tr')].some((line) => line.textContent.includes('${name}'))`;
    const list = await waitedMs(page, "location.hash = '#/start'", isListed('Fifty runs'));
    const field = page
      .getByRole('main')
      .getByRole('searchbox')
      .or(page.getByRole('main').getByPlaceholder(/Name, question/))
      .first();
    await field.focus();
    const search = await waitedMs(
      page,
      "document.activeElement.value = 'older-0123'; document.activeElement.dispatchEvent(new Event('input', { bubbles: true }))",
      `${isListed('older-0123')} && !${isListed('older-0124')}`,
    );
    console.log(`list of 10,000 runs: ${Math.round(list)} ms; search among them: ${Math.round(search)} ms, with the pause after typing`);
    expect(list).toBeLessThan(200 * busy);
    expect(search).toBeLessThan(400 * busy);
  });

  test('a chart of 50 runs x 10,000 points is drawn within 300 ms', { timeout: 60_000 }, async () => {
    await page.evaluate(`void (location.hash = '#/compare/${id}')`);
    const tab = page.getByRole('tab', { name: 'Curves' });
    await tab.waitFor();
    await page.getByRole('heading', { name: 'Helps' }).first().waitFor();
    const opened = await waitedMs(
      page,
      "[...document.querySelectorAll('[role=tab]')].find((tab) => tab.textContent.trim() === 'Curves').click()",
      "document.querySelectorAll('main svg[role=img] path').length >= 50",
    );
    console.log(`chart of 50 runs x 10,000 points: ${Math.round(opened)} ms from the click until it is drawn`);
    expect(opened).toBeLessThan(300 * busy);
    await page.screenshot({ path: join(packageFolder, 'test-results', 'fifty-runs.png') });
  });
});
