import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { ExperimentDocument } from '../../src-main/contract/results.ts';
import { cli, cliDocument, hashes, startCli } from '../support/cliRun.ts';
import { hasTensorFlow } from '../support/tensorFlow.ts';
import { temporaryFolders } from '../support/temporary.ts';

const folder = temporaryFolders();
const network = hasTensorFlow ? ['cnn', '--epochs', '6'] : ['mlp', '--epochs', '60']; // long enough to be interrupted
const args = ['compare', 'sample:digits', '--main', 'digit', '--aux', 'parity', '--repeats', '1', '--network', ...network];
let whole: ExperimentDocument | undefined;

async function undisturbed(): Promise<ExperimentDocument> {
  return (whole ??= await cliDocument(folder(), args));
}

async function trainingHasBegun(home: string): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    await wait(100);
    const { stdout } = await cli(home, ['query', 'SELECT count(*) AS n FROM point', '--json']);
    const found = /\d+/.exec(stdout.replace(/"n"/g, ''));
    if (found !== null && Number(found[0]) > 0) return;
  }
  throw new Error('No point was recorded within a minute.');
}

test('SIGKILL to the whole process group leaves a store that opens, runs marked interrupted, and a resume that ends as if nothing had happened', async () => {
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
});

test('Ctrl+C pauses, says how to go on, and ends with code 130', async () => {
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
