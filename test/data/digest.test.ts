import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { contentDigest, rowListsDigest } from '../../src-main/data/digest.ts';
import { prepared } from './prepared.ts';

/** SHA-256 of a text and of numbers as little-endian bytes, written by hand. */
function sha256(head: unknown, ...numbers: readonly (readonly ['int' | 'float' | 'double' | 'byte', readonly number[]])[]): string {
  const hash = createHash('sha256');
  if (head !== null) hash.update(JSON.stringify(head));
  for (const [type, values] of numbers) {
    for (const value of values) {
      const bytes = Buffer.alloc({ byte: 1, int: 4, float: 4, double: 8 }[type]);
      if (type === 'byte') bytes.writeUInt8(value);
      else if (type === 'int') bytes.writeInt32LE(value);
      else if (type === 'float') bytes.writeFloatLE(value);
      else bytes.writeDoubleLE(value);
      hash.update(bytes);
    }
  }
  return hash.digest('hex');
}

test('the digest of a table is that of its shape as JSON and then of every column', () => {
  const dataset = prepared({ x: [1.5, -2], colour: ['red', null] });
  const head = [
    'auxlab-content/1',
    2,
    [
      ['x', 'number'],
      ['colour', 'class', ['red']],
    ],
    null,
  ];
  expect(contentDigest(dataset)).toBe(sha256(head, ['double', [1.5, -2]], ['int', [0, -1]]));
});

test('an array comes last, the lengths of sequences before their values', () => {
  const y = ['a', 'b'];
  const columns = [['y', 'class', y]];
  const image = prepared({ y }, { kind: 'image', height: 1, width: 2, channels: 1, values: Uint8Array.of(1, 2, 3, 255) });
  expect(contentDigest(image)).toBe(sha256(['auxlab-content/1', 2, columns, ['image', 1, 2, 1, true]], ['int', [0, 1]], ['byte', [1, 2, 3, 255]]));
  const floats = prepared({ y }, { kind: 'image', height: 1, width: 1, channels: 1, values: Float32Array.of(0.5, 2) });
  expect(contentDigest(floats)).toBe(sha256(['auxlab-content/1', 2, columns, ['image', 1, 1, 1, false]], ['int', [0, 1]], ['float', [0.5, 2]]));
  const sequence = prepared({ y }, { kind: 'sequence', features: 1, lengths: Int32Array.of(1, 2), values: Float32Array.of(3, 4, 5) });
  expect(contentDigest(sequence)).toBe(sha256(['auxlab-content/1', 2, columns, ['sequence', 1]], ['int', [0, 1, 1, 2]], ['float', [3, 4, 5]]));
  const vector = prepared({ y }, { kind: 'vector', features: 2, values: Float32Array.of(1, 2, 3, 4) });
  expect(contentDigest(vector)).toBe(sha256(['auxlab-content/1', 2, columns, ['vector', 2]], ['int', [0, 1]], ['float', [1, 2, 3, 4]]));
});

test('the digest of a split is that of its lists, each after its length', () => {
  expect(rowListsDigest([Int32Array.of(3, 5), Int32Array.of(), Int32Array.of(7)])).toBe(sha256(null, ['int', [2, 3, 5, 0, 1, 7]]));
});
