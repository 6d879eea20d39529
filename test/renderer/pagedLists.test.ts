/** Long lists of the window: read page by page as they come into sight. */
import { expect, test } from 'vitest';
import { LabError } from '../../src-main/contract/errors.ts';
import { ownTime } from './fakeLab.ts';
import { line, runLine } from './labContents.ts';
import { workspaces } from './workspaces.ts';

const settle = ownTime();
const { opened } = await workspaces();

test('the shelf reads on as it is scrolled and begins anew with a search', async () => {
  const all = Array.from({ length: 250 }, (_, i) => line(`e${i}`));
  const { space } = await opened({
    'experiments.find': ({ offset, limit, search }) => ({
      total: search === '' ? 250 : 1,
      items: (search === '' ? all : all.slice(7, 8)).slice(offset, offset + limit),
    }),
  });
  expect([space.shelf.lines.length, space.shelf.total]).toEqual([100, 250]);
  space.shelf.wantMore();
  await settle(60);
  expect(space.shelf.lines).toHaveLength(200);
  space.shelf.search = 'seven';
  space.shelf.changed();
  await settle(250);
  expect(space.shelf.lines.map(({ experimentId }) => experimentId)).toEqual(['e7']);
});

test('all runs are read page by page as they come into sight, and anew with a filter; older answers are dropped', async () => {
  const asked: unknown[] = [];
  const { space } = await opened({
    'experiments.runs': ({ offset, limit, status }) => {
      asked.push([offset, status]);
      const total = status === undefined ? 1000 : 1;
      return { total, items: Array.from({ length: Math.min(limit, total - offset) }, (_, i) => runLine(offset + i)) };
    },
  });
  const { allRuns } = space;
  allRuns.show(true);
  await settle();
  expect([allRuns.total, allRuns.row(199)?.seed, allRuns.row(200)]).toEqual([1000, 199, undefined]);
  await allRuns.want(390, 420);
  await allRuns.want(395, 425);
  expect([allRuns.row(390)?.seed, allRuns.row(420)?.seed]).toEqual([390, 420]);
  expect(asked).toEqual([
    [0, undefined],
    [200, undefined],
    [400, undefined],
  ]);
  allRuns.status = 'failed';
  allRuns.changed();
  await settle(200);
  expect([asked.at(-1), allRuns.total, allRuns.row(0)?.seed, allRuns.row(390)]).toEqual([[0, 'failed'], 1, 0, undefined]);
});

test('new runs are read only while the table is shown; what cannot be read is told and asked for again', async () => {
  const { lab, space } = await opened({ 'experiments.runs': () => ({ total: 1, items: [runLine(1)] }) });
  lab.tell({ name: 'experiments.changed', ids: ['e1'] });
  await settle(1100);
  expect(lab.names()).not.toContain('experiments.runs');
  lab.trouble = new LabError('store', 'The disk is full.');
  space.allRuns.show(true);
  await settle();
  expect([space.allRuns.trouble, space.allRuns.total]).toEqual(['The disk is full.', null]);
  lab.trouble = null;
  lab.tell({ name: 'experiments.changed', ids: ['e1'] });
  await settle(1100);
  expect([space.allRuns.trouble, space.allRuns.row(0)?.seed]).toEqual([null, 1]);
});

test('rows of a table are asked for once, a page at a time', async () => {
  const { lab, space } = await opened();
  await space.opening.open('/data/flowers.csv');
  await Promise.all([space.dataset.wantPage(0), space.dataset.wantPage(0)]);
  expect(lab.names().filter((name) => name === 'data.rows')).toHaveLength(1);
  expect(space.dataset.rows.get(0)?.[1]).toEqual([1, 'red', 'a']);
});
