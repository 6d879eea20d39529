/** Runs of text as inline HTML. */
import type { Paragraph } from '../../contract/blocks.ts';
import { escapeText } from '../charts/svg.ts';

export function spans(paragraph: Paragraph): string {
  return paragraph
    .map((span) => {
      if (typeof span === 'string') return escapeText(span);
      switch (span.kind) {
        case 'strong':
          return `<b>${escapeText(span.text)}</b>`;
        case 'emphasis':
          return `<em>${escapeText(span.text)}</em>`;
        case 'code':
          return `<code>${escapeText(span.text)}</code>`;
        default:
          return span.kind satisfies never;
      }
    })
    .join('');
}
