/** A chart block as a figure: caption, legend, drawings for wide and narrow pages, note, and the table behind it. */
import { armClass, chartTable } from '../../charts/index.ts';
import type { ChartBlock, LineSeries } from '../../contract/blocks.ts';
import { barChartSvg } from '../charts/barChart.ts';
import { lineChartSvg } from '../charts/lineChart.ts';
import { pairedDifferenceSvg } from '../charts/pairedDifferenceChart.ts';
import { slopeChartSvg } from '../charts/slopeChart.ts';
import { armSymbol, element, escapeText } from '../charts/svg.ts';
import { htmlTable } from './table.ts';

const WIDE = 752;
const NARROW = 344;

export function figure(block: ChartBlock, id: string): string {
  return element(
    'figure',
    {},
    element('figcaption', {}, escapeText(block.title)),
    block.kind === 'line-chart' ? legend(block.series.filter(({ role }) => role === 'main')) : '',
    ...drawings(block, id),
    block.note === undefined ? '' : element('p', { class: 'note' }, escapeText(block.note)),
    element('details', {}, element('summary', {}, 'Show as table'), htmlTable(chartTable(block))),
  );
}

function drawings(block: ChartBlock, id: string): string[] {
  const both = (draw: (name: string, width: number) => string): string[] => [
    element('div', { class: 'wide' }, draw(`${id}-wide`, WIDE)),
    element('div', { class: 'narrow' }, draw(`${id}-narrow`, NARROW)),
  ];
  switch (block.kind) {
    case 'line-chart':
      return both((name, width) => lineChartSvg(block, name, width));
    case 'paired-difference-chart':
      return both((name, width) => pairedDifferenceSvg(block, name, width));
    case 'bar-chart':
      return both((name, width) => barChartSvg(block, name, width));
    case 'slope-chart':
      return [slopeChartSvg(block, id, NARROW)]; // narrow by nature, two beside each other on a wide page
    default:
      return block satisfies never;
  }
}

function legend(series: readonly LineSeries[]): string {
  return element(
    'ul',
    { class: 'legend' },
    ...series.map(({ label, arm, dashed }) => {
      const stroke = element('line', { class: `line ${armClass(arm)}${dashed === true ? ' dashed' : ''}`, x1: 1, x2: 29, y1: 7, y2: 7 });
      const sign = element('svg', { viewBox: '0 0 30 14', 'aria-hidden': 'true' }, stroke, armSymbol(arm, 15, 7, 46, dashed === true ? 'hollow' : ''));
      return element('li', {}, sign, element('span', {}, escapeText(label)));
    }),
  );
}
