/** A drawing of the page as a file of its own: colours and fonts written into every element, so that it needs no style sheet. */
import { armClass, fitted, signPath } from '../../src-main/charts/index.ts';
import { charts } from '../texts/charts.ts';

const kept = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'opacity',
  'font-size',
  'font-weight',
  'font-family',
];

/** What stands above the drawing, so that the file explains itself. */
export interface Heading {
  readonly title: string;
  readonly legend: readonly { readonly label: string; readonly arm: number; readonly isDashed: boolean }[];
}

const space = 'http://www.w3.org/2000/svg';
const margin = 16;

/** @returns an SVG document with the page's colours and background, title and legend above the drawing */
export function svgFile(drawing: SVGSVGElement, heading: Heading): string {
  const copy = drawing.cloneNode(true) as SVGSVGElement; // a clone has its original's type
  const originals = [drawing, ...drawing.querySelectorAll('*')];
  const copies = [copy, ...copy.querySelectorAll('*')];
  originals.forEach((original, i) => {
    const target = copies[i];
    if (target === undefined) return;
    const style = getComputedStyle(original);
    if (original instanceof SVGElement) for (const name of kept) target.setAttribute(name, style.getPropertyValue(name));
    target.removeAttribute('class');
    target.removeAttribute('tabindex');
  });
  for (const passing of copy.querySelectorAll('[data-passing]')) passing.remove();
  const { width, height } = drawing.viewBox.baseVal;
  const head = headingOf(heading, drawing, width);
  const file = element('svg', { xmlns: space, width: width + 2 * margin, height: height + head.height + 2 * margin });
  file.setAttribute('viewBox', `0 0 ${width + 2 * margin} ${height + head.height + 2 * margin}`);
  file.append(element('rect', { width: '100%', height: '100%', fill: colourOf(drawing, '--paper', '#ffffff') }));
  const inside = element('g', { transform: `translate(${margin} ${margin})` });
  copy.setAttribute('y', String(head.height));
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  inside.append(...head.elements, copy);
  file.append(inside);
  return new XMLSerializer().serializeToString(file);
}

function headingOf({ title, legend }: Heading, drawing: SVGSVGElement, width: number): { readonly elements: readonly SVGElement[]; readonly height: number } {
  const font = { 'font-family': getComputedStyle(drawing).fontFamily, fill: colourOf(drawing, '--ink', '#000000') };
  const elements: SVGElement[] = [text(title, { x: 0, y: 14, 'font-size': 15, 'font-weight': 600, ...font })];
  let [x, y] = [0, 36];
  for (const { label, arm, isDashed } of legend) {
    const room = 44 + label.length * 7.2;
    if (x > 0 && x + room > width) [x, y] = [0, y + 20];
    const colour = colourOf(drawing, `--${armClass(arm)}`, '#666666');
    elements.push(
      element('line', { x1: x, x2: x + 28, y1: y - 4, y2: y - 4, stroke: colour, 'stroke-width': 2.25, ...(isDashed ? { 'stroke-dasharray': '6 4' } : {}) }),
      element('path', {
        d: signPath(arm, 46),
        transform: `translate(${x + 14} ${y - 4})`,
        fill: isDashed ? colourOf(drawing, '--paper', '#ffffff') : colour,
        stroke: colour,
      }),
      text(fitted(label, width - 44, 12), { x: x + 34, y, 'font-size': 12, ...font }),
    );
    x += room;
  }
  return { elements, height: legend.length === 0 ? 28 : y + 14 };
}

function text(content: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const made = element('text', attributes);
  made.textContent = content;
  return made;
}

function element(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const made = document.createElementNS(space, name);
  for (const [key, value] of Object.entries(attributes)) if (key !== 'xmlns') made.setAttribute(key, String(value));
  return made;
}

function colourOf(drawing: Element, name: string, usual: string): string {
  const colour = getComputedStyle(drawing).getPropertyValue(name).trim();
  return colour === '' ? usual : colour;
}

/** @param scale pixels for each unit of the drawing */
export async function pngFile(drawing: SVGSVGElement, heading: Heading, scale = 2): Promise<Blob> {
  const source = svgFile(drawing, heading);
  const [, width = '0', height = '0'] = /width="([\d.]+)" height="([\d.]+)"/.exec(source) ?? [];
  const [across, down] = [Number(width) * scale, Number(height) * scale];
  const image = new Image(across, down);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(source)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = across;
  canvas.height = down;
  const context = canvas.getContext('2d');
  if (context === null) throw new Error(charts.noPicture);
  context.drawImage(image, 0, 0, across, down);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob === null ? reject(new Error(charts.noPicture)) : resolve(blob)), 'image/png');
  });
}
