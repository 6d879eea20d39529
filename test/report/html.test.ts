import { expect, test } from 'vitest';
import type { ReportBlock } from '../../src-main/contract/blocks.ts';
import { renderHtml } from '../../src-main/report/html.ts';
import { buildReport } from '../../src-main/report/index.ts';
import { renderMarkdown } from '../../src-main/report/markdown.ts';
import { reportFixture, type FixtureOptions } from '../support/reportFixture.ts';

const nasty = `</title><script>alert(1)</script>"'&\`|*_[x](javascript:1)\u0007<img src=x onerror=alert(1)>`;
const html = (options: FixtureOptions = {}): string => renderHtml(buildReport(reportFixture({ steps: 300, ...options })));

/** Fails unless every tag is closed in order; the writer produces XML-like markup apart from the void elements of the head. */
function assertBalanced(markup: string): void {
  const open: string[] = [];
  for (const [, close, name = '', rest = ''] of markup.replace(/<style>[\s\S]*<\/style>/, '').matchAll(/<(\/?)([a-zA-Z][a-zA-Z0-9]*)([^>]*)>/g)) {
    if (name === 'meta' || rest.endsWith('/')) continue;
    if (close === '') open.push(name);
    else expect(open.pop()).toBe(name);
  }
  expect(open).toEqual([]);
}

test.each<[string, FixtureOptions]>([
  ['a finished experiment with two arms', { notes: 'First **look**' }],
  ['one arm', { armTitles: ['Coarse'] }],
  ['no finished run', { finishedPairs: 0 }],
  ['a failed run', { failedSeed: 2 }],
  ['one finished pair', { finishedPairs: 1 }],
  ['a regression', { metric: 'rmse', target: 'mpg' }],
  ['nine arms', { armTitles: Array.from({ length: 9 }, (_, i) => `Arm ${i}`) }],
])('%s gives balanced markup, unique ids, and no number that is not one', (_, options) => {
  const page = html(options);
  assertBalanced(page);
  const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const [, reference = ''] of page.matchAll(/(?:aria-labelledby|href)="#?([^"]+)"/g)) for (const id of reference.split(' ')) expect(ids).toContain(id);
  expect(page.replaceAll('loss became NaN', '')).not.toMatch(/NaN|Infinity|undefined|null(?!")/);
});

test('the page loads nothing and runs nothing', () => {
  const page = html();
  expect(page).toContain(`default-src 'none'; style-src 'unsafe-inline'`);
  expect(page).not.toMatch(/<script|<link|<img|<iframe|\son[a-z]+=|javascript:|https?:\/\/|@import|url\((?!#)/i);
});

test('names full of markup stay text everywhere', () => {
  const page = html({ name: nasty, target: nasty, auxiliaryTarget: nasty.slice(0, 60), armTitles: [nasty, 'b'], notes: nasty });
  assertBalanced(page);
  expect(page).not.toMatch(/<script|<img/i);
  expect(page).not.toContain('\u0007');
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
});

const figuresOf = (page: string): readonly string[] => page.match(/<figure>[\s\S]*?<\/figure>/g) ?? [];

test('every chart has a name, a description and the table behind it', () => {
  const report = buildReport(reportFixture({ steps: 300 }));
  const figures = figuresOf(renderHtml(report));
  expect(figures.length).toBeGreaterThan(0);
  expect(figures.length).toBe(report.sections.flatMap(({ blocks }) => blocks.filter(({ kind }) => kind.endsWith('-chart'))).length);
  for (const figure of figures) {
    expect(figure).toMatch(/<svg [^>]*role="img" aria-labelledby/);
    expect(figure).toMatch(/<title id="[^"]+">[^<]+<\/title><desc id="[^"]+">[^<]+<\/desc>/);
    expect(figure).toContain('<summary>Show as table</summary>');
    expect(figure).toContain('<table>');
  }
});

test('a page of long series stays small', () => {
  expect(html({ steps: 20_000, pairs: 6 }).length).toBeLessThan(600_000);
});

test('the arms keep their colour and the baseline is drawn first', () => {
  const charts = figuresOf(html()).filter((figure) => figure.includes('line arm-0') && figure.includes('line arm-1'));
  expect(charts.length).toBeGreaterThan(0);
  for (const chart of charts) expect(chart.indexOf('line arm-0')).toBeLessThan(chart.indexOf('line arm-1'));
});

test('Markdown keeps nasty names on one line of one cell', () => {
  const report = buildReport(reportFixture({ steps: 60, name: nasty, target: 'a|b\nc', armTitles: [nasty] }));
  const markdown = renderMarkdown(report);
  expect(markdown.replaceAll(/^```[\s\S]*?^```$/gm, '')).not.toMatch(/<script|<img/i); // the plan in its fence is verbatim
  expect(markdown).toContain('a\\|b c');
  const widths = markdown
    .split('\n\n')
    .filter((part) => part.startsWith('| '))
    .map((part) => new Set(part.split('\n').map((line) => line.replaceAll('\\|', '').split('|').length)).size);
  const isTable = ({ kind }: ReportBlock): boolean => ['table', 'key-value'].includes(kind) || kind.endsWith('-chart');
  expect(widths.length).toBe(report.sections.flatMap(({ blocks }) => blocks.filter(isTable)).length);
  expect(new Set(widths)).toEqual(new Set([1]));
});

test('Markdown says the verdict, its numbers and the next step', () => {
  const markdown = renderMarkdown(buildReport(reportFixture({ steps: 60 })));
  expect(markdown).toContain('### Helps');
  expect(markdown).toContain('**Next step.** Keep the auxiliary loss.');
  expect(markdown).toContain('- 95 % interval: **+1.07 to +1.42** (points, margin ±0.5)');
});
