import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { openSource } from '../../src-main/formats/index.ts';
import { expectDamageIsTold } from './damage.ts';
import { expectRefusal, plain, temporaryFolder } from './support.ts';

const { write } = temporaryFolder();

test('a record a line is a row, whichever keys it has', async () => {
  const data = await openSource(write('t.jsonl', '{"x": 1, "t": "a"}\n\n{"t": "b", "y": 2.5}\n'));
  expect(plain(data)).toEqual({ x: [1, NaN], t: ['a', 'b'], y: [NaN, 2.5] });
  expect([data.format, data.rows]).toEqual(['json-lines', 2]);
});

test('a key that comes far below is a column, and a text there makes a column of texts', async () => {
  const lines = Array.from({ length: 30_000 }, (_, i) => JSON.stringify({ a: i }));
  const { a, b } = plain(await openSource(write('late.ndjson', [...lines, '{"a": "x", "b": 1}'].join('\n'))));
  expect([a?.[0], a?.at(-1), b?.[0], b?.at(-1)]).toEqual(['0', 'x', NaN, 1]);
});

test('a packed file is read', async () => {
  expect(plain(await openSource(write('t.jsonl.gz', gzipSync('{"a": 1}\n{"a": 2}\n'))))).toEqual({ a: [1, 2] });
});

test('the line that is no record is named', async () => {
  for (const line of ['{"a": 2', '[1]', 'x']) {
    const path = write('bad.jsonl', `{"a": 1}\n${line}\n{"a": 3}\n`);
    await expectRefusal(openSource(path), `${path}, row 2: this line is no record in JSON, {"name": value, ...}. It may be cut off.`);
  }
});

test('a file damaged anywhere is read or refused with a sentence, and nothing else happens', async () => {
  await expectDamageIsTold('json-lines', 't.jsonl', Buffer.from('{"a": 1.5, "b": "x"}\n{"a": null, "b": "é"}\n'), write);
});
