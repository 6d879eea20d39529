/** A drawing of the page as a file of its own: colours and fonts written into every element, so that it needs no style sheet. */

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

/** @returns an SVG document with the page's colours and background */
export function svgFile(drawing: SVGSVGElement): string {
  const copy = drawing.cloneNode(true) as SVGSVGElement; // a clone has its original's type
  const originals = [drawing, ...drawing.querySelectorAll('*')];
  const copies = [copy, ...copy.querySelectorAll('*')];
  originals.forEach((original, i) => {
    const target = copies[i];
    if (target === undefined) return;
    const style = getComputedStyle(original);
    if (original instanceof SVGElement) for (const name of kept) target.setAttribute(name, style.getPropertyValue(name));
    target.removeAttribute('class');
  });
  for (const passing of copy.querySelectorAll('[data-passing]')) passing.remove();
  const { width, height } = drawing.viewBox.baseVal;
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  const background = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  background.setAttribute('width', '100%');
  background.setAttribute('height', '100%');
  background.setAttribute('fill', paperOf(drawing));
  copy.insertBefore(background, copy.firstChild);
  return new XMLSerializer().serializeToString(copy);
}

function paperOf(element: Element): string {
  const paper = getComputedStyle(element).getPropertyValue('--paper').trim();
  return paper === '' ? '#ffffff' : paper;
}

/** @param scale pixels for each unit of the drawing */
export async function pngFile(drawing: SVGSVGElement, scale = 2): Promise<Blob> {
  const { width, height } = drawing.viewBox.baseVal;
  const image = new Image(width * scale, height * scale);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgFile(drawing))}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width * scale;
  canvas.height = height * scale;
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This window cannot draw pictures. Save the chart as SVG instead.');
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob === null ? reject(new Error('The picture could not be written. Save the chart as SVG instead.')) : resolve(blob)),
      'image/png',
    );
  });
}
