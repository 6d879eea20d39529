/** Answers with what experiments recorded: series, reports, bundles. */
import { LabError } from '../../../contract/errors.ts';
import { takeBundle } from '../../record/bundle.ts';
import { makeDocument, type DocumentTask } from '../../record/documents.ts';
import { printPdf, thisMachine, type Asked } from '../printPdf.ts';
import { findExperiment } from '../../record/results.ts';
import type { DeskParts, Handlers } from './handlers.ts';

type Records = Handlers<'series' | 'report' | 'bundle'> & Pick<Handlers<'experiments'>, 'experiments.report'>;

const asked: Asked = { option: null, write: (what) => `export ${what} as HTML` };

export function recordHandlers({ store, context, work, emit, about }: DeskParts): Records {
  const make = <T extends DocumentTask>(id: string, task: T, signal?: AbortSignal, notes?: string) =>
    makeDocument(store, { id: findExperiment(store, id).id, task, version: about.version, notes }, signal);
  return {
    'experiments.report': ({ id }) => make(id, 'report'),
    'report.sections': ({ id }) => make(id, 'sections'),
    'report.setSections': ({ id, off }) => {
      store.annotations.setReportOff(findExperiment(store, id).id, off);
      emit({ name: 'experiments.changed', ids: [id] });
      return {};
    },
    'report.export': ({ id, format, notes, job }) =>
      work.run(job, `Exporting the report (${format})`, async (_, signal) => {
        if (format !== 'pdf') return make(id, format, signal, notes);
        const { fileName, content } = await make(id, 'html', signal, notes);
        const pdf = await printPdf(content, thisMachine(context.environment), asked, signal);
        return { fileName: fileName.replace(/html$/, 'pdf'), mediaType: 'application/pdf', encoding: 'base64', content: pdf.toString('base64') };
      }),
    'series.names': ({ id }) => store.thinned.names(findExperiment(store, id).id),
    'series.read': ({ id, names, runs, from = 0, to = Number.MAX_SAFE_INTEGER, points }) => {
      if (from > to) throw new LabError('bad-input', `A range must not end before it begins. Received: ${from} to ${to}.`);
      const wanted = runs === undefined ? null : new Set(runs);
      return store.runs
        .of(findExperiment(store, id).id)
        .filter(({ name }) => wanted === null || wanted.has(name))
        .flatMap((run) =>
          names.flatMap((name) => {
            const line = store.thinned.read({ run: run.id, name, from, to, points });
            return line === null ? [] : [{ run: run.name, arm: run.arm_id, seed: run.seed, name, ...line }];
          }),
        );
    },
    'bundle.export': ({ id, job }) => work.run(job, 'Packing the experiment', (_, signal) => make(id, 'bundle', signal)),
    'bundle.import': ({ path, job }) =>
      work.run(job, 'Taking the experiment in', async () => {
        const taken = await takeBundle(store, path, context.folders.plans, context.clock.now());
        emit({ name: 'experiments.changed', ids: [taken.id] });
        return taken;
      }),
  };
}
