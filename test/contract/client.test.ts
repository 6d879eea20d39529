import { expect, test } from 'vitest';
import { createClient } from '../../src-main/contract/client.ts';

const answering = (reply: unknown) => createClient({ call: () => Promise.resolve(reply), on: () => () => {} });

test('an answer is checked before it is believed', async () => {
  expect(await answering({ ok: true, value: { names: 1 } }).call('settings.get', {})).toMatchObject({ appearance: 'system' });
  await expect(answering({ ok: true, value: 7 }).call('queue.list', {})).rejects.toThrow(/^The answer to queue\.list is not in the contract\./);
  await expect(answering('x').call('queue.list', {})).rejects.toMatchObject({
    code: 'internal',
    message: expect.stringMatching(/^The answer to queue\.list is not a reply\./),
  });
});

test('a refusal is thrown with its own code and sentence', async () => {
  const refusal = { ok: false, error: { code: 'not-found', message: 'It is gone.' } };
  await expect(answering(refusal).call('queue.list', {})).rejects.toMatchObject({ name: 'LabError', code: 'not-found', message: 'It is gone.' });
});

test('events are checked on their way to whoever listens', () => {
  let tell = (_: unknown): void => {};
  const heard: unknown[] = [];
  const on = (listener: (event: unknown) => void) => {
    tell = listener;
    return () => {};
  };
  createClient({ call: () => Promise.resolve(null), on }).on((event) => heard.push(event));
  tell({ name: 'queue.changed' });
  expect(() => tell({ name: 'odd' })).toThrow('An event is not in the contract.');
  expect(heard).toEqual([{ name: 'queue.changed' }]);
});
