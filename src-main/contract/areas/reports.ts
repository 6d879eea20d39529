/** Calls about an experiment's report. Which sections are left out, and the notes, are kept with the experiment, so every way to the report shows the same. */
import * as v from 'valibot';
import { byId, done, ExperimentId, job, MadeFile, text } from './common.ts';

export const reportFormats = ['html', 'pdf', 'markdown', 'csv', 'json', 'plan'] as const;

const sectionId = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,63}$/));

export const reportCalls = {
  /** One HTML document, complete in itself. Hosts serve it as app://report/ID and /report/ID, for a frame without any permission. */
  'experiments.report': { input: byId, output: text },
  'report.sections': { input: byId, output: v.array(v.object({ id: text, title: text, isOn: v.boolean() })) },
  'report.setSections': { input: v.strictObject({ id: ExperimentId, off: v.pipe(v.array(sectionId), v.maxLength(64)) }), output: done },
  /** pdf is the same document printed: by the desktop window, or by a browser that is installed. csv is a ZIP of tables.
   *  @param notes stand in it this once, instead of those that are kept */
  'report.export': {
    input: v.strictObject({ id: ExperimentId, format: v.picklist(reportFormats), notes: v.exactOptional(v.string()), ...job }),
    output: MadeFile,
    slow: true,
  },
} as const;

export type ReportFormat = (typeof reportFormats)[number];
