import { describe, expect, test } from 'vitest';
import { callSizeLimit, type CheckedCall, type Reply } from '../../src-main/contract/wire.ts';
import { answerMessages, isTrusted, type Sender } from '../../src-main/shell/messages.ts';

const window: Sender = { address: 'app://lab/index.html', isMainFrame: true, isOwnWindow: true };
const list = { name: 'experiments.list', input: {} };

/** Records what reaches the lab. */
function door(): { readonly asked: CheckedCall[]; readonly send: (message: unknown, sender?: Sender) => Promise<Reply> } {
  const asked: CheckedCall[] = [];
  const answer = answerMessages((call) => {
    asked.push(call);
    return Promise.resolve({ ok: true, value: [] });
  });
  return { asked, send: (message, sender = window) => answer(message, sender) };
}

async function refusal(message: unknown, sender?: Sender): Promise<string> {
  const { asked, send } = door();
  const reply = await send(message, sender);
  expect(asked).toEqual([]);
  expect(reply).toMatchObject({ ok: false, error: { code: 'bad-input' } });
  return reply.ok ? '' : reply.error.message;
}

describe('the door between page and lab', () => {
  test('lets a call of the contract through as it was checked', async () => {
    const { asked, send } = door();
    expect(await send({ name: 'experiments.show', input: { id: '261124-004106-85hj' } })).toEqual({ ok: true, value: [] });
    expect(asked).toEqual([{ name: 'experiments.show', input: { id: '261124-004106-85hj' } }]);
  });

  test.each<[string, Partial<Sender>]>([
    ['a report', { address: 'app://report/261124-004106-85hj' }],
    ['a frame inside the window', { isMainFrame: false }],
    ['other web contents', { isOwnWindow: false }],
    ['a foreign page', { address: 'https://example.com/index.html' }],
    ['a host that begins like ours', { address: 'app://lab.evil/index.html' }],
    ['our name as a user', { address: 'app://lab@evil/index.html' }],
    ['a file', { address: 'file:///index.html' }],
    ['a frame that is gone', { address: '' }],
  ])('%s may not call', async (_name, part) => {
    const sender = { ...window, ...part };
    expect(isTrusted(sender)).toBe(false);
    expect(await refusal(list, sender)).toBe('Only the window itself may call the lab.');
  });

  test('a message over the limit is refused before its content is looked at', async () => {
    const input = { id: 'x'.repeat(callSizeLimit) };
    // {"name":"experiments.show","input":{"id":"..."}} is 45 characters and the id
    expect(await refusal({ name: 'experiments.show', input })).toBe(`A call must have at most 524288 characters. Received: ${callSizeLimit + 45}.`);
  });

  test('what is not plain data is refused', async () => {
    const loop: Record<string, unknown> = { name: 'experiments.list' };
    loop['input'] = loop;
    expect(await refusal(loop)).toBe('A call must be plain data: text, numbers, lists and objects.');
    expect(await refusal({ name: 'experiments.list', input: 1n })).toBe('A call must be plain data: text, numbers, lists and objects.');
    expect(await refusal(undefined)).toContain('A call must have a name and an input.');
    expect(await refusal('experiments.list')).toContain('A call must have a name and an input.');
    expect(await refusal({ ...list, extra: 1 })).toContain('A call must have a name and an input.');
  });

  test.each(['store.delete', '__proto__', 'constructor', 'toString', ''])('the call "%s" does not exist', async (name) => {
    expect(await refusal({ name, input: {} })).toBe(`There is no call "${name}".`);
  });

  const unusable: readonly unknown[] = [
    {},
    { id: 7 },
    { id: '' },
    { id: '../../etc/passwd' },
    { id: 'A1' },
    { id: `a${'0'.repeat(64)}` },
    { id: '1', more: 1 },
    null,
    [],
  ];
  test.each(unusable.map((input) => ({ input })))('experiments.show is refused with $input', async ({ input }) => {
    expect(await refusal({ name: 'experiments.show', input })).toMatch(/^The input of experiments\.show is not usable\./);
  });
});
