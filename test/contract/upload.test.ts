import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { uploadFiles, uploadLimits, UploadManifest, type Piece } from '../../src-main/contract/upload.ts';

const mebi = 1024 * 1024;

/** A file's bytes from one place to another. */
interface Part extends Piece {
  readonly from: number;
  readonly to: number;
}

const part = (from: number, to: number): Part => ({ from, to, size: to - from, slice: (start, end) => part(from + start, from + end) });

function server(refusal?: string) {
  const requests: unknown[] = [];
  const send = (address: string, { method, body, signal }: { readonly method: string; readonly body?: unknown; readonly signal?: unknown }) => {
    const told = typeof body === 'object' && body !== null ? { from: (body as Part).from, to: (body as Part).to } : body;
    requests.push([method, address, told, signal]);
    const value = address === '/upload' ? { id: 'u-1' } : address.endsWith('/end') ? { source: '/tmp/cars.csv' } : {};
    const reply = refusal === address ? { ok: false, error: { code: 'bad-input', message: 'Too large.' } } : { ok: true, value };
    return Promise.resolve({ json: () => Promise.resolve(reply) });
  };
  return { requests, send };
}

describe('an upload', () => {
  test('tells its files, sends each in pieces of 8 MiB, and ends with the source', async () => {
    const { requests, send } = server();
    const progress: unknown[] = [];
    const files = [
      { path: 'a/big.csv', content: part(0, 16 * mebi + 5) },
      { path: 'a/empty.csv', content: part(0, 0) },
      { path: 'a/small.csv', content: part(0, 7) },
    ];
    expect(await uploadFiles(files, send, (sent, total) => progress.push([sent, total]), 'signal')).toBe('/tmp/cars.csv');
    const manifest = {
      files: [
        { path: 'a/big.csv', size: 16 * mebi + 5 },
        { path: 'a/empty.csv', size: 0 },
        { path: 'a/small.csv', size: 7 },
      ],
    };
    expect(requests).toEqual([
      ['POST', '/upload', JSON.stringify(manifest), 'signal'],
      ['PUT', '/upload/u-1/0?offset=0', { from: 0, to: 8 * mebi }, 'signal'],
      ['PUT', `/upload/u-1/0?offset=${8 * mebi}`, { from: 8 * mebi, to: 16 * mebi }, 'signal'],
      ['PUT', `/upload/u-1/0?offset=${16 * mebi}`, { from: 16 * mebi, to: 16 * mebi + 5 }, 'signal'],
      ['PUT', '/upload/u-1/2?offset=0', { from: 0, to: 7 }, 'signal'],
      ['POST', '/upload/u-1/end', '', 'signal'],
    ]);
    const total = 16 * mebi + 12;
    expect(progress).toEqual([[8 * mebi, total], [16 * mebi, total], [16 * mebi + 5, total], [total, total]]); // prettier-ignore
  });

  test('ends with the sentence of the server that refuses a piece', async () => {
    const { requests, send } = server('/upload/u-1/0?offset=0');
    const files = [{ path: 'a.csv', content: part(0, 7) }];
    await expect(uploadFiles(files, send, () => {})).rejects.toMatchObject({ name: 'LabError', code: 'bad-input', message: 'Too large.' });
    expect(requests).toHaveLength(2);
  });
});

test('what an upload may hold', () => {
  expect(uploadLimits).toEqual({ files: 200_000, totalBytes: 2048 * mebi, pieceBytes: 8 * mebi, manifestBytes: 32 * mebi, pathLength: 1024 });
  const holds = (...files: unknown[]): boolean => v.is(UploadManifest, { files });
  expect(holds({ path: 'p'.repeat(1024), size: 0 })).toBe(true);
  for (const file of [
    { path: '', size: 1 },
    { path: 'p'.repeat(1025), size: 1 },
    { path: 'p', size: -1 },
    { path: 'p', size: 0.5 },
  ])
    expect(holds(file)).toBe(false);
  const many = (count: number): unknown[] => Array.from({ length: count }, () => ({ path: 'p', size: 1 }));
  expect(v.is(UploadManifest, { files: many(200_000) })).toBe(true);
  expect(v.safeParse(UploadManifest, { files: many(200_001) }).issues?.[0].message).toBe('An upload has at most 200000 files.');
  expect(v.safeParse(UploadManifest, { files: [] }).issues?.[0].message).toBe('An upload needs at least one file.');
});
