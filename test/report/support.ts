/** What the tests of one section ask of a report. */
import type { ReportBlock, Span } from '../../src-main/contract/blocks.ts';
import type { ReportInput } from '../../src-main/contract/results.ts';
import { buildReport } from '../../src-main/report/index.ts';

/** Nothing where the report leaves the section out. */
export function blocksOf(input: ReportInput, id: string): readonly ReportBlock[] {
  return buildReport(input).sections.find((section) => section.id === id)?.blocks ?? [];
}

/** Whether a section stands in the report of each input. */
export function stands(id: string, ...inputs: readonly ReportInput[]): boolean[] {
  return inputs.map((input) => buildReport(input).sections.some((section) => section.id === id));
}

/** Spans as one text, without their emphasis. */
export function textOf(spans: readonly Span[]): string {
  return spans.map((span) => (typeof span === 'string' ? span : span.text)).join('');
}
