/** An experiment as one file that others can open: a ZIP with everything the store has of it, and with the report and the plan so that it reads without Auxlab. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { ExperimentId, type MadeFile } from '../../contract/calls.ts';
import { LabError } from '../../contract/errors.ts';
import { Plan } from '../../contract/plan.ts';
import { sizeText } from '../../formats/limits.ts';
import { packZip } from '../../formats/writeZip.ts';
import { unpackZip } from '../../formats/zipArchive.ts';
import type { Store } from '../../store/store.ts';
import type { WholeExperiment } from '../../store/wholeExperiment.ts';
import { writePlanFile } from '../planFile.ts';
import { experimentDocument, findExperiment, planOf } from '../results.ts';

const largestBundle = 512 * 1024 * 1024;
const value = v.nullable(v.union([v.string(), v.number()]));
const row = v.record(v.string(), value);
const jsonText = v.pipe(v.string(), v.parseJson());

const Bundle = v.strictObject({
  format: v.literal('auxlab-bundle/1'),
  version: v.string(),
  dataset: row,
  experiment: v.looseObject({ id: ExperimentId, name: v.string(), plan: v.pipe(jsonText, Plan), design: jsonText, provenance: jsonText }),
  arms: v.array(row),
  runs: v.array(row),
  metrics: v.array(row),
  classRecalls: v.array(row),
  events: v.array(row),
  notes: v.string(),
  tags: v.array(v.string()),
});
const Points = v.record(v.string(), v.record(v.string(), v.array(v.tuple([v.pipe(v.number(), v.integer(), v.minValue(0)), v.nullable(v.number())]))));

/** @param report the HTML report, for people who have no Auxlab */
export function makeBundle(store: Store, id: string, report: string, version: string): MadeFile {
  const { points, ...rest } = store.whole.read(id);
  const bytes = packZip({
    'README.txt': `An experiment of Auxlab. Open report.html in a browser to read it, or import this file in Auxlab (Import an experiment).\n`,
    'report.html': report,
    'plan.json': `${JSON.stringify(planOf(findExperiment(store, id)), null, 2)}\n`,
    'bundle.json': JSON.stringify({ format: 'auxlab-bundle/1', version, ...rest }),
    'points.json': JSON.stringify(points),
  });
  return { fileName: `${id}.auxlab`, mediaType: 'application/zip', encoding: 'base64', content: Buffer.from(bytes).toString('base64') };
}

/** @returns the id, and whether the store did not have it   @throws LabError bad-input with what is wrong with the file */
export async function takeBundle(store: Store, path: string, plansFolder: string): Promise<{ readonly id: string; readonly isNew: boolean }> {
  const whole = await readBundle(path);
  const id = String(whole.experiment['id']);
  if (store.experiments.get(id) !== undefined) return { id, isNew: false };
  try {
    store.write(() => {
      store.whole.write(whole);
      experimentDocument(store, findExperiment(store, id)); // it must be one that can be shown
    });
  } catch (error) {
    throw new LabError('bad-input', `${path} cannot be taken in: its content does not hold together. Nothing was changed.`, { cause: error });
  }
  writePlanFile(join(plansFolder, `${id}.json`), planOf(findExperiment(store, id)), plansFolder);
  return { id, isNew: true };
}

async function readBundle(path: string): Promise<WholeExperiment> {
  const info = await stat(path).catch(() => null);
  if (info === null) throw new LabError('bad-input', `${path} does not exist.`);
  if (!info.isFile()) throw new LabError('bad-input', `${path} is not a file.`);
  if (info.size > largestBundle)
    throw new LabError('bad-input', `${path} has ${sizeText(info.size)}. Experiments up to ${sizeText(largestBundle)} are taken in.`);
  const files = unpackZip(path, await readFile(path), (name) => name === 'bundle.json' || name === 'points.json');
  const bundle = parsed(path, files.get('bundle.json'), Bundle);
  const points = parsed(path, files.get('points.json'), Points);
  const { experiment } = bundle;
  const texts = Object.fromEntries((['plan', 'design', 'provenance'] as const).map((name) => [name, JSON.stringify(experiment[name])]));
  const rest = v.parse(row, Object.fromEntries(Object.entries(experiment).filter(([name]) => !Object.hasOwn(texts, name))));
  return { ...bundle, experiment: { ...rest, ...texts }, points };
}

function parsed<T>(path: string, bytes: Uint8Array | undefined, schema: v.GenericSchema<unknown, T>): T {
  let content: unknown;
  try {
    content = JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new LabError('bad-input', `${path} is not an experiment that Auxlab exported.`, { cause: error });
  }
  const result = v.safeParse(schema, content);
  if (result.success) return result.output;
  throw new LabError('bad-input', `${path} is not an experiment that this Auxlab can take in: ${v.summarize([result.issues[0]])}`);
}
