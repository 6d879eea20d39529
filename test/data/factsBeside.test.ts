import { expect, test } from 'vitest';
import { Stream } from '../../src-main/contract/random.ts';
import type { DataColumn } from '../../src-main/data/dataset.ts';
import { factsOf } from '../../src-main/data/facts.ts';
import { openFactsBeside } from '../../src-main/data/factsBeside.ts';

const manyBytes = 2 ** 23;

/** The same at every call: facts are remembered with the column. */
function columns(): DataColumn[] {
  const stream = new Stream(3, 'facts');
  const numbers = (draw: () => number): Float64Array => Float64Array.from({ length: 5000 }, draw);
  return [
    { name: 'a', kind: 'number', values: numbers(() => stream.normal()) },
    { name: 'kind', kind: 'class', classes: ['x', 'y'], codes: Int32Array.from({ length: 5000 }, () => stream.integer(3) - 1) },
    { name: 'b', kind: 'number', values: numbers(() => (stream.uniform() < 0.1 ? NaN : stream.integer(7))) },
    { name: 'day', kind: 'date', values: numbers(() => 86_400_000 * stream.integer(1000)) },
    { name: 'c', kind: 'number', values: numbers(() => NaN) },
  ];
}

const expected = (): unknown[] => columns().map(factsOf);

test('two threads find what one finds', async () => {
  for (const bytes of [manyBytes, 10]) {
    const [beside, found] = [openFactsBeside(bytes), columns()];
    await beside.find(found);
    await beside.close();
    expect(found.map(factsOf)).toEqual(expected());
  }
});

test('what a thread that is gone does not answer is found out here', async () => {
  const [beside, found] = [openFactsBeside(manyBytes), columns()];
  await beside.close();
  await beside.find(found);
  expect(found.map(factsOf)).toEqual(expected());
});
