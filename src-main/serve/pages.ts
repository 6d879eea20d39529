/** What an address answers: a built file of the page, an experiment's report, or a refusal. */
import * as v from 'valibot';
import { ExperimentId } from '../contract/calls.ts';
import type { Reply } from '../contract/wire.ts';
import { socketPath } from '../contract/socket.ts';
import { answerHeaders, pagePolicy, reportPolicy, troublePage } from './headers.ts';
import type { ServedFile } from './servedFiles.ts';

export interface PageAnswer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string | Buffer;
}

const reportPath = '/report/';
const html = 'text/html; charset=utf-8';

/** @param address of a report: ?theme=dark or ?theme=light is the look chosen in Settings
 *  @param host the Host header, already checked
 *  @param ask passes a call on to the lab */
export async function pageAnswer(
  { pathname: path, searchParams }: Pick<URL, 'pathname' | 'searchParams'>,
  host: string,
  files: ReadonlyMap<string, ServedFile>,
  ask: (name: 'experiments.report', input: { id: string }) => Promise<Reply>,
): Promise<PageAnswer> {
  if (path.startsWith(reportPath)) return themed(await report(path.slice(reportPath.length), ask), searchParams.get('theme'));
  if (path === '/favicon.ico') return { status: 204, headers: {}, body: '' }; // every browser asks for one
  const found = files.get(path === '/' ? '/index.html' : path);
  if (found === undefined) return refusal(404, 'There is nothing at this address.');
  const policy = pagePolicy({ frames: "'self'", connections: ["'self'", `ws://${host}${socketPath}`] });
  return { status: 200, headers: answerHeaders(found.type, policy), body: found.content };
}

export function refusal(status: number, sentence: string): PageAnswer {
  return { status, headers: answerHeaders(html, reportPolicy("'none'")), body: troublePage('Auxlab', sentence) };
}

/** Hands the token over to a cookie and goes on without it in the address. A page of its own and no redirect: the browser takes a redirect after a link
 *  from elsewhere for a foreign request and would keep the new cookie back. */
export function tokenPage(cookie: string): PageAnswer {
  const body =
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Auxlab</title><meta http-equiv="refresh" content="0;url=/"></head><body></body></html>';
  return { status: 200, headers: { ...answerHeaders(html, "default-src 'none'; frame-ancestors 'none'"), 'set-cookie': cookie }, body };
}

async function report(id: string, ask: Parameters<typeof pageAnswer>[3]): Promise<PageAnswer> {
  if (!v.is(ExperimentId, id)) return refusal(404, 'There is nothing at this address.');
  const reply = await ask('experiments.report', { id });
  const headers = answerHeaders(html, reportPolicy("'self'"));
  if (reply.ok) return { status: 200, headers, body: String(reply.value) };
  return { status: reply.error.code === 'not-found' ? 404 : 500, headers, body: troublePage('The report could not be made', reply.error.message) };
}

/** The report's own file follows the system; here it follows the window around it. */
function themed(page: PageAnswer, theme: string | null): PageAnswer {
  if (typeof page.body !== 'string' || (theme !== 'light' && theme !== 'dark')) return page;
  return { ...page, body: page.body.replace('<html lang="en">', `<html lang="en" data-theme="${theme}">`) };
}
