/** Nothing of an imported experiment is trained, and no file that it names is opened, before a person has said so: by naming the data or by a yes. */
import { LabError } from '../contract/errors.ts';
import type { Parts } from '../contract/reading.ts';
import { program } from '../contract/programName.ts';
import type { PreparedDataset } from '../data/dataset.ts';
import { holdsContent, readPrepared } from '../data/preparedFolder.ts';
import type { ExperimentRow } from '../store/experiment.ts';
import type { Context } from './context.ts';
import type { Design, SettledDesign } from '../contract/design.ts';
import { datasetFolder } from './paths.ts';
import { absoluteSource } from './plan/planFile.ts';
import { keepData, readSound, stopIfAsked, type Watch } from './run/prepare.ts';
import { resolvePlan } from './plan/resolvePlan.ts';
import { designOf, planOf } from './record/stored.ts';

export interface Consent {
  readonly data?: string | undefined; // a path that the person named; a relative one starts at the working folder
  readonly isConfirmed?: boolean | undefined; // the person was shown which data the experiment names, and said yes
}

/** Puts the data of an experiment in place as far as consent is needed or data are named; afterwards it can train without opening what it names itself.
 *  @throws LabError bad-input without consent, for other data, or for an imported experiment that does not follow from its own plan */
export async function provideData(row: ExperimentRow, consent: Consent, context: Context, watch: Watch): Promise<void> {
  const isForeign = row.imported !== null;
  if (!isForeign && consent.data === undefined) return;
  if (isForeign && consent.data === undefined && consent.isConfirmed !== true) throw needsConsent(row);
  const design = designOf(row);
  const dataset = await readNamed(row, design, consent, context, watch);
  if (isForeign) checkFollows(row, dataset, design);
  keepData(dataset, context);
}

/** @throws LabError bad-input when the content is not the experiment's */
async function readNamed(row: ExperimentRow, design: SettledDesign, consent: Consent, context: Context, watch: Watch): Promise<PreparedDataset> {
  const { digest } = design.data;
  const folder = datasetFolder(context.home, digest);
  if (consent.data === undefined && holdsContent(folder, digest)) return readPrepared(folder);
  const { data } = planOf(row);
  const source = consent.data === undefined ? data.source : absoluteSource(consent.data, process.cwd());
  if (row.imported !== null && consent.isConfirmed !== true) refuseParts(row, data.parts ?? {});
  const dataset = await readSound({ ...data, source }, context, watch);
  stopIfAsked(watch);
  if (dataset.digest === digest) return dataset;
  throw new LabError(
    'bad-input',
    `${source} is not the data of experiment ${row.id}: its content has another SHA-256. Name the file or folder that it was trained on.`,
  );
}

/** Who names the data of an imported experiment has not said yes to the further files that it names. */
function refuseParts({ id }: ExperimentRow, parts: Parts): void {
  const named = Object.values(parts).filter((path) => path !== undefined);
  if (named.length === 0) return;
  throw new LabError(
    'bad-input',
    `Experiment ${id} was imported and names further files of its data (${named.join(', ')}), which are not opened unasked. ` +
      `Put the files where it names them, run "${program} resume ${id}" without --data, and say yes.`,
  );
}

function needsConsent({ id, imported }: ExperimentRow): LabError {
  return new LabError(
    'bad-input',
    `Experiment ${id} was imported from a file on ${(imported ?? '').slice(0, 10)}, ` +
      `and nothing of it is trained before you name its data: ${program} resume ${id} --data PATH`,
  );
}

/** What is trained must be what the plan and these data come to, as for an experiment that is made here. */
function checkFollows(row: ExperimentRow, dataset: PreparedDataset, design: SettledDesign): void {
  const { design: fresh } = resolvePlan(planOf(row), dataset, true);
  const differing = trained.find((part) => JSON.stringify(part(fresh)) !== JSON.stringify(part(design)));
  if (differing === undefined) return;
  throw new LabError(
    'bad-input',
    `Experiment ${row.id} cannot go on here: its plan and these data come to another ` +
      'experiment than the one that the file says was trained. Run its plan as a new one.',
  );
}

/** Everything of a design that training depends on, in a fixed order of keys. */
const trained: readonly ((design: Design) => unknown)[] = [
  ({ input }) => [input.kind, input.shape],
  ({ roles }) => sorted(roles),
  ({ excludedInputs }) => [...excludedInputs].sort(),
  ({ split }) => sorted(split),
  ({ parts }) => sorted(parts),
  ({ trainFraction, metric, margin }) => [trainFraction, metric, margin],
  ({ network, parameters }) => [network.id, sorted(network.params), parameters],
  ({ training }) => deepSorted(training),
  ({ arms }) => arms.map(({ id, role, method, tasks }) => [id, role, method.id, sorted(method.params), deepSorted(tasks)]),
  ({ classes }) => sorted(classes),
];

function sorted(record: object): readonly (readonly [string, unknown])[] {
  return Object.entries(record)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

function deepSorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(deepSorted);
  return typeof value === 'object' && value !== null ? sorted(value).map(([name, each]) => [name, deepSorted(each)]) : value;
}
