import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { Stream } from '../../src-main/contract/random.ts';
import { openStore } from '../../src-main/store/store.ts';
import { temporaryFolders } from '../support/temporary.ts';

const writer = fileURLToPath(new URL('../support/storeWriter.ts', import.meta.url));
const folder = temporaryFolders();
const rounds = 20;

test('20 writers killed at random moments leave a sound store with every acknowledged point and their runs interrupted', async () => {
  const file = join(folder(), 'lab.sqlite');
  const random = new Stream(1, 'kill');
  let acknowledgedPoints = 0;
  for (let round = 0; round < rounds; round++) {
    const child = fork(writer, [file, String(round)], { execArgv: ['--disable-warning=ExperimentalWarning'], stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
    let output = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text));
    await once(child, 'message');
    const batches = random.integer(60);
    while (output.split('\n').length <= batches) await new Promise((resolve) => setTimeout(resolve, 1));
    child.kill('SIGKILL');
    await once(child, 'close');

    const store = openStore(file);
    expect(store.problems()).toEqual([]);
    expect(store.interruptedAtOpen).toBe(1);
    const [run] = store.runs.of(`round-${round}`);
    expect(run?.status).toBe('interrupted');
    const [series] = store.points.of(run?.id ?? 0);
    const acknowledged = output.split('\n').slice(0, -1).length * 20; // a line cut off by the kill is no acknowledgement
    const stored = series?.values ?? [];
    expect(stored.length).toBeGreaterThanOrEqual(acknowledged);
    expect(stored.length % 20).toBe(0); // a batch is there whole or not at all
    expect(stored).toEqual(stored.map((_, i) => i));
    acknowledgedPoints += acknowledged;
    store.close();
  }
  expect(acknowledgedPoints).toBeGreaterThan(0);
});
