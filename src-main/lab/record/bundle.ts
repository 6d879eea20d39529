/** An experiment as one file that others can open: a ZIP with everything the store has of it, and with the report and the plan so that it reads without Auxlab.
 *  A file that comes in is a stranger's: it is held against its schema (contract/bundle.ts), against itself, and only then stored, as imported. */
import { stat } from 'node:fs/promises';
import * as v from 'valibot';
import { Bundle, BundlePoints, bundleFormat } from '../../contract/bundle.ts';
import type { MadeFile } from '../../contract/calls.ts';
import { readDesign } from '../../contract/design.ts';
import { LabError } from '../../contract/errors.ts';
import { Plan } from '../../contract/plan.ts';
import { program } from '../../contract/programName.ts';
import { readProvenance, type StoredProvenance } from '../../contract/provenance.ts';
import { sizeText } from '../../formats/limits.ts';
import { packZip } from '../../formats/archives/writeZip.ts';
import { openArchive } from '../../formats/archives/zipArchive.ts';
import type { Store } from '../../store/store.ts';
import { checkBundle } from './bundleChecks.ts';
import type { ReadBundle } from './bundleChecks.ts';
import { writePlanFile } from '../plan/planFile.ts';
import { planFile } from '../paths.ts';
import { dataOf } from './provenance.ts';
import { experimentDocument, findExperiment } from './results.ts';
import { searchedTexts } from './searchedTexts.ts';
import { planOf, reason } from './stored.ts';

const largestBundle = 512 * 1024 * 1024;

/** @param report the HTML report, for people who have no Auxlab */
export function makeBundle(store: Store, id: string, report: string, version: string): MadeFile {
  const { points, ...rest } = store.whole.read(id);
  const bytes = packZip({
    'README.txt':
      'An experiment of Auxlab. Open report.html in a browser to read it, ' +
      `or import this file in Auxlab (Import an experiment, or: ${program} import FILE).\n`,
    'report.html': report,
    'plan.json': `${JSON.stringify(planOf(findExperiment(store, id)), null, 2)}\n`,
    'bundle.json': JSON.stringify({ format: bundleFormat, version, ...rest }),
    'points.json': JSON.stringify(points),
  });
  return { fileName: `${id}.auxlab`, mediaType: 'application/zip', encoding: 'base64', content: Buffer.from(bytes).toString('base64') };
}

/** @returns the id, and whether the store did not have it; one that is there is left as it is
 *  @throws LabError bad-input with what is wrong with the file; then nothing was changed */
export async function takeBundle(store: Store, path: string, plans: string, now: Date): Promise<{ readonly id: string; readonly isNew: boolean }> {
  const read = await readBundle(path);
  const { id } = read.bundle.experiment;
  if (store.experiments.get(id) !== undefined) return { id, isNew: false };
  const file = planFile(plans, id); // refuses before anything is written
  try {
    store.write(() => {
      store.whole.write({ ...remade(read, now), points: read.points });
      store.experiments.setVerdict(id, experimentDocument(store, findExperiment(store, id)).verdict); // it must be one that can be shown
      writePlanFile(file, read.plan, plans); // last: what it throws takes the rows back
    });
  } catch (cause) {
    if (cause instanceof LabError && cause.code === 'store') throw cause;
    throw new LabError('bad-input', `${path} cannot be taken in: its content does not hold together. Nothing was changed.`, { cause });
  }
  return { id, isNew: true };
}

/** What follows from plan and design is made from them; what the sender's computer had set stays behind. */
function remade({ bundle, plan, design, provenance }: ReadBundle, now: Date) {
  const { experiment } = bundle;
  const { question, arms } = searchedTexts(plan, design);
  const settled: StoredProvenance = {
    ...provenance,
    data: dataOf(design),
    seeds: Array.from({ length: plan.repeats }, (_, pair) => plan.seed + pair),
    environment: design.environment,
    host: {},
  };
  return {
    ...bundle,
    dataset: { ...design.data, at: experiment.created },
    experiment: {
      id: experiment.id,
      name: experiment.name,
      question,
      plan: JSON.stringify(plan),
      design: JSON.stringify(design),
      provenance: JSON.stringify(settled),
      metric: design.metric,
      margin: design.margin,
      verdict: 'too-early', // until it is made from the runs
      created: experiment.created,
      imported: now.toISOString(),
    },
    arms: arms.map((arm) => ({ ...arm })), // as rows of any table are
  } as const;
}

async function readBundle(path: string): Promise<ReadBundle> {
  const info = await stat(path).catch(() => null);
  if (info === null) throw new LabError('bad-input', `${path} does not exist.`);
  if (!info.isFile()) throw new LabError('bad-input', `${path} is not a file.`);
  if (info.size > largestBundle)
    throw new LabError('bad-input', `${path} has ${sizeText(info.size)}. Experiments up to ${sizeText(largestBundle)} are taken in.`);
  const contents = await contentsOf(path);
  try {
    const bundle = v.parse(Bundle, jsonOf(contents.bundle));
    const { experiment } = bundle;
    const read = {
      bundle,
      points: v.parse(BundlePoints, jsonOf(contents.points)),
      plan: v.parse(Plan, JSON.parse(experiment.plan)),
      design: readDesign(JSON.parse(experiment.design)),
      provenance: readProvenance(JSON.parse(experiment.provenance)),
    };
    const problem = checkBundle(read);
    if (problem !== null) throw new LabError('bad-input', problem);
    return read;
  } catch (cause) {
    throw new LabError('bad-input', `${path} is not an experiment that this Auxlab can take in: ${reason(cause)}`, { cause });
  }
}

async function contentsOf(path: string): Promise<{ readonly bundle: Uint8Array; readonly points: Uint8Array }> {
  const archive = await openArchive(path, (name) => name === 'bundle.json' || name === 'points.json');
  try {
    const [bundle, points] = [archive.entries.get('bundle.json'), archive.entries.get('points.json')];
    if (bundle === undefined || points === undefined) throw new LabError('bad-input', `${path} is not an experiment that Auxlab exported.`);
    return { bundle: await archive.read(bundle), points: await archive.read(points) };
  } finally {
    await archive.close();
  }
}

function jsonOf(bytes: Uint8Array): unknown {
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
}
