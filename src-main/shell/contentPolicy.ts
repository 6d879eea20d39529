/** The headers that go with every page. The window runs only the scripts that were built with it; a report runs none. */
import { reportHost, scheme, windowOrigin } from './channels.ts';

/** No 'unsafe-*' anywhere; markup becomes nodes only through Svelte's own trusted-types policy. */
export const windowPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  `frame-src ${scheme}://${reportHost}`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types svelte-trusted-html',
].join('; ');

/** A report carries its style sheet in itself; it has no scripts, loads nothing and may stand only inside the window. */
export const reportPolicy = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  `frame-ancestors ${windowOrigin}`,
  'sandbox',
].join('; ');

export function pageHeaders(type: string, policy: string): Record<string, string> {
  return {
    'content-type': type,
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  };
}
