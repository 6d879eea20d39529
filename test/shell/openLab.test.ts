import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openLab } from '../../src-main/lab/openLab.ts';
import { openFakeLab, writeFlowers } from '../support/labHome.ts';
import { temporaryFolders } from '../support/temporary.ts';
import { packageFolder } from './electronApp.ts';

const folder = temporaryFolders();

test('a run whose process was killed is found out while the window stays open', async () => {
  const home = folder();
  const child = fork(join(packageFolder, 'test', 'support', 'labProcess.ts'), [home, writeFlowers(home)], { stdio: 'ignore' });
  const open = openLab(
    () => openFakeLab(home),
    (error) => expect.fail(String(error)),
  );
  while ((await once(child, 'message'))[0] === 0); // steps were committed
  expect(open.get().list()).toMatchObject([{ status: 'running' }]);
  child.kill('SIGKILL');
  await once(child, 'exit');
  open.look(0);
  expect(open.look(14_000)).toEqual([]);
  expect(open.get().list()).toMatchObject([{ status: 'running' }]); // nobody has asked yet
  expect(open.look(16_000)).toEqual([open.get().list()[0]?.experimentId]);
  expect(open.get().list()).toMatchObject([{ status: 'interrupted' }]);
  open.close();
});

test('a quiet store is quiet, and one that cannot be read any more is told once and opened anew', () => {
  const home = folder();
  const troubles: unknown[] = [];
  let isBroken = false;
  const open = openLab(
    () => {
      const lab = openFakeLab(home);
      return { ...lab, query: (sql) => (isBroken ? expect.fail('the disk is gone') : lab.query(sql)) };
    },
    (error) => troubles.push(error),
  );
  expect(open.look(0)).toEqual([]); // nothing is opened before somebody asks
  expect(open.get().list()).toEqual([]);
  expect([open.look(500), open.look(1000)]).toEqual([[], []]);
  isBroken = true;
  expect(open.look(1500)).toBeNull();
  expect(open.look(2000)).toEqual([]);
  expect(troubles).toHaveLength(1);
  isBroken = false;
  expect(open.get().list()).toEqual([]);
  open.close();
});
