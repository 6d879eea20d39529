/** Reads addresses by their parts, never by how their text begins: 'app://lab.evil' begins like 'app://lab'. */
import * as v from 'valibot';
import { ExperimentId } from '../contract/calls.ts';
import { reportHost, scheme, windowHost } from './channels.ts';

export type Address =
  | { readonly kind: 'window'; readonly path: string } // decoded, with its leading slash
  | { readonly kind: 'report'; readonly id: string };

/** What an address of the app names, or null for everything that is not served. Refuses whatever could climb out of a folder. */
export function readAddress(text: string): Address | null {
  const url = parseUrl(text);
  if (url === null || url.protocol !== `${scheme}:` || url.username !== '' || url.password !== '' || url.port !== '') return null;
  const path = decodedPath(url.pathname);
  if (path === null) return null;
  if (url.hostname === windowHost) return { kind: 'window', path: path === '/' ? '/index.html' : path };
  if (url.hostname !== reportHost) return null;
  const id = path.slice(1);
  return v.is(ExperimentId, id) ? { kind: 'report', id } : null;
}

/** Whether a page of this address may speak to the shell. */
export function isWindowAddress(text: string): boolean {
  return readAddress(text)?.kind === 'window';
}

export function isReportAddress(text: string): boolean {
  return readAddress(text)?.kind === 'report';
}

/** Whether an address is that of a file that the window's own page made: blob:app://lab/... */
export function isOwnFile(text: string): boolean {
  return text.startsWith('blob:') && isWindowAddress(text.slice('blob:'.length));
}

/** URL.canParse is younger than the Node of older Electrons. */
export function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null; // not an address
  }
}

function decodedPath(pathname: string): string | null {
  try {
    const path = decodeURIComponent(pathname);
    const isPlain = path.startsWith('/') && !/[\\\0%:]/.test(path); // a percent sign left over is a second encoding
    const climbs = path.split('/').some((part) => part === '..' || part === '.');
    return isPlain && !climbs && !path.includes('//') ? path : null;
  } catch {
    return null; // a broken percent sequence
  }
}
