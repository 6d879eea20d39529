import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { wholeOf } from '../../src-main/formats/numbers/numbers.ts';
import { openSource } from '../../src-main/formats/index.ts';
import { columnOf } from '../../src-main/data/columns.ts';
import { encodeInputs } from '../../src-main/data/encode.ts';
import { prepareDataset } from '../../src-main/data/prepare.ts';
import { guessRoles, guessTaskKind, possibleTargets, resolveRoles } from '../../src-main/data/roles.ts';
import { samples } from '../../src-main/contract/samples.ts';
import { samplePath, samplesFolder } from '../../src-main/data/samples.ts';
import { settleSplit, splitRows, taskColumn } from '../../src-main/data/splits.ts';
import { checkTarget } from '../../src-main/data/targets.ts';
import { dataWarnings } from '../../src-main/data/warnings.ts';
import { formatOfSample, withSamples } from '../support/entriesThere.ts';

describe.each(samples)('the sample $id', ({ id, title, main, auxiliaries, licence }) => {
  test('opens, splits and encodes with its suggested tasks and without a warning', withSamples(id), async () => {
    const raw = await openSource(samplePath(`sample:${id}`));
    expect(raw.format).toBe(formatOfSample[id]);
    const dataset = prepareDataset(raw, title, `sample:${id}`);
    const roles = resolveRoles(dataset, {});
    expect(possibleTargets(dataset, roles)[0]).toBe(main);
    for (const name of auxiliaries) expect(possibleTargets(dataset, roles)).toContain(name);
    expect(dataWarnings(dataset, roles)).toEqual([]);
    const kind = guessTaskKind(columnOf(dataset, main), dataset);
    expect(kind).toBe(id === 'auto-mpg' ? 'regression' : 'classification');
    const plan = settleSplit({ kind: 'stratified', train: 0.7, validation: 0.15, test: 0.15 }, false, roles, 1);
    const split = splitRows(dataset, plan, taskColumn(dataset, main, kind), 1);
    checkTarget(dataset, main, kind, split);
    for (const name of auxiliaries) checkTarget(dataset, name, guessTaskKind(columnOf(dataset, name), dataset), split, 'auxiliary');
    expect(encodeInputs(dataset, roles, [main, ...auxiliaries], split.train).shape.kind).toBe(
      { 'auto-mpg': 'table', 'japanese-vowels': 'sequence' }[id] ?? 'image',
    );
  });

  test('has its licence and source beside it, and a format that its tests know', () => {
    expect(Object.keys(formatOfSample)).toContain(id); // one that is left out here would have its tests left out
    const readme = readFileSync(join(samplesFolder, id, 'README.md'), 'utf8');
    expect(readme).toContain(licence);
    expect(readme).toContain('- Source: ');
  });
});

test('Fashion-MNIST has 10,000 and 2,000 images, ten kinds and six groups that follow from them', withSamples('fashion-mnist'), async () => {
  const dataset = prepareDataset(await openSource(samplePath('fashion-mnist')), 'f', 'f');
  const [split, label, group] = dataset.columns;
  if (split?.kind !== 'class' || label?.kind !== 'class' || group?.kind !== 'class') throw new Error('three class columns are expected');
  const [splits, groups] = [wholeOf(split.codes), wholeOf(group.codes)];
  expect(splits.filter((code) => split.classes[code] === 'train')).toHaveLength(10_000);
  expect(splits.filter((code) => split.classes[code] === 'test')).toHaveLength(2000);
  const pairs = new Set(Array.from(wholeOf(label.codes), (code, row) => `${label.classes[code] ?? ''} is ${group.classes[groups[row] ?? -1] ?? ''}`));
  expect([...pairs].sort()).toEqual(
    [
      'Ankle boot is shoes',
      'Bag is bags',
      'Coat is outerwear',
      'Dress is dresses',
      'Pullover is tops',
      'Sandal is shoes',
      'Shirt is tops',
      'Sneaker is shoes',
      'T-shirt/top is tops',
      'Trouser is bottoms',
    ], // the table in its README
  );
  expect(guessRoles(dataset).map(({ role }) => role)).toEqual(['split', 'target', 'target']);
});

test('digits have 1,797 images whose parity and size follow from the digit', withSamples('digits'), async () => {
  const dataset = prepareDataset(await openSource(samplePath('digits')), 'd', 'd');
  expect(dataset.rows).toBe(1797); // UCI, optdigits.tes
  const [digit, parity, size] = dataset.columns;
  if (digit?.kind !== 'number' || parity?.kind !== 'class' || size?.kind !== 'class') throw new Error('a number and two classes are expected');
  const [parities, sizes] = [wholeOf(parity.codes), wholeOf(size.codes)];
  wholeOf(digit.values).forEach((value, row) => {
    expect(parity.classes[parities[row] ?? -1]).toBe(value % 2 === 0 ? 'even' : 'odd');
    expect(size.classes[sizes[row] ?? -1]).toBe(value < 5 ? 'small' : 'large');
  });
});

test('what a sample opens lies where its name says, and a misspelt name is answered with the nearest', () => {
  for (const { id } of samples) expect(existsSync(samplePath(id))).toBe(true);
  expect(() => samplePath('sample:digit')).toThrow('Unknown sample "digit". Did you mean digits?');
  expect(statSync(samplePath('auto-mpg')).isFile()).toBe(true);
});
