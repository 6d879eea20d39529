import { expect, test } from 'vitest';
import { parseNotes } from '../../../src-main/report/sections/notes.ts';
import { openFakeDesk } from '../../support/deskHome.ts';
import { flowersPlan, writeFlowers } from '../../support/labHome.ts';
import { reportFixture } from '../../support/reportFixture.ts';
import { temporaryFolders } from '../../support/temporary.ts';
import { stands } from '../support.ts';

const folder = temporaryFolders();

test('notes stand where somebody wrote some', () => {
  const noted = (notes: string): ReturnType<typeof reportFixture> => reportFixture({ steps: 60, notes });
  expect(stands('notes', noted('x'), noted(' '), reportFixture({ steps: 60 }), reportFixture({ finishedPairs: 0 }))).toEqual([true, false, false, false]);
});

test('notes keep their paragraphs, lists and emphasis and nothing else', () => {
  expect(parseNotes('# Head\r\n\r\nA **b** *c* `d`\ne\n\n- one\n- <i>two</i>')).toEqual([
    { kind: 'heading', text: 'Head' },
    { kind: 'text', paragraphs: [['A ', { kind: 'strong', text: 'b' }, ' ', { kind: 'emphasis', text: 'c' }, ' ', { kind: 'code', text: 'd' }, ' e']] },
    { kind: 'list', items: [['one'], ['<i>two</i>']] },
  ]);
});

test('what a person notes on an experiment is a section of its report', async () => {
  const home = folder();
  const { client, desk, next } = openFakeDesk(home);
  const ended = next('experiment.ended');
  const { id } = await client.call('experiments.start', { plan: flowersPlan(writeFlowers(home)) });
  await ended;
  await client.call('experiments.setNotes', { id, notes: 'Seen with the **new** labels' });
  expect((await client.call('report.sections', { id })).map((section) => section.id)).toContain('notes');
  expect(await client.call('experiments.report', { id })).toContain('Seen with the');
  await desk.close();
});
