/** An experiment that came with a file, as a person meets it in the window. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openFakeLab } from '../support/labHome.ts';
import { genuineBundle } from '../support/strangers.ts';
import { temporaryFolders } from '../support/temporary.ts';
import { hosts } from './hosts.ts';

const folder = temporaryFolders();

describe.each(hosts)('in $name', (host) => {
  test.skipIf(host.missing !== null)(
    'an imported experiment is marked, and trains only after its data were agreed to',
    async () => {
      const [home, elsewhere] = [folder(), folder()];
      mkdirSync(join(elsewhere, 'home'));
      const { id, file, data } = await genuineBundle(elsewhere, join(elsewhere, 'home'));
      const path = join(elsewhere, 'theirs.auxlab');
      writeFileSync(path, file);
      const lab = openFakeLab(home);
      await lab.importBundle(path);
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
        await page.getByRole('button', { name: 'Go on' }).first().waitFor({ state: 'detached', timeout: 120_000 }); // it went on to its end
        expect(open.complaints).toEqual([]);
      } finally {
        await open.close();
      }
    },
    300_000,
  );
});
