/** An experiment's report in every form in which a person may want to keep it. */
import type { Report } from '../../contract/blocks.ts';
import type { MadeFile, ReportFormat } from '../../contract/calls.ts';
import type { ReportInput } from '../../contract/results.ts';
import { packZip } from '../../formats/archives/writeZip.ts';
import { reportCsv } from '../../report/csv.ts';
import { renderHtml } from '../../report/html.ts';
import { buildReport, sections } from '../../report/index.ts';
import { renderMarkdown } from '../../report/markdown.ts';
import type { Store } from '../../store/store.ts';
import { experimentDocument, findExperiment } from './results.ts';
import { planOf, readReportOff } from './stored.ts';

/** What a report draws on.  @param notes those that were written about the experiment, or others    @throws LabError not-found */
export function reportInput(store: Store, id: string, notes: string = store.annotations.get(findExperiment(store, id).id).notes): ReportInput {
  const row = findExperiment(store, id);
  const series = new Map(store.runs.of(row.id).map((run) => [run.name, store.points.of(run.id)]));
  return { experiment: experimentDocument(store, row), series, ...(notes.trim() === '' ? {} : { notes }) };
}

/** The report without the sections that were switched off. */
export function reportOf(store: Store, id: string, notes?: string): Report {
  const off = sectionsOff(store, id);
  const report = buildReport(reportInput(store, id, notes));
  return { ...report, sections: report.sections.filter((section) => !off.has(section.id)) };
}

/** Every section that this experiment can have. */
export function reportSections(store: Store, id: string): { id: string; title: string; isOn: boolean }[] {
  const input = reportInput(store, id);
  const off = sectionsOff(store, id);
  return sections.filter((section) => section.appliesTo(input)).map((section) => ({ id: section.id, title: section.title, isOn: !off.has(section.id) }));
}

function sectionsOff(store: Store, id: string): ReadonlySet<string> {
  return new Set(readReportOff(store.annotations.get(findExperiment(store, id).id).report_off));
}

export const exportFormats = ['html', 'markdown', 'csv', 'json', 'plan'] as const satisfies readonly ReportFormat[];

/** Every form but PDF, which is the HTML printed. */
export function exportReport(store: Store, id: string, format: (typeof exportFormats)[number], notes?: string): MadeFile {
  const row = findExperiment(store, id);
  const base = fileBase(row.name, id);
  const text = (extension: string, mediaType: string, content: string): MadeFile => ({
    fileName: `${base}.${extension}`,
    mediaType,
    encoding: 'utf-8',
    content,
  });
  const bytes = (extension: string, mediaType: string, content: Uint8Array): MadeFile => ({
    fileName: `${base}.${extension}`,
    mediaType,
    encoding: 'base64',
    content: Buffer.from(content).toString('base64'),
  });
  switch (format) {
    case 'html':
      return text('html', 'text/html', renderHtml(reportOf(store, id, notes)));
    case 'markdown':
      return text('md', 'text/markdown', renderMarkdown(reportOf(store, id, notes)));
    case 'json':
      return text('json', 'application/json', `${JSON.stringify(experimentDocument(store, row), null, 2)}\n`);
    case 'plan':
      return text('plan.json', 'application/json', `${JSON.stringify(planOf(row), null, 2)}\n`);
    case 'csv':
      return bytes('zip', 'application/zip', packZip(Object.fromEntries(reportCsv(reportInput(store, id)))));
    default:
      return format satisfies never;
  }
}

/** A file name that every system takes. */
function fileBase(name: string, id: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[^\w-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return plain === '' ? id : `${plain}-${id.slice(-4)}`;
}
