/** An experiment in the window: its training, its figures, its notes, and where it came from. */
import { expect, test } from 'vitest';
import { ownTime } from './fakeLab.ts';
import { document, onWire } from './labContents.ts';
import { workspaces } from './workspaces.ts';

const settle = ownTime();
const { opened } = await workspaces();

test('progress, points and the end of a training reach the screens', async () => {
  const { lab, space } = await opened({ 'queue.list': () => [{ experimentId: 'e1', name: 'Flowers', activity: 'training' }] });
  space.experiment.open('e1');
  space.experiment.want(['loss/main']);
  await space.experiment.refresh();
  expect(space.experiment.lines.get('loss/main')).toHaveLength(2);
  const picture = { experimentId: 'e1', phase: 'training', runs: [], finishedRuns: 3, totalRuns: 12, fraction: 0.25, remainingMs: 9000 };
  lab.tell({ name: 'experiment.progress', picture });
  expect([space.experiment.progress?.fraction, space.training.progress.get('e1')?.finishedRuns, space.announcer.text]).toEqual([0.25, 3, '3 of 12 runs']);
  lab.tell({
    name: 'experiment.points',
    experimentId: 'e1',
    lines: [{ run: 'baseline-1', arm: 'baseline', seed: 1, name: 'loss/main', steps: [3], values: [0.4] }],
  });
  expect(space.experiment.lines.get('loss/main')?.find(({ run }) => run === 'baseline-1')?.values).toEqual([0.5, 0.6, 0.7, 0.4]);
  lab.tell({
    name: 'experiment.points',
    experimentId: 'other',
    lines: [{ run: 'baseline-1', arm: 'baseline', seed: 1, name: 'loss/main', steps: [4], values: [0.3] }],
  });
  expect(space.experiment.lines.get('loss/main')?.find(({ run }) => run === 'baseline-1')?.values).toHaveLength(4);
  lab.tell({ name: 'experiment.ended', experimentId: 'e1', title: 'Flowers', status: 'finished', verdict: 'helps', sentence: 'It helps.' });
  expect(space.announcer.text).toContain('It helps.');
  expect(space.toasts.list[0]?.action?.label).toBe('See the verdict');
});

test('figures that are not finite travel as null and are back as numbers', async () => {
  const broken = document('e1', { finishedPairs: 1 });
  const { space } = await opened({
    'experiments.open': () => ({ document: onWire(broken), notes: '', tags: [], trashed: null, activity: 'none', canResume: true, events: [] }),
  });
  space.experiment.open('e1');
  await space.experiment.refresh();
  expect(broken.comparisons[0]?.difference.low).not.toSatisfy(Number.isFinite);
  expect(space.experiment.document?.comparisons[0]?.difference.low).toBeNaN();
});

test('notes are saved at a pause, and once more when another experiment is opened', async () => {
  const { lab, space } = await opened();
  space.experiment.open('e1');
  await space.experiment.refresh();
  space.experiment.setNotes('It was raining.');
  space.experiment.open('e2');
  await settle(60);
  expect(lab.asked.filter(({ name }) => name === 'experiments.setNotes').map(({ input }) => input)).toEqual([{ id: 'e1', notes: 'It was raining.' }]);
  expect(space.experiment.notes).toBe('');
});

test('an experiment that is read again does not overwrite notes that are being written', async () => {
  const { space } = await opened();
  space.experiment.open('e1');
  await space.experiment.refresh();
  space.experiment.setNotes('half a sen');
  await space.experiment.refresh();
  expect(space.experiment.notes).toBe('half a sen');
});

test('what was imported is neither trained nor opened before the person names its data or agrees; what was made here is not asked about', async () => {
  const foreign = { ...document('e1'), imported: '2026-11-26T10:00:00.000Z' };
  let shown = foreign as ReturnType<typeof document>;
  const about = { notes: '', tags: [], trashed: null, activity: 'none' as const, canResume: true, events: [] };
  const { lab, space } = await opened({
    'experiments.open': () => ({ document: onWire(shown), ...about }),
    'experiments.resume': () => ({}),
    'experiments.extend': () => ({}),
  });
  const sent = (name: string): unknown[] => lab.asked.filter((asked) => asked.name === name).map(({ input }) => input);
  const asks = async (work: Promise<void>, agreed: Parameters<typeof space.consent.answer>[0]): Promise<void> => {
    await settle();
    expect(space.consent.asked).toMatchObject({ name: foreign.name, source: foreign.plan.data.source });
    space.consent.answer(agreed);
    await work;
    expect(space.consent.asked).toBeNull();
  };
  await asks(space.training.resume('e1', 'x'), null);
  expect(sent('experiments.resume')).toEqual([]);
  await asks(space.training.resume('e1', 'x'), { data: '/mine.csv' });
  await asks(space.training.extend('e1', 9, 'x'), { isConfirmed: true });
  expect(sent('experiments.resume')).toMatchObject([{ id: 'e1', data: '/mine.csv' }]);
  expect(sent('experiments.extend')).toMatchObject([{ id: 'e1', repeats: 9, isConfirmed: true }]);
  const inspected = sent('data.inspect').length;
  await asks(space.reuse('e1'), null);
  expect(sent('data.inspect')).toHaveLength(inspected);
  await asks(space.reuse('e1'), { data: '/mine.csv' });
  expect(space.draft.plan?.data.source).toBe('/mine.csv');
  shown = { ...foreign, imported: null };
  await space.training.resume('e1', 'x');
  expect(sent('experiments.resume')).toHaveLength(2);
});
