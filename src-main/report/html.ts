/** The report as one HTML file that opens offline and reads completely without scripts. Every text of the experiment is escaped. */
import type { Report, ReportBlock, ReportSection } from '../contract/blocks.ts';
import { element, escapeText } from './charts/svg.ts';
import { figure } from './html/figure.ts';
import { spans } from './html/spans.ts';
import { styleSheet } from './html/style.ts';
import { htmlTable } from './html/table.ts';
import { verdictCard } from './html/verdictCard.ts';

export function renderHtml(report: Report): string {
  const links = report.sections.map(({ id, title }) => element('li', {}, element('a', { href: `#${id}` }, escapeText(title))));
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="generator" content="Auxlab">',
    '<meta name="referrer" content="no-referrer">',
    `<title>${escapeText(report.title)}</title>`,
    `<style>${styleSheet}</style>`,
    '</head>',
    '<body>',
    '<a class="skip" href="#content">Skip to the verdict</a>',
    `<header><h1>${escapeText(report.title)}</h1><p class="subtitle">${escapeText(report.subtitle)}</p>`,
    element('nav', { 'aria-label': 'Contents' }, element('ol', {}, ...links)),
    '</header>',
    '<main id="content">',
    ...report.sections.map(renderSection),
    '</main>',
    `<footer class="colophon">Written by Auxlab. This file is complete in itself: it loads nothing and runs no scripts.</footer>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function renderSection(section: ReportSection): string {
  const parts: string[] = [];
  for (let i = 0; i < section.blocks.length; i++) {
    const block = section.blocks[i];
    if (block === undefined) continue;
    const id = `${section.id}-${i}`;
    if (block.kind !== 'slope-chart') {
      parts.push(renderBlock(block, id));
      continue;
    }
    const row: string[] = [];
    for (let next = section.blocks[i]; next?.kind === 'slope-chart'; next = section.blocks[++i]) row.push(figure(next, `${section.id}-${i}`));
    i--;
    parts.push(element('div', { class: 'row' }, ...row));
  }
  return element(
    'section',
    { id: section.id, 'aria-labelledby': `${section.id}-title` },
    element('h2', { id: `${section.id}-title` }, escapeText(section.title)),
    ...parts,
  );
}

function renderBlock(block: ReportBlock, id: string): string {
  switch (block.kind) {
    case 'heading':
      return element('h3', {}, escapeText(block.text));
    case 'text':
      return block.paragraphs.map((paragraph) => element('p', { class: block.quiet === true ? 'quiet' : undefined }, spans(paragraph))).join('');
    case 'list':
      return element('ul', {}, ...block.items.map((item) => element('li', {}, spans(item))));
    case 'verdict':
      return verdictCard(block, id);
    case 'table':
      return htmlTable(block);
    case 'line-chart':
    case 'paired-difference-chart':
    case 'slope-chart':
    case 'bar-chart':
      return figure(block, id);
    case 'code':
      return element('pre', { class: block.language, tabindex: 0 }, element('code', {}, escapeText(block.text)));
    case 'key-value': {
      const entries = block.entries.map(
        ({ key, value, code }) =>
          element('dt', {}, escapeText(key)) + element('dd', {}, code === true ? `<code>${escapeText(value)}</code>` : escapeText(value)),
      );
      return element('p', { class: 'caption' }, escapeText(block.caption)) + element('dl', { class: 'pairs' }, ...entries);
    }
    case 'warning':
      return element('p', { class: 'warning', role: 'note' }, '<b>Warning</b> ', spans(block.text));
    default:
      return block satisfies never;
  }
}
