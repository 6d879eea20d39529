import { join } from 'node:path';
import { expect, test } from 'vitest';
import { standDesk } from '../../src-main/lab/desk/standingDesk.ts';
import { openStore } from '../../src-main/store/store.ts';
import { addExperiment } from '../support/storeRows.ts';
import { temporaryFolders } from '../support/temporary.ts';

const folder = temporaryFolders();

test('what another process changes right after the first answer is told', async () => {
  const home = folder();
  const told = Promise.withResolvers<readonly string[]>();
  const desk = standDesk({ home, about: { version: '0.0.0', home, host: 'served', platform: process.platform, node: process.version } }, (event) => {
    if (event.name === 'experiments.changed') told.resolve(event.ids);
  });
  expect(await desk.answer({ name: 'experiments.list', input: {} })).toEqual({ ok: true, value: [] });
  const other = openStore(join(home, 'lab.sqlite'));
  addExperiment(other, 'new', ['baseline'], [1]);
  other.close();
  expect(await told.promise).toEqual(['new']);
  await desk.close();
});
