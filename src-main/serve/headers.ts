/** The headers that go with every answer. The page runs only the scripts that were built with it; a report runs none. */

/** What the page may do, the same under both hosts. No 'unsafe-*' anywhere; markup becomes nodes only through Svelte's own trusted-types policy. */
export function pagePolicy(own: { readonly frames: string; readonly connections: readonly string[] }): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    ...(own.connections.length === 0 ? [] : [`connect-src ${own.connections.join(' ')}`]),
    `frame-src ${own.frames}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types svelte-trusted-html',
  ].join('; ');
}

/** A report carries its style sheet in itself; it has no scripts, loads nothing and may stand only inside the window. */
export function reportPolicy(ancestors: string): string {
  return [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${ancestors}`,
    'sandbox',
  ].join('; ');
}

export function answerHeaders(type: string, policy: string): Record<string, string> {
  return {
    'content-type': type,
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    'cross-origin-resource-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
  };
}

/** A page in place of one that could not be made. */
export function troublePage(title: string, sentence: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escaped(title)}</title>
<style>:root { color-scheme: light dark; } [data-theme='light'] { color-scheme: light; } [data-theme='dark'] { color-scheme: dark; }
body { font: 1rem/1.6 system-ui, sans-serif; max-width: 40rem; margin: 4rem auto; padding: 0 1.5rem; }</style></head>
<body><h1>${escaped(title)}</h1><p>${escaped(sentence)}</p></body></html>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
