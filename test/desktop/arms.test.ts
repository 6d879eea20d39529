/** Arms that differ in weight only, and arms that were given one title: drawn live, in the curves and in the report, on both hosts, and told apart by name. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PlanInput } from '../../src-main/contract/plan.ts';
import { packageFolder } from '../shell/electronApp.ts';
import { builtApp } from '../support/builtApp.ts';
import { withSamples } from '../support/entriesThere.ts';
import { leftOut } from '../support/leftOut.ts';
import { trainingMs, trainingTestMs } from '../support/patience.ts';
import { temporaryFolders } from '../support/temporary.ts';
import { dropFiles, hosts, type OpenHost } from './hosts.ts';

const folder = temporaryFolders();

/** Runs of a second or two, so that the first lines are drawn while others still train. */
function plan(name: string, arms: PlanInput['arms']): PlanInput {
  return {
    format: 'auxlab-plan/1',
    name,
    data: { source: 'sample:digits' },
    main: { target: 'digit' },
    network: { id: 'mlp' },
    arms,
    repeats: 3,
    training: { epochs: 12, batch: 16 },
  };
}
const head = (weight: number): PlanInput['arms'][number] => ({ auxiliaries: [{ target: 'digit', depth: 'layer1', weight }] });
const cases = [
  { name: 'Two weights', arms: [head(0.3), head(1)], expected: ['Baseline', 'head at layer1, weight 0.3', 'head at layer1, weight 1'] },
  {
    name: 'One title',
    arms: [head(0.3), head(1)].map((arm, i) => ({ ...arm, id: `arm-${i + 1}`, title: 'Mine' })),
    expected: ['Baseline', 'Mine (arm-1)', 'Mine (arm-2)'],
  },
];

beforeAll(builtApp);

for (const host of hosts) {
  describe(`in ${host.name}`, { ...leftOut(host.missing), ...withSamples('digits') }, () => {
    const home = join(folder(), 'home');
    let open: OpenHost;
    const main = (): Locator => open.page.getByRole('main');
    const button = (name: string | RegExp): Locator => main().getByRole('button', { name }).first();
    const drop = async (name: string, arms: PlanInput['arms']): Promise<void> => {
      const file = join(home, `${name}.json`);
      writeFileSync(file, JSON.stringify(plan(name, arms)));
      await open.page.getByRole('navigation').getByRole('button', { name: 'Start' }).click();
      await dropFiles(open.page, [file]);
    };
    /** What the legend of a chart says, and how many bold lines it has. */
    const drawn = async (title: string): Promise<{ names: string[]; lines: number }> => {
      const chart = main().getByRole('figure', { name: title });
      await chart.locator('path.line').nth(2).waitFor({ timeout: trainingMs, state: 'attached' });
      const names = await chart.getByRole('list', { name: 'Lines' }).getByRole('button').allInnerTexts();
      return { names: names.map((text) => text.trim()).filter((text) => text !== 'Single runs'), lines: await chart.locator('path.line').count() };
    };

    beforeAll(async () => {
      mkdirSync(home, { recursive: true });
      open = await host.open(home);
    });
    afterAll(() => open.close());
    beforeEach(({ onTestFailed, task }) => {
      const file = join(packageFolder, 'test-results', `${host.name} ${task.name}.png`.replace(/[^\w.]+/g, '-'));
      onTestFailed(async () => void (await open.page.screenshot({ path: file })));
    });

    for (const { name, arms, expected } of cases)
      test(`"${name}" is drawn live, in the curves and in the report`, { timeout: trainingTestMs }, async () => {
        const { page } = open;
        await drop(name, arms);
        await button('Find out if it helps').click();
        await button(/^Start$/).click();
        await page.getByRole('progressbar').first().waitFor();
        expect(await drawn('Validation accuracy by epoch')).toEqual({ names: expected, lines: 3 });
        expect(await page.getByRole('progressbar').count()).toBeGreaterThan(0); // it still trains
        await button('Compare in full').click();
        await main().getByText(/matched by seed/).first().waitFor({ timeout: trainingMs }); // prettier-ignore
        await main().getByRole('tab', { name: 'Curves' }).click();
        expect(await drawn('Validation accuracy by epoch')).toEqual({ names: expected, lines: 3 });
        await main()
          .getByRole('figure', { name: 'Validation accuracy by epoch' })
          .getByRole('button', { name: expected[1] ?? '' })
          .click();
        expect(await main().getByRole('figure', { name: 'Validation accuracy by epoch' }).locator('path.line').count()).toBe(2);
        await page.reload();
        await main().getByRole('tab', { name: 'Curves' }).click();
        expect(await drawn('Validation accuracy by epoch')).toEqual({ names: expected, lines: 3 });
        for (const tab of ['Weights and conflict', 'Tasks', 'Cost', 'Settings', 'Runs']) {
          await main().getByRole('tab', { name: tab }).click();
          await main().getByText(expected[2] ?? '').first().waitFor({ state: 'attached' }); // prettier-ignore
        }
        await page.getByRole('navigation').getByRole('button', { name: 'Report' }).click();
        const report = page.frameLocator('iframe');
        for (const title of expected) await report.locator('.legend').getByText(title, { exact: true }).first().waitFor();
        expect(await main().getByRole('alert').allInnerTexts()).toEqual([]);
      });

    test('two arms that are the same are told in a sentence, and cannot be started', async () => {
      const told = main().getByText('Arms 1 ("head at layer1") and 2 ("head at layer1, 2nd") are the same: equal tasks and an equal method.');
      await drop('Twins', [head(0.3), head(0.3)]);
      await told.waitFor();
      expect(await button('Find out if it helps').isDisabled()).toBe(true);
      await open.page.evaluate("void (location.hash = '#/run')"); // the plan, as an address that was kept
      await told.waitFor();
      expect(await button(/^Start$/).isDisabled()).toBe(true);
    });

    test('nothing was complained about in the console', () => {
      expect(open.complaints).toEqual([]);
    });
  });
}
