/** Every screen in light, dark and forced colours, at two sizes: axe finds nothing serious, nothing stands out of the window, and pictures are left in
 *  test-results for people to look at. What they show was trained for real. */
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PlanInput } from '../../src-main/contract/plan.ts';
import { createLab } from '../../src-main/lab/lab.ts';
import { pageFolder } from '../../src-main/serve/builtPage.ts';
import type { ServedLab } from '../../src-main/serve/serveLab.ts';
import { serveFakeLab } from '../serve/served.ts';
import { packageFolder } from '../shell/electronApp.ts';
import { builtApp } from '../support/builtApp.ts';
import { isThere, methodsOf } from '../support/entriesThere.ts';
import { leftOut } from '../support/leftOut.ts';
import { temporaryFolders } from '../support/temporary.ts';
import { findChromium, openChromium } from './chromium.ts';
import { usable } from './hosts.ts';

const folder = temporaryFolders();
const found = await findChromium();
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const pictures = join(packageFolder, 'test-results', 'screens');

/** The report's frame lets no script in, so axe stays outside of it. */
const findViolations = "axe.run(document, { resultTypes: ['violations'], iframes: false }).then(({ violations }) => violations)";

interface Look {
  readonly name: string;
  readonly colours: 'light' | 'dark';
  readonly forced: boolean;
}
const looks: readonly Look[] = [
  { name: 'light', colours: 'light', forced: false },
  { name: 'dark', colours: 'dark', forced: false },
  { name: 'forced', colours: 'dark', forced: true },
];

interface Finding {
  readonly id: string;
  readonly impact: string | null;
  readonly help: string;
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary?: string }[];
}

/** Each comes after the one before it. */
const screens: readonly { readonly name: string; readonly go: (page: Page, id: string) => Promise<void> }[] = [
  { name: 'start', go: (page) => place(page, 'Start', page.getByRole('button', { name: 'Choose a file' })) },
  {
    name: 'data-table',
    async go(page) {
      await page
        .getByRole('region', { name: 'Or begin with a sample' })
        .getByRole('button', { name: /Fuel use/ })
        .click();
      await page.getByRole('button', { name: 'Continue to the design' }).waitFor();
    },
  },
  {
    name: 'design',
    async go(page) {
      await page.getByRole('button', { name: 'Continue to the design' }).click();
      await page.getByRole('region', { name: 'Network' }).waitFor();
    },
  },
  {
    name: 'plan',
    async go(page) {
      await page.getByRole('main').getByRole('button', { name: 'Find out if it helps' }).click();
      await page
        .getByRole('main')
        .getByRole('button', { name: /^Start$/ })
        .waitFor();
    },
  },
  ...['digits'].filter(isThere).map(() => ({
    name: 'data-images',
    async go(page: Page) {
      await place(page, 'Start', page.getByRole('button', { name: 'Choose a file' }));
      await page
        .getByRole('region', { name: 'Or begin with a sample' })
        .getByRole('button', { name: /Handwritten digits/ })
        .click();
      await page.getByRole('button', { name: 'Continue to the design' }).waitFor();
    },
  })),
  { name: 'run', go: (page, id) => address(page, `run/${id}`, 'Plan & Run') },
  { name: 'compare', go: (page, id) => address(page, `compare/${id}`, 'Compare') },
  ...['Curves', 'Weights and conflict', 'Tasks', 'Cost', 'Settings', 'Runs', 'Notes and tags'].map((tab) => ({
    name: `compare-${tab.toLowerCase().replaceAll(' ', '-')}`,
    async go(page: Page) {
      await page.getByRole('tab', { name: tab }).click();
    },
  })),
  { name: 'report', go: (page, id) => address(page, `report/${id}`, 'Report') },
  { name: 'settings', go: (page) => place(page, 'Settings', page.getByRole('main', { name: 'Settings' })) },
  {
    name: 'palette',
    async go(page) {
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').waitFor();
    },
  },
];

