import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { cli } from '../support/cliRun.ts';
import { methodsOf, withNetworks, withSamples } from '../support/entriesThere.ts';
import { needsTensorFlow } from '../support/tensorFlow.ts';
import { temporaryFolders } from '../support/temporary.ts';

const folder = temporaryFolders();
const home = folder();
const fixture = (name: string): string => fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));

test('the method and statistics vectors pass', async () => {
  for (const name of ['method-vectors.json', 'statistics-vectors.json']) {
    const result = await cli(home, ['verify', fixture(name)]);
    expect(result.code, result.stdout + result.stderr).toBe(0);
  }
});

/** A method that changes the gradients themselves, where there is one. */
const projecting = methodsOf('primary-pcgrad', 'pcgrad').slice(0, 1);

/** Most rows go to training, of which a fraction is used: evaluation shall not take longer than the steps. */
const fewRows = { kind: 'stratified', train: 0.98, validation: 0.01, test: 0.01 };

describe('an auxiliary arm with all weights 0 repeats the baseline bit for bit', () => {
  const plans: Readonly<Record<string, { source: string; main: string; targets: string[]; heads?: boolean }>> = {
    mlp: { source: 'sample:auto-mpg', main: 'mpg', targets: ['acceleration', 'origin'] },
    cnn: { source: 'sample:digits', main: 'digit', targets: ['parity'], heads: true },
    'mini-inception': { source: 'sample:fashion-mnist', main: 'label', targets: ['group'], heads: true },
    resnet: { source: 'sample:fashion-mnist', main: 'label', targets: ['group'] },
    lstm: { source: 'sample:japanese-vowels', main: 'class', targets: [], heads: true },
    gru: { source: 'sample:japanese-vowels', main: 'class', targets: [], heads: true },
    googlenet: { source: 'sample:fashion-mnist', main: 'label', targets: [], heads: true },
  };
  const depths: Readonly<Record<string, readonly string[]>> = {
    cnn: ['block1', 'block2'],
    'mini-inception': ['a', 'b', 'c'],
    lstm: ['layer1'],
    gru: ['layer1'],
    googlenet: ['4a', '4d'],
  };
  for (const [network, given] of Object.entries(plans)) {
    const { source, main, targets, heads } = given;
    test(network, { ...(network === 'mlp' ? {} : needsTensorFlow), ...withNetworks(network), ...withSamples(source.replace('sample:', '')) }, async () => {
      const auxiliaries = [
        ...targets.map((target) => ({ target, weight: 0.5 })),
        ...(heads === true ? (depths[network] ?? []).map((depth) => ({ target: main, depth, weight: 0.3 })) : []),
      ];
      const isLarge = network === 'googlenet';
      const isImages = source === 'sample:digits' || source === 'sample:fashion-mnist';
      const plan = {
        format: 'auxlab-plan/1',
        data: { source, trainFraction: isLarge ? 0.01 : 0.1, ...(source === 'sample:fashion-mnist' && { split: fewRows }) },
        main: { target: main },
        network: { id: network },
        training: { batch: isLarge ? 4 : 16, clipNorm: 0.5, ...(isImages && { augment: { flip: true, shift: 1 } }) },
        arms: [{ id: 'plain', auxiliaries }, ...(isLarge ? [] : projecting.map((id) => ({ id: 'gradients', auxiliaries, method: { id } })))],
        repeats: 1,
      };
      const file = path.join(home, `${network}.json`);
      writeFileSync(file, JSON.stringify(plan));
      const result = await cli(home, ['verify', '--identity', file, '--steps', isLarge ? '2' : '6']);
      expect(result.code, result.stdout + result.stderr).toBe(0);
    });
  }
});
