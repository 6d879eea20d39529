/** The report as Markdown: the same blocks, charts as small tables. Names cannot break the markup. */
import type { Paragraph, Report, ReportBlock, TableBlock, VerdictBlock } from '../contract/blocks.ts';
import { chartTable } from '../charts/index.ts';

export function renderMarkdown(report: Report): string {
  const parts = [`# ${escapeMarkdown(report.title)}`, escapeMarkdown(report.subtitle)];
  for (const section of report.sections) {
    parts.push(`## ${escapeMarkdown(section.title)}`);
    parts.push(...section.blocks.map(renderBlock).filter((text) => text !== ''));
  }
  return `${parts.join('\n\n')}\n`;
}

function renderBlock(block: ReportBlock): string {
  switch (block.kind) {
    case 'heading':
      return `### ${escapeMarkdown(block.text)}`;
    case 'text':
      return block.paragraphs.map(spans).join('\n\n');
    case 'list':
      return block.items.map((item) => `- ${spans(item)}`).join('\n');
    case 'verdict':
      return verdict(block);
    case 'table':
      return `${bold(block.caption)}\n\n${table(block)}`;
    case 'line-chart':
    case 'paired-difference-chart':
    case 'slope-chart':
    case 'bar-chart':
      return [bold(block.title), escapeMarkdown(block.note ?? ''), table(chartTable(block, 10))].filter((text) => text !== '').join('\n\n');
    case 'code':
      return fenced(block.text, block.language === 'shell' ? 'sh' : block.language);
    case 'key-value':
      return `${bold(block.caption)}\n\n${table({
        kind: 'table',
        caption: block.caption,
        columns: [{ title: 'Setting' }, { title: 'Value' }],
        rows: block.entries.map(({ key, value }) => [{ text: key }, { text: value }]),
      })}`;
    case 'warning':
      return `> **Warning:** ${spans(block.text)}`;
    default:
      return block satisfies never;
  }
}

function verdict(block: VerdictBlock): string {
  const facts = block.facts.map(
    ({ label, value, note }) => `- ${escapeMarkdown(label)}: ${bold(value)}${note === undefined || note === '' ? '' : ` (${escapeMarkdown(note)})`}`,
  );
  const caveats = block.caveats.map((text) => `- ${escapeMarkdown(text)}`);
  return [
    `### ${escapeMarkdown(block.word)}`,
    spans(block.sentence),
    facts.join('\n'),
    `**Next step.** ${spans(block.nextStep)}`,
    ...(caveats.length === 0 ? [] : [`**Keep in mind.**\n\n${caveats.join('\n')}`]),
  ].join('\n\n');
}

function table({ columns, rows }: TableBlock): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(columns.map(({ title }) => escapeMarkdown(title))),
    line(columns.map(({ align }) => (align === 'right' ? '---:' : '---'))),
    ...rows.map((cells) => line(cells.map(({ text, strong }) => (strong === true ? bold(text) : escapeMarkdown(text))))),
  ].join('\n');
}

function spans(paragraph: Paragraph): string {
  return paragraph
    .map((span) => {
      if (typeof span === 'string') return escapeMarkdown(span);
      switch (span.kind) {
        case 'strong':
          return bold(span.text);
        case 'emphasis':
          return `*${escapeMarkdown(span.text)}*`;
        case 'code': {
          const fence = '`'.repeat(longestRun(span.text) + 1);
          return `${fence}${span.text.replace(/\s+/g, ' ')}${fence}`;
        }
        default:
          return span.kind satisfies never;
      }
    })
    .join('');
}

function bold(text: string): string {
  return text.trim() === '' ? '' : `**${escapeMarkdown(text.trim())}**`;
}

/** Plain text in which no character means markup, on one line. A full stop or number at a start cannot begin a list. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_[\]<>|~#&!]/g, (character) => (character === '<' ? '&lt;' : character === '>' ? '&gt;' : character === '&' ? '&amp;' : `\\${character}`))
    .replace(/^(\s*)([-+]|\d+[.)])(?=\s)/, (_, space: string, mark: string) => `${space}${mark.slice(0, -1)}\\${mark.slice(-1)}`);
}

function fenced(text: string, language: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${text}\n${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
