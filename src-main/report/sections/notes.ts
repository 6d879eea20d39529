/** The user's own notes: paragraphs, lists, **strong**, *emphasis* and `code` of Markdown; anything else stays plain text. */
import type { Paragraph, ReportBlock, Span } from '../../contract/blocks.ts';
import type { Section } from '../section.ts';

export const notesSection: Section = {
  id: 'notes',
  title: 'Notes',
  appliesTo: ({ notes }) => notes !== undefined && notes.trim() !== '',
  blocks: ({ notes }) => parseNotes(notes ?? ''),
};

export function parseNotes(text: string): ReportBlock[] {
  return text
    .replaceAll('\r\n', '\n')
    .split(/\n\s*\n/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part): ReportBlock => {
      const lines = part.split('\n');
      if (lines.every((line) => /^\s*[-*] /.test(line))) return { kind: 'list', items: lines.map((line) => parseSpans(line.replace(/^\s*[-*] /, ''))) };
      const heading = lines.length === 1 ? /^#{1,6} (.*)$/.exec(part)?.[1] : undefined;
      return heading === undefined ? { kind: 'text', paragraphs: [parseSpans(lines.join(' '))] } : { kind: 'heading', text: heading };
    });
}

function parseSpans(text: string): Paragraph {
  const spans: Span[] = [];
  let rest = 0;
  for (const match of text.matchAll(/`([^`]+)`|\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*/g)) {
    if (match.index > rest) spans.push(text.slice(rest, match.index));
    const [whole, code, strong, emphasis] = match;
    if (code !== undefined) spans.push({ kind: 'code', text: code });
    else if (strong !== undefined) spans.push({ kind: 'strong', text: strong });
    else spans.push({ kind: 'emphasis', text: emphasis ?? whole });
    rest = match.index + whole.length;
  }
  if (rest < text.length) spans.push(text.slice(rest));
  return spans;
}
