import { expect, test } from 'vitest';
import { inspectedData } from '../../src-main/cli/inspectedData.ts';
import { openFakeLab, writeFlowers } from '../support/labHome.ts';
import { temporaryFolders } from '../support/temporary.ts';

const folder = temporaryFolders();

test('inspecting says columns, targets and the networks that fit, and refuses an option by its name', async () => {
  const home = folder();
  const lab = openFakeLab(home);
  const report = await inspectedData(lab, { source: writeFlowers(home) });
  expect(report).toMatchObject({ rows: 60, format: 'csv', input: { kind: 'table' }, networks: ['mlp'] });
  expect(report.columns.map(({ name }) => name)).toEqual(['length', 'width', 'species', 'region', 'height']);
  await expect(inspectedData(lab, { source: 'x.csv', options: { delimiter: 'much too long for one' } })).rejects.toThrow(
    'Reading option delimiter is not usable',
  );
  lab.close();
});
