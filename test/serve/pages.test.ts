import { expect, test } from 'vitest';
import { LabError, toWire } from '../../src-main/contract/errors.ts';
import type { Reply } from '../../src-main/contract/wire.ts';
import { buildReport } from '../../src-main/report/index.ts';
import { renderHtml } from '../../src-main/report/html.ts';
import { pageAnswer } from '../../src-main/serve/pages.ts';
import { reportFixture } from '../support/reportFixture.ts';

const file = renderHtml(buildReport(reportFixture()));

/** The opening tag of what stands at an address. */
async function rootAt(path: string, reply: Reply = { ok: true, value: file }): Promise<string | undefined> {
  const { body } = await pageAnswer(new URL(path, 'http://localhost'), 'localhost', new Map(), () => Promise.resolve(reply));
  return /<html[^>]*>/.exec(body.toString())?.[0];
}

test('a report is shown in the look chosen in Settings, and without a choice as the file that is exported', async () => {
  expect(await rootAt('/report/e1?theme=dark')).toBe('<html lang="en" data-theme="dark">');
  expect(await rootAt('/report/e1?theme=light')).toBe('<html lang="en" data-theme="light">');
  const { body } = await pageAnswer(new URL('http://localhost/report/e1'), 'localhost', new Map(), () => Promise.resolve({ ok: true, value: file }));
  expect(body).toBe(file);
});

test('no other word in the address reaches the page', async () => {
  for (const theme of ['', 'system', 'dark"><script>', 'DARK']) expect(await rootAt(`/report/e1?theme=${encodeURIComponent(theme)}`)).toBe('<html lang="en">');
});

test('a page of trouble has the look too', async () => {
  const reply: Reply = { ok: false, error: toWire(new LabError('store', 'The disk is full.')) };
  expect(await rootAt('/report/e1?theme=dark', reply)).toBe('<html lang="en" data-theme="dark">');
});

test('the style sheet knows both looks by choice, and prints on white whatever was chosen', () => {
  expect(file).toMatch(/:root\[data-theme='dark'\] \{ color-scheme: dark;\s+--paper: #14181c/);
  expect(file).toContain(":root[data-theme='light'] { color-scheme: light; }");
  expect(file.indexOf('@media print { :root:root {')).toBeGreaterThan(file.indexOf(":root[data-theme='dark']"));
});