async function place(page: Page, name: string, sign: ReturnType<Page['getByRole']>): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name, exact: false }).first().click();
  await sign.waitFor();
}

async function address(page: Page, hash: string, name: string): Promise<void> {
  await page.evaluate(`void (location.hash = '#/${hash}')`);
  await page.getByRole('main', { name }).waitFor();
}

/** Waits until a quarter of a second has passed in which nothing of the page has changed: what was still being read is drawn. */
function calm(page: Page): Promise<void> {
  return page.evaluate<void>(`new Promise((resolve) => {
    let last = performance.now();
    const watch = new MutationObserver(() => (last = performance.now()));
    watch.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    const look = () => requestAnimationFrame(() => {
      if (performance.now() - last < 250) return look();
      watch.disconnect();
      resolve();
    });
    look();
  })`);
}

describe('every screen', leftOut('missing' in found ? found.missing : null), () => {
  let lab: ServedLab;
  let browser: Browser;
  let id = '';

  beforeAll(async () => {
    if ('missing' in found) return;
    await builtApp();
    const home = folder();
    mkdirSync(pictures, { recursive: true });
    const own = createLab({ home });
    const arms = [
      { auxiliaries: [{ target: 'acceleration' }] },
      { auxiliaries: [{ target: 'origin' }], method: { id: methodsOf('primary-pcgrad', 'fixed')[0] ?? '' } },
    ];
    const plan: PlanInput = {
      format: 'auxlab-plan/1',
      name: 'Fuel use',
      data: { source: 'sample:auto-mpg' },
      main: { target: 'mpg' },
      arms,
      repeats: 6,
      training: { epochs: 20 },
    };
    id = (await own.runPlan(plan)).experimentId;
    own.close();
    lab = await serveFakeLab(home, {}, { page: pageFolder(packageFolder) });
    browser = await openChromium(found);
  });
  afterAll(async () => {
    await browser.close();
    await lab.close();
  });

  test('axe would see it: a picture without a text is found', async () => {
    const page = await browser.newPage();
    await page.setContent('<main><h1>x</h1><img src="data:,"></main>');
    await page.evaluate(axe);
    expect(await page.evaluate<readonly Finding[]>(findViolations)).toEqual(
      expect.arrayContaining([expect.objectContaining({ id: 'image-alt', impact: 'critical' })]),
    );
    await page.close();
  });

  for (const { name: look, colours, forced } of looks)
    test(`in ${look}`, async () => {
      const page = await browser.newPage({
        viewport: { width: 1280, height: 800 },
        colorScheme: colours,
        forcedColors: forced ? 'active' : 'none',
        reducedMotion: 'reduce',
      });
      const complaints: string[] = [];
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      await page.goto(lab.address);
      await usable(page);
      const findings: string[] = [];
      for (const { name, go } of screens) {
        await go(page, id);
        await calm(page);
        await page.evaluate(axe);
        const violations = await page.evaluate<readonly Finding[]>(findViolations);
        for (const { id: rule, impact, help, nodes } of violations)
          if (impact === 'serious' || impact === 'critical')
            findings.push(`${name}: ${rule} (${impact}): ${help}: ${nodes.slice(0, 4).map(({ target }) => target.join(' ')).join('; ')}`); // prettier-ignore
        for (const [width, height] of [
          [1280, 800],
          [1920, 1080],
        ] as const) {
          // prettier-ignore
          await page.setViewportSize({ width, height });
          await calm(page);
          await page.screenshot({ path: join(pictures, `${name}-${look}-${width}x${height}.png`) });
          const spill = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
          if (spill > 0) findings.push(`${name}: ${spill} pixels stand out of a window of ${width}x${height}`);
        }
        await page.setViewportSize({ width: 1280, height: 800 });
      }
      await page.close();
      expect(findings).toEqual([]);
      expect(complaints).toEqual([]);
    });
});
