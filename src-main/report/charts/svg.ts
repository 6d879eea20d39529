/** SVG and HTML as strings: every text and attribute passes through one escape. */
import { symbol, symbolCircle, symbolCross, symbolDiamond, symbolSquare, symbolStar, symbolTriangle, symbolWye, type SymbolType } from 'd3-shape';
import type { ArmNumber } from '../../contract/blocks.ts';
import { cutMiddle } from '../../contract/cutName.ts';

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

export const armColors = 9; // the baseline and eight hues; a ninth arm starts over

/** The class that gives an element its arm's colour. */
export function armClass(arm: ArmNumber): string {
  return `arm-${arm <= 0 ? 0 : ((arm - 1) % (armColors - 1)) + 1}`;
}

const SYMBOLS: readonly SymbolType[] = [symbolCircle, symbolDiamond, symbolTriangle, symbolSquare, symbolStar, symbolCross, symbolWye];

/** The arm's sign, so that colour is never the only difference. */
export function armSymbol(arm: ArmNumber, x: number, y: number, area = 60, extra = ''): string {
  const type = SYMBOLS[arm % SYMBOLS.length] ?? symbolCircle;
  const path = symbol().type(type).size(area)() ?? '';
  return element('path', {
    class: `symbol ${armClass(arm)}${extra === '' ? '' : ` ${extra}`}`,
    d: shortPath(path),
    transform: `translate(${rounded(x)} ${rounded(y)})`,
  });
}

/** Drops digits that no screen shows from a path. */
export function shortPath(path: string): string {
  return path.replace(/-?\d+\.\d+/g, (number) => rounded(Number(number)));
}

/** About how wide a text is in the charts' font. */
export function textWidth(text: string, fontSize: number): number {
  return text.length * fontSize * 0.56;
}

/** A text cut to a width, with an ellipsis in its middle: what tells names of arms apart often stands at their ends. */
export function fitted(text: string, width: number, fontSize: number): string {
  return cutMiddle(text, Math.max(4, Math.floor(width / (fontSize * 0.56))));
}
