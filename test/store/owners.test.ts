import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isAlive, ownIdentity } from '../../src-main/store/processIdentity.ts';
import { openStore } from '../../src-main/store/store.ts';
import { addExperiment } from '../support/storeRows.ts';
import { temporaryFolders } from '../support/temporary.ts';

const folder = temporaryFolders();
const now = new Date('2026-11-24T10:00:00.000Z');
const minutesAgo = (minutes: number): Date => new Date(now.getTime() - minutes * 60_000);

test('this process lives, whatever its heartbeat says', () => {
  expect(isAlive(ownIdentity(), minutesAgo(600), now)).toBe(process.platform === 'linux');
  expect(isAlive(ownIdentity(), minutesAgo(1), now)).toBe(true);
});

test('a process number that another process has now is not that process', () => {
  expect(isAlive({ ...ownIdentity(), started: 'an earlier boot/1' }, minutesAgo(0), now)).toBe(process.platform !== 'linux');
});

test('of a process on another host only the heartbeat tells', () => {
  const there = { host: `not-${hostname()}`, pid: process.pid, started: '' };
  expect(isAlive(there, minutesAgo(1), now)).toBe(true);
  expect(isAlive(there, minutesAgo(3), now)).toBe(false);
});

test('opening interrupts the runs of processes that ended and leaves those of living ones', async () => {
  const file = join(folder(), 'lab.sqlite');
  const store = openStore(file);
  addExperiment(store, 'dead', ['baseline'], [1, 2]);
  addExperiment(store, 'alive', ['baseline'], [1]);
  const gone = spawn(process.execPath, ['-e', '']);
  await once(gone, 'exit');
  const dead = store.owners.register({ host: hostname(), pid: gone.pid ?? 0, started: 'x' });
  const own = store.owners.register(ownIdentity());
  store.runs.claim('dead', dead);
  store.runs.claim('alive', own);
  store.runs.start(store.runs.of('dead')[0]?.id ?? 0, now.toISOString());
  store.runs.start(store.runs.of('alive')[0]?.id ?? 0, now.toISOString());

  const other = openStore(file);
  expect(other.interruptedAtOpen).toBe(2);
  expect(other.runs.of('dead').map(({ status, owner_id }) => [status, owner_id])).toEqual([['interrupted', null], ['interrupted', null]]); // prettier-ignore
  expect(other.runs.of('alive').map(({ status }) => status)).toEqual(['running']);
  expect(other.owners.all().map(({ id }) => id)).toEqual([own]);
  other.close();
  store.close();
});
