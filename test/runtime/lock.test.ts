import { existsSync } from 'node:fs';
import { readdir, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { takeLock } from '../../src-main/runtime/lock.ts';
import { temporaryFolder } from './support.ts';

const noSuchPid = 4_194_305; // above Linux's highest pid_max, 2^22

test('the second waits, is told who works, and goes on when the first gives the lock back', async () => {
  const path = join(await temporaryFolder(), '.lock');
  const order: string[] = [];
  const unlock = await takeLock(path);
  const waits = Promise.withResolvers<number>();
  const second = takeLock(path, { pollMs: 5, onWait: waits.resolve }).then(async (release) => {
    order.push('second works');
    await release();
  });
  expect(await waits.promise).toBe(process.pid);
  await new Promise((resolve) => setTimeout(resolve, 50)); // it looks again meanwhile; were it let in, that would stand first
  order.push('first ends');
  await unlock();
  await second;
  expect(order).toEqual(['first ends', 'second works']);
  expect(existsSync(path)).toBe(false);
});

test('the lock of a process that is gone is taken over at once, and by one alone of several that wait', async () => {
  const folder = await temporaryFolder();
  for (let round = 0; round < 60; round++) {
    const path = join(folder, '.lock');
    await writeFile(path, JSON.stringify({ token: 'old', pid: noSuchPid, host: hostname() }));
    let holders = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      const unlock = await takeLock(path, { pollMs: 1 });
      most = Math.max(most, ++holders);
      await new Promise((resolve) => setTimeout(resolve, 1));
      holders--;
      await unlock();
    };
    await Promise.all(Array.from({ length: 6 }, work));
    expect(most).toBe(1);
    expect(await readdir(folder)).toEqual([]);
  }
});

test('a process that ended while it took a lock away does not block the others for ever', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, '.lock');
  await writeFile(path, JSON.stringify({ token: 'old', pid: noSuchPid, host: hostname() }));
  await writeFile(`${path}.claim`, '');
  const longAgo = new Date(Date.now() - 61_000);
  await utimes(`${path}.claim`, longAgo, longAgo);
  await (
    await takeLock(path, { pollMs: 1 })
  )();
  expect(await readdir(folder)).toEqual([]);
});

test('the lock of another host counts as left when nobody touched it for a minute, not before', async () => {
  const path = join(await temporaryFolder(), '.lock');
  await writeFile(path, JSON.stringify({ token: 'other', pid: noSuchPid, host: 'another-host' }));
  const stop = new AbortController();
  await expect(takeLock(path, { pollMs: 1, signal: stop.signal, onWait: () => stop.abort(new Error('it waits')) })).rejects.toThrow();
  const longAgo = new Date(Date.now() - 61_000);
  await utimes(path, longAgo, longAgo);
  const unlock = await takeLock(path, { pollMs: 1 });
  await unlock();
});

test('a damaged lock file is left after a minute too', async () => {
  const path = join(await temporaryFolder(), '.lock');
  await writeFile(path, '{"tok');
  const longAgo = new Date(Date.now() - 61_000);
  await utimes(path, longAgo, longAgo);
  const unlock = await takeLock(path, { pollMs: 1 });
  await unlock();
});
