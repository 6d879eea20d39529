/** Documents of an experiment, made here when they are small and in a process of their own when they are large: half a million points take seconds, and the lab
 *  has training to keep. */
import type { CallOutput, MadeFile } from '../../contract/calls.ts';
import { LabError } from '../../contract/errors.ts';
import { renderHtml } from '../../report/html.ts';
import type { Store } from '../../store/store.ts';
import { askChild } from '../process/askChild.ts';
import { makeBundle } from './bundle.ts';
import { exportFormats, exportReport, reportOf, reportSections } from './exports.ts';

export const documentTasks = ['report', 'sections', 'bundle', ...exportFormats] as const;
export type DocumentTask = (typeof documentTasks)[number];

export interface Wanted {
  readonly id: string;
  readonly task: DocumentTask;
  readonly version: string; // of the program
  readonly notes?: string | undefined; // instead of those that are kept
}

interface Documents {
  readonly report: string;
  readonly sections: CallOutput<'report.sections'>;
  readonly bundle: MadeFile;
}
type DocumentOf<T extends DocumentTask> = T extends keyof Documents ? Documents[T] : MadeFile;

const manyPoints = 300_000;
const recordWriter = new URL('./recordWriter.ts', import.meta.url);

export function writeDocument(store: Store, { id, task, version, notes }: Wanted): DocumentOf<DocumentTask> {
  switch (task) {
    case 'report':
      return renderHtml(reportOf(store, id));
    case 'sections':
      return reportSections(store, id);
    case 'bundle':
      return makeBundle(store, id, renderHtml(reportOf(store, id)), version);
    default:
      return exportReport(store, id, task, notes);
  }
}

/** @throws LabError interrupted, or what the making throws */
export async function makeDocument<T extends DocumentTask>(store: Store, wanted: Wanted & { readonly task: T }, signal?: AbortSignal): Promise<DocumentOf<T>> {
  if (!isLarge(store, wanted.id)) return writeDocument(store, wanted) as DocumentOf<T>; // the task names the type
  const lost = (how: string): LabError => new LabError('engine-lost', `The process that wrote the document ended (${how}). Try again.`);
  const order = { file: store.file, ...wanted };
  return (await askChild({ entry: recordWriter, order, what: 'Writing the document', signal, lost })) as DocumentOf<T>; // as above, this program's own
}

/** Steps times series is what was recorded at most; counting the points themselves would take as long as reading them. */
function isLarge(store: Store, id: string): boolean {
  if (store.file === ':memory:') return false;
  const steps = store.runs.of(id).reduce((sum, run) => sum + run.steps, 0);
  return steps * store.thinned.names(id).length > manyPoints;
}
