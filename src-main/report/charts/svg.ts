/** SVG and HTML as strings: every text and attribute passes through one escape. */
import { armClass, signPath } from '../../charts/index.ts';
import type { ArmNumber } from '../../contract/blocks.ts';

const REPLACEMENTS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text that is safe as content and inside a quoted attribute. Control characters, which no HTML may hold, become spaces. */
export function escapeText(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, ' ').replace(/[&<>"']/g, (character) => REPLACEMENTS[character] ?? '');
}

export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element with escaped attributes; the children are markup already. Numbers are rounded to a tenth of a unit. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? rounded(value) : escapeText(value ?? '')}"`)
    .join('');
  return children.length === 0 ? `<${name}${written}/>` : `<${name}${written}>${children.join('')}</${name}>`;
}

export function svgText(x: number, y: number, text: string, attributes: Attributes = {}): string {
  return element('text', { x, y, ...attributes }, escapeText(text));
}

export function rounded(value: number): string {
  return Number.isFinite(value) ? String(Math.round(value * 10) / 10) : '0';
}

/** A drawing of a given size that a screen reader announces by title and description. */
export function drawing(
  id: string,
  size: { readonly width: number; readonly height: number },
  title: string,
  description: string,
  ...children: readonly string[]
): string {
  return element(
    'svg',
    {
      viewBox: `0 0 ${rounded(size.width)} ${rounded(size.height)}`,
      role: 'img',
      'aria-labelledby': `${id}-title ${id}-desc`,
      style: `max-width:${rounded(size.width)}px`,
    },
    element('title', { id: `${id}-title` }, escapeText(title)),
    element('desc', { id: `${id}-desc` }, escapeText(description)),
    ...children,
  );
}

/** The arm's sign, so that colour is never the only difference. */
export function armSymbol(arm: ArmNumber, x: number, y: number, area = 60, extra = ''): string {
  return element('path', {
    class: `symbol ${armClass(arm)}${extra === '' ? '' : ` ${extra}`}`,
    d: signPath(arm, area),
    transform: `translate(${rounded(x)} ${rounded(y)})`,
  });
}
