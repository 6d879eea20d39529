/** The verdict card: sign and word, sentence, interval strip, facts, limits, next step. Colour only repeats what sign and word say. */
import { formatStyled, intervalGeometry, plainNumber } from '../../charts/index.ts';
import type { VerdictBlock } from '../../contract/blocks.ts';
import type { Verdict } from '../../contract/results.ts';
import { drawing, element, escapeText, svgText } from '../charts/svg.ts';
import { spans } from './spans.ts';

export function verdictCard(block: VerdictBlock, id: string): string {
  const facts = block.facts.map(({ label, value, note }) =>
    element(
      'div',
      {},
      element('dt', {}, escapeText(label)),
      element('dd', {}, escapeText(value), note === undefined || note === '' ? '' : element('small', {}, escapeText(note))),
    ),
  );
  const caveats =
    block.caveats.length === 0 ? '' : `<h3>Keep in mind</h3>${element('ul', {}, ...block.caveats.map((text) => element('li', {}, escapeText(text))))}`;
  return element(
    'div',
    { class: `card ${toneOf(block.verdict)}` },
    element('p', { class: 'word' }, verdictSign(block.verdict), element('span', {}, escapeText(block.word))),
    element('p', { class: 'sentence' }, spans(block.sentence)),
    block.interval === null ? '' : strip(block, id, 640, 'wide') + strip(block, `${id}-narrow`, 300, 'narrow'),
    element('dl', { class: 'facts' }, ...facts),
    `<h3>Next step</h3>${element('p', { class: 'next' }, spans(block.nextStep))}`,
    caveats,
  );
}

function toneOf(verdict: Verdict): 'good' | 'bad' | 'neutral' {
  if (verdict === 'helps' || verdict === 'probably-helps') return 'good';
  return verdict === 'hurts' || verdict === 'probably-hurts' ? 'bad' : 'neutral';
}

/** Filled triangle, outlined triangle, equals sign, dotted circle, hourglass. */
function verdictSign(verdict: Verdict): string {
  const sign = (...children: string[]): string => element('svg', { viewBox: '0 0 24 24', 'aria-hidden': 'true' }, ...children);
  const outline = { class: 'tone', fill: 'none', 'stroke-width': 2.2, 'stroke-linejoin': 'round' } as const;
  switch (verdict) {
    case 'helps':
      return sign(element('path', { class: 'tone-fill', d: 'M12 3 22 21H2Z' }));
    case 'hurts':
      return sign(element('path', { class: 'tone-fill', d: 'M12 21 2 3H22Z' }));
    case 'probably-helps':
      return sign(element('path', { ...outline, d: 'M12 4 21 20H3Z' }));
    case 'probably-hurts':
      return sign(element('path', { ...outline, d: 'M12 20 3 4H21Z' }));
    case 'no-real-difference':
      return sign(element('path', { class: 'tone-fill', d: 'M3 7H21V10.5H3ZM3 13.5H21V17H3Z' }));
    case 'inconclusive':
      return sign(element('circle', { ...outline, cx: 12, cy: 12, r: 9, 'stroke-dasharray': '1.5 4.2', 'stroke-linecap': 'round' }));
    case 'too-early':
      return sign(
        element('path', { ...outline, d: 'M5 3H19M5 21H19M7 3V6C7 9 12 10.5 12 12C12 13.5 7 15 7 18V21M17 3V6C17 9 12 10.5 12 12C12 13.5 17 15 17 18V21' }),
      );
    default:
      return verdict satisfies never;
  }
}

/** The interval against zero and the margin, on one line. */
function strip({ interval, sentence, arm }: VerdictBlock, id: string, width: number, shown: string): string {
  if (interval === null) return '';
  const { height, zero, low, mean, high, margin, ends, isWide } = intervalGeometry(interval, width);
  const allowed = plainNumber(interval.margin);
  const svg = drawing(
    id,
    { width, height },
    typeof sentence[0] === 'string' ? 'Difference and its interval' : 'Interval of the difference',
    `Mean ${formatStyled(interval.mean, interval.style)}, 95 % interval ${ends[0].label} to ${ends[1].label}, margin ${allowed}.`,
    margin === null ? '' : element('rect', { class: 'margin', x: margin[0], y: 20, width: margin[1] - margin[0], height: 26 }),
    element('line', { class: 'axis', x1: 0, x2: width, y1: 33, y2: 33 }),
    element('line', { class: 'zero', x1: zero, x2: zero, y1: 16, y2: 50 }),
    svgText(zero, 66, margin !== null && isWide ? `0, and what would not matter (±${allowed})` : '0', { 'text-anchor': 'middle' }),
    element('line', { class: `tone interval-strip`, x1: low, x2: high, y1: 33, y2: 33, 'stroke-width': 7, 'stroke-linecap': 'round' }),
    element('circle', { class: `tone symbol-strip`, cx: mean, cy: 33, r: 7, fill: 'var(--paper)', 'stroke-width': 3, 'data-arm': arm }),
    ...ends.map(({ at, label }) => svgText(at, 13, label, { 'text-anchor': 'middle' })),
    isWide ? svgText(0, 66, '← worse') + svgText(width, 66, 'better →', { 'text-anchor': 'end' }) : '',
  );
  return element('div', { class: shown }, svg);
}
