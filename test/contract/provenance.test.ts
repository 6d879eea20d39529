import { expect, test } from 'vitest';
import { provenanceFormat, readProvenance } from '../../src-main/contract/provenance.ts';

const stored = {
  format: 2,
  auxlab: '0.1.0',
  node: 'v24',
  platform: 'linux-x64',
  cpu: 'x',
  created: '2026-11-24T10:00:00.000Z',
  data: { source: 's', digest: 'a'.repeat(64), rows: 60, split: { train: 42, validation: 9, test: 9, digest: 'b'.repeat(64) } },
  seeds: [1, 2],
  environment: { OMP_NUM_THREADS: '1' },
  host: {},
};
const text = (length: number): string => 'a'.repeat(length);

test('what is stored today is read as it is', () => {
  expect(readProvenance(stored)).toEqual(stored);
});

test.each<[taken: object, refused: object]>([
  [{ node: text(300) }, { node: text(301) }],
  [{ data: { ...stored.data, source: text(4096) } }, { data: { ...stored.data, source: text(4097) } }],
  [{ data: { ...stored.data, rows: 2 ** 31 } }, { data: { ...stored.data, rows: 2 ** 31 + 1 } }],
  [{ data: { ...stored.data, rows: 0 } }, { data: { ...stored.data, rows: -1 } }],
  [{ data: { ...stored.data, split: { ...stored.data.split, heldOut: 3 } } }, { data: { ...stored.data, split: { ...stored.data.split, heldOut: 0.5 } } }],
  [{ seeds: [2 ** 49] }, { seeds: [2 ** 49 + 1] }],
  [{ seeds: Array(10_000).fill(1) }, { seeds: Array(10_001).fill(1) }],
  [{ environment: { OMP_NUM_THREADS: '9999', NVIDIA_TF32_OVERRIDE: '0' } }, { environment: { OMP_NUM_THREADS: '0' } }],
  [{ environment: { ONEDNN_MAX_CPU_ISA: 'A'.repeat(40) } }, { environment: { ONEDNN_MAX_CPU_ISA: 'A'.repeat(41) } }],
  [{ host: { XLA_FLAGS: text(10_000) } }, { host: { XLA_FLAGS: text(10_001) } }],
  [{ host: { CUDA_VISIBLE_DEVICES: '' } }, { environment: { CUDA_VISIBLE_DEVICES: '' } }],
])('the borders: %#', (taken, refused) => {
  expect(() => readProvenance({ ...stored, ...taken })).not.toThrow();
  expect(() => readProvenance({ ...stored, ...refused })).toThrow();
});

test('a newer form is refused in words', () => {
  expect(() => readProvenance({ ...stored, format: provenanceFormat + 1 })).toThrow('It was written by a newer Auxlab. Update this one.');
});
