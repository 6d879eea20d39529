import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, test, vi } from 'vitest';
import type { ExperimentDocument } from '../../src-main/contract/results.ts';
import { cli, cliDocument, hashes, startCli } from '../support/cliRun.ts';
import { trainable } from '../support/tensorFlow.ts';
import { withSamples } from '../support/entriesThere.ts';
import { trainingMs } from '../support/patience.ts';
import { temporaryFolders } from '../support/temporary.ts';

const folder = temporaryFolders();
const network = trainable(['cnn'], []);
const long = [network, '--epochs', network === 'mlp' ? '60' : '6']; // enough to be interrupted
const args = ['compare', 'sample:digits', '--main', 'digit', '--aux', 'parity', '--repeats', '1', '--network', ...long];
let whole: ExperimentDocument | undefined;

async function undisturbed(): Promise<ExperimentDocument> {
  return (whole ??= await cliDocument(folder(), args));
}

/** Looks into the store itself: a command that asks would take as long as the training. */
function trainingHasBegun(home: string): Promise<void> {
  const file = join(home, 'lab.sqlite');
  const hasPoints = (): void => {
    if (!existsSync(file)) throw new Error('There is no store yet.');
    const store = new Sqlite(file, { readonly: true });
    try {
      if (store.prepare('SELECT 1 FROM point LIMIT 1').get() === undefined) throw new Error('No point is recorded yet.');
    } finally {
      store.close();
    }
  };
  return vi.waitFor(hasPoints, { timeout: trainingMs, interval: 20 });
}

test(
  'SIGKILL to the whole process group leaves a store that opens, runs marked interrupted, and a resume that ends as if nothing had happened',
  withSamples('digits'),
  async () => {
    const home = folder();
    const running = startCli(home, args);
    await trainingHasBegun(home);
    process.kill(-(running.child.pid ?? 0), 'SIGKILL');
    await running.done;
    const list = await cli(home, ['query', 'SELECT status, count(*) AS runs FROM run GROUP BY status', '--json']);
    expect(list.code).toBe(0);
    expect(list.stdout).not.toContain('"running"');
    expect(list.stdout).toContain('interrupted');
    const resumed = await cliDocument(home, ['resume']);
    expect(resumed.status).toBe('finished');
    expect(hashes(resumed)).toEqual(hashes(await undisturbed()));
  },
);

test('Ctrl+C pauses, says how to go on, and ends with code 130', withSamples('digits'), async () => {
  const home = folder();
  const running = startCli(home, args);
  await trainingHasBegun(home);
  process.kill(-(running.child.pid ?? 0), 'SIGINT'); // a terminal sends it to the whole group
  const result = await running.done;
  expect(result.code).toBe(130);
  expect(result.stderr).toContain('npx auxlab resume');
  const resumed = await cliDocument(home, ['resume']);
  expect(hashes(resumed)).toEqual(hashes(await undisturbed()));
});
