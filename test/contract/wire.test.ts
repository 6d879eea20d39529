import { describe, expect, test } from 'vitest';
import { LabError } from '../../src-main/contract/errors.ts';
import { callSizeLimit, checkCall, checkEvent, replyOf } from '../../src-main/contract/wire.ts';

const refusal = (message: unknown): string => {
  try {
    checkCall(message);
  } catch (error) {
    if (error instanceof LabError && error.code === 'bad-input') return error.message;
    throw error;
  }
  return 'none';
};

describe('a call', () => {
  test('is taken with its input checked and its defaults filled in', () => {
    expect(checkCall({ name: 'experiments.show', input: { id: 'x-1' } })).toEqual({ name: 'experiments.show', input: { id: 'x-1' } });
    expect(checkCall({ name: 'experiments.find', input: {} }).input).toEqual({ search: '', offset: 0, limit: 100, trashed: false, sort: 'newest' });
  });

  test('for a look at a split has the seed of a plan that says none', () => {
    expect(checkCall({ name: 'data.split', input: { data: { source: 's' }, target: 'y' } }).input).toMatchObject({ seed: 1 });
  });

  test('of half a mebibyte is the largest', () => {
    const sized = (length: number) => {
      const message = { name: 'plans.check', input: { plan: { text: '' } } };
      message.input.plan.text = 'a'.repeat(length - JSON.stringify(message).length);
      return message;
    };
    expect(callSizeLimit).toBe(512 * 1024);
    expect(refusal(sized(callSizeLimit))).toBe('none');
    expect(refusal(sized(callSizeLimit + 1))).toBe('A call must have at most 524288 characters. Received: 524289.');
  });

  test('is refused by what is wrong with it first: form, name, input', () => {
    expect(refusal(undefined)).toMatch(/^A call must have a name and an input\./);
    expect(refusal({ name: 'lab.about', input: {}, more: 1 })).toMatch(/^A call must have a name and an input\./);
    expect(refusal({ name: 'constructor', input: {} })).toBe('There is no call "constructor".');
    expect(refusal({ name: 'x'.repeat(200), input: {} })).toBe(`There is no call "${'x'.repeat(100)}".`);
    expect(refusal({ name: 'experiments.show', input: { id: '../x' } })).toMatch(/^The input of experiments\.show is not usable\. .*small letters/s);
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    expect(refusal(circle)).toBe('A call must be plain data: text, numbers, lists and objects.');
  });

  test.each([
    [{ limit: 1 }, true],
    [{ limit: 500 }, true],
    [{ limit: 0 }, false],
    [{ limit: 1.5 }, false],
    [{ limit: 501 }, false],
    [{ offset: -1 }, false],
    [{ offset: 0.5 }, false],
    [{ search: 'a'.repeat(200) }, true],
    [{ search: 'a'.repeat(201) }, false],
    [{ tag: '  ' }, false],
    [{ tag: 'a'.repeat(50) }, true],
    [{ tag: 'a'.repeat(51) }, false],
    [{ more: 1 }, false],
  ])('that searches with %j: %s', (input, isTaken) => {
    expect(refusal({ name: 'experiments.find', input }) === 'none').toBe(isTaken);
  });

  test.each([
    ['experiments.trash', { ids: ['a'] }, true],
    ['experiments.trash', { ids: Array(1000).fill('a') }, true],
    ['experiments.trash', { ids: [] }, false],
    ['experiments.trash', { ids: Array(1001).fill('a') }, false],
    ['experiments.extend', { id: 'a', repeats: 1 }, true],
    ['experiments.extend', { id: 'a', repeats: 1000 }, true],
    ['experiments.extend', { id: 'a', repeats: 0 }, false],
    ['experiments.extend', { id: 'a', repeats: 1001 }, false],
    ['experiments.extend', { id: 'a', repeats: 1.5 }, false],
    ['experiments.rename', { id: 'a', name: 'b'.repeat(200) }, true],
    ['experiments.rename', { id: 'a', name: 'b'.repeat(201) }, false],
    ['experiments.rename', { id: 'a', name: '  ' }, false],
    ['experiments.setNotes', { id: 'a', notes: 'n'.repeat(100_000) }, true],
    ['experiments.setNotes', { id: 'a', notes: 'n'.repeat(100_001) }, false],
    ['experiments.setTags', { id: 'a', tags: Array(20).fill('t') }, true],
    ['experiments.setTags', { id: 'a', tags: Array(21).fill('t') }, false],
    ['series.read', { id: 'a', names: ['loss/main'] }, true],
    ['series.read', { id: 'a', names: Array(100).fill('a'.repeat(400)), runs: Array(1000).fill('r'.repeat(200)), points: 20_000 }, true],
    ['series.read', { id: 'a', names: [] }, false],
    ['series.read', { id: 'a', names: Array(101).fill('a') }, false],
    ['series.read', { id: 'a', names: ['a'.repeat(401)] }, false],
    ['series.read', { id: 'a', names: ['a'], runs: Array(1001).fill('r') }, false],
    ['series.read', { id: 'a', names: ['a'], runs: ['r'.repeat(201)] }, false],
    ['series.read', { id: 'a', names: ['a'], points: 9 }, false],
    ['series.read', { id: 'a', names: ['a'], points: 20_001 }, false],
    ['queue.move', { id: 'a', position: -1 }, false],
    ['drafts.save', { id: 'a'.repeat(64), name: '', content: {} }, true],
    ['drafts.save', { id: 'a', name: 'n'.repeat(200), content: {} }, true],
    ['drafts.save', { id: 'a', name: 'n'.repeat(201), content: {} }, false],
    ['drafts.save', { id: 'a'.repeat(65), name: '', content: {} }, false],
    ['drafts.save', { id: 'a', name: '', content: { text: 'c'.repeat(300_000 - '{"text":""}'.length) } }, true],
    ['drafts.save', { id: 'a', name: '', content: { text: 'c'.repeat(300_000) } }, false],
    ['plans.read', { path: 'p'.repeat(4096) }, true],
    ['plans.read', { path: 'p'.repeat(4097) }, false],
    ['plans.read', { path: '' }, false],
    ['settings.set', { preferredRuntime: 'r'.repeat(200) }, true],
    ['settings.set', { preferredRuntime: null }, true],
    ['settings.set', { preferredRuntime: 'r'.repeat(201) }, false],
    ['settings.set', { appearance: 'bright' }, false],
    ['settings.set', { appearance: 'dark', level: 'expert', motion: 'reduced' }, true],
    ['data.thumbnails', { data: { source: 's' }, side: 16 }, true],
    ['data.thumbnails', { data: { source: 's' }, side: 256 }, true],
    ['data.thumbnails', { data: { source: 's' }, side: 15 }, false],
    ['data.thumbnails', { data: { source: 's' }, side: 257 }, false],
    ['data.thumbnails', { data: { source: 's' }, side: 16.5 }, false],
    ['data.sequences', { data: { source: 's' }, points: 8 }, true],
    ['data.sequences', { data: { source: 's' }, points: 400 }, true],
    ['data.sequences', { data: { source: 's' }, points: 7 }, false],
    ['data.sequences', { data: { source: 's' }, points: 401 }, false],
    ['data.sequences', { data: { source: 's' }, points: 8.5 }, false],
    ['jobs.cancel', { job: 'J-1' }, true],
    ['jobs.cancel', { job: 'j'.repeat(65) }, false],
    ['jobs.cancel', { job: 'a b' }, false],
    ['plans.check', { plan: [] }, false],
    ['plans.check', { plan: null }, false],
  ] as const)('%s with a part of %j at its border: %s', (name, input, isTaken) => {
    expect(refusal({ name, input }) === 'none').toBe(isTaken);
  });
});

test('an event that the contract does not have is refused', () => {
  expect(checkEvent({ name: 'queue.changed' })).toEqual({ name: 'queue.changed' });
  expect(() => checkEvent({ name: 'queue.changed', more: 1 })).toThrow('An event is not in the contract.');
  expect(() => checkEvent({ name: 'experiments.changed', ids: ['../x'] })).toThrow('An event is not in the contract.');
});

test('what work gives or throws becomes a reply', async () => {
  expect(await replyOf(() => Promise.resolve(3))).toEqual({ ok: true, value: 3 });
  const reply = await replyOf(() => {
    throw new LabError('not-found', 'It is gone.');
  });
  expect(reply).toEqual({ ok: false, error: { code: 'not-found', message: 'It is gone.' } });
});
