/** An experiment that came with a file, as a person meets it in the window. */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright';
import { expect, test } from 'vitest';
import { openFakeLab } from '../support/labHome.ts';
import { leftOut } from '../support/leftOut.ts';
import { trainingMs, trainingTestMs } from '../support/patience.ts';
import { genuineBundle } from '../support/strangers.ts';
import { temporaryFolders } from '../support/temporary.ts';
import { hosts, served } from './hosts.ts';

const folder = temporaryFolders();

for (const host of hosts) {
  test(
    `an imported experiment is marked, and trains only after its data were agreed to: ${host.name}`,
    { timeout: trainingTestMs, ...leftOut(host.missing) },
    async () => {
      const [home, elsewhere] = [folder(), folder()];
      mkdirSync(join(elsewhere, 'home'));
      const { id, file, data } = await genuineBundle(elsewhere, join(elsewhere, 'home'));
      const path = join(elsewhere, 'theirs.auxlab');
      writeFileSync(path, file);
      const lab = openFakeLab(home);
      await lab.call('bundle.import', { path: path });
      lab.close();
      const open = await host.open(home);
      try {
        const { page } = open;
        const sign = page.getByText('Imported', { exact: true });
        await sign.first().waitFor();
        await page.evaluate(`location.hash = '#/run/${id}'`);
        await page.getByRole('button', { name: 'Go on' }).first().click();
        const dialog = page.getByRole('dialog');
        await dialog.getByText(data).waitFor();
        await dialog.getByRole('button', { name: 'Cancel' }).click();
        await dialog.waitFor({ state: 'detached' });
        expect(await page.getByRole('button', { name: 'Go on' }).count()).toBeGreaterThan(0); // nothing has begun
        await page.getByRole('button', { name: 'Go on' }).first().click();
        await dialog.getByRole('button', { name: 'Open these' }).click();
        await page.getByRole('button', { name: 'Go on' }).first().waitFor({ state: 'detached', timeout: trainingMs }); // it went on to its end
        expect(open.complaints).toEqual([]);
      } finally {
        await open.close();
      }
    },
  );
}

test(
  "in a browser, an imported experiment trains on the data that the page's own file field names",
  { timeout: trainingTestMs, ...leftOut(served.missing) },
  async () => {
    const [home, elsewhere, here] = [folder(), folder(), folder()];
    mkdirSync(join(elsewhere, 'home'));
    const { id, file, data } = await genuineBundle(elsewhere, join(elsewhere, 'home'));
    const [theirs, own] = [join(elsewhere, 'theirs.auxlab'), join(here, 'own.csv')];
    writeFileSync(theirs, file);
    renameSync(data, own); // so that only the field can lead to it
    const open = await served.open(home);
    try {
      const { page } = open;
      await pickFile(page, page.getByRole('button', { name: 'Choose a file' }), theirs);
      await expect.poll(() => page.evaluate('location.hash')).toBe(`#/compare/${id}`); // where an import leads, which comes last
      await page.getByText('Imported', { exact: true }).first().waitFor();
      await page.evaluate(`location.hash = '#/run/${id}'`);
      const goOn = page.getByRole('button', { name: 'Go on' }).first();
      await goOn.click();
      await pickFile(page, page.getByRole('dialog').getByRole('button', { name: 'Choose a file' }), own);
      await goOn.waitFor({ state: 'detached', timeout: trainingMs }); // it went on to its end
      expect(open.complaints).toEqual([]);
    } finally {
      await open.close();
    }
  },
);

async function pickFile(page: Page, button: Locator, path: string): Promise<void> {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button.click()]);
  await chooser.setFiles(path);
}
