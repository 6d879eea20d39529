/** Who may come in: only pages that this server gave out, under a name of this computer, with the token. Decides alone; carries nothing. */
import type { IncomingHttpHeaders } from 'node:http';
import { cookieName, cookieValue, isToken } from './token.ts';

export interface Visit {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly token: string | null; // of the address
}

export interface Refusal {
  readonly status: 401 | 403 | 421;
  readonly sentence: string;
}

/** Names under which a loopback address can be reached. Any other one in the Host header means that a foreign name was bent to this computer (DNS
 *  rebinding). */
const loopbackNames: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/** Host first, then where the request comes from, then the token.  @returns null when it may come in */
export function refusalOf(visit: Visit, port: number, token: string): Refusal | null {
  return foreignHost(visit) ?? foreignOrigin(visit) ?? missingToken(visit, port, token);
}

/** The host and port of the Host header, when it names this computer. */
export function ownHost(headers: IncomingHttpHeaders): string | null {
  const found = /^([a-z0-9.]+|\[[0-9a-f:]+\])(:\d{1,5})?$/i.exec(headers.host ?? '');
  return found !== null && loopbackNames.includes((found[1] ?? '').toLowerCase()) ? (headers.host ?? null) : null;
}

function foreignHost({ headers }: Visit): Refusal | null {
  if (ownHost(headers) !== null) return null;
  return { status: 421, sentence: 'This server answers only under the names localhost and 127.0.0.1.' };
}

/** Browsers say where a request comes from; a page of another origin must not reach the lab, not even with this browser's cookie. */
function foreignOrigin({ method, headers }: Visit): Refusal | null {
  const { origin } = headers;
  const isOwn = origin === `http://${headers.host ?? ''}`;
  const needsOrigin = (method !== 'GET' && method !== 'HEAD') || headers.upgrade !== undefined;
  const site = headers['sec-fetch-site'];
  const isForeignSite = site !== undefined && site !== 'same-origin' && site !== 'none';
  const isOpening = method === 'GET' && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document'; // a link that a person followed
  if (origin !== undefined ? isOwn : !needsOrigin && (!isForeignSite || isOpening)) return null;
  return { status: 403, sentence: 'This request comes from a page that this server did not give out.' };
}

function missingToken({ headers, token: given }: Visit, port: number, token: string): Refusal | null {
  if (isToken(given, token) || isToken(cookieValue(headers.cookie, cookieName(port)), token)) return null;
  return { status: 401, sentence: 'This address needs its token. Open the complete address that "auxlab serve" printed.' };
}
