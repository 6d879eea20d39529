/** Plans become stored experiments, and stored experiments go on. */
import { LabError } from '../contract/errors.ts';
import { mostPairs, type Plan, type PlanInput } from '../contract/plan.ts';
import { program } from '../contract/programName.ts';
import type { ExperimentDocument } from '../contract/results.ts';
import { holdsContent } from '../data/preparedFolder.ts';
import type { ExperimentRow } from '../store/experiment.ts';
import { resumableErrors, type RunRow } from '../store/run.ts';
import type { Store } from '../store/store.ts';
import { provideData, type Consent } from './consent.ts';
import type { Context } from './context.ts';
import type { SettledDesign } from '../contract/design.ts';
import { changedHostVariables } from './process/environment.ts';
import { experimentId, runId } from './record/ids.ts';
import { planRuns, type Places, type PlannedRun } from './plan/jobs.ts';
import { datasetFolder, planFile } from './paths.ts';
import type { RuntimeChoice } from './run/runtimeChoice.ts';
import { writePlanFile } from './plan/planFile.ts';
import { checkMemory, findRuntime, keepData, placesOf, readAndResolveToTrain, readSound, settle, stopIfAsked, type Watch } from './run/prepare.ts';
import { provenanceOf } from './record/provenance.ts';
import { experimentDocument, findExperiment } from './record/results.ts';
import { searchedTexts } from './record/searchedTexts.ts';
import { runSession } from './run/session.ts';
import { designOf, planOf, storedProvenanceOf } from './record/stored.ts';
import { tellForecast } from './run/trial.ts';

/** Stores a plan as an experiment and runs it.  @throws LabError; after the first run began, an interruption is a status, not an error */
export async function runPlan(store: Store, input: PlanInput, context: Context, watch: Watch): Promise<ExperimentDocument> {
  const { id, places, runtime } = await storePlan(store, input, context, watch);
  context.data.clear(); // the runs read the prepared folder
  await runSession(store, id, places, runtime, context, watch);
  return experimentDocument(store, findExperiment(store, id));
}

/** Checks a plan, prepares its data and the runtime, and stores it as an experiment that has not begun.  @throws LabError; then nothing is stored */
export async function storePlan(
  store: Store,
  input: PlanInput,
  context: Context,
  watch: Watch,
): Promise<{ readonly id: string; readonly places: Places; readonly runtime: RuntimeChoice }> {
  const { plan, design, dataset } = await readAndResolveToTrain(input, context, watch);
  const folder = keepData(dataset, context);
  const runtime = await findRuntime(plan, context, watch);
  const settled = settle(design, plan, runtime, design.arms.length * plan.repeats, context);
  stopIfAsked(watch);
  const places = placesOf(folder, runtime, context);
  const runs = planRuns(settled, plan.seed, plan.repeats).map(({ arm }) => ({ arm: arm.id, doneSteps: 0 }));
  await tellForecast(settled, { plan, runs, places, storedId: null }, context, watch);
  return { id: addExperiment(store, plan, settled, context), places, runtime };
}

/** Goes on with what can go on.  @param wanted an id or its beginning; null: the latest that was made here and can go on
 *  @param repeats the number of pairs that the experiment shall have in the end */
export async function resume(
  store: Store,
  wanted: string | null,
  { repeats, ...consent }: Consent & { readonly repeats?: number | undefined },
  context: Context,
  watch: Watch,
): Promise<ExperimentDocument> {
  store.owners.endDead();
  const row = wanted === null ? latestToResume(store, repeats !== undefined) : findExperiment(store, wanted);
  if (repeats !== undefined) checkRepeats(row, repeats);
  if (canGoOn(store, row.id) || (repeats ?? 0) > planOf(row).repeats) await provideData(row, consent, context, watch);
  context.data.clear(); // as above
  await goOn(store, row.id, context, watch, repeats);
  return experimentDocument(store, findExperiment(store, row.id));
}

/** Runs what a stored experiment still has to run; nothing when all of it is over.
 *  @param repeats the number of pairs that it shall have in the end; they are added once nothing stands in their way any more    @throws LabError */
export async function goOn(store: Store, id: string, context: Context, watch: Watch, repeats?: number): Promise<void> {
  const now = findExperiment(store, id);
  const isMore = repeats !== undefined && repeats > planOf(now).repeats;
  if (!canGoOn(store, id) && !isMore) return;
  const [design, plan] = [designOf(now), planOf(now)];
  const folder = await dataFolder(now, design, plan, context, watch);
  const runtime = await findRuntime(plan, context, watch);
  if (now.imported !== null) checkMemory(design, runtime, context);
  const changed = now.imported === null ? changedHostVariables(storedProvenanceOf(now).host, context.environment) : [];
  if (changed.length > 0)
    context.onNote(
      `${changed.join(' and ')} ${changed.length === 1 ? 'is' : 'are'} set in another ` +
        'way than when this experiment began, so its runs may differ in their last bits.',
    );
  const places = placesOf(folder, runtime, context);
  const runs = [
    ...runsLeft(store, id).map((run) => ({ arm: run.arm_id, doneSteps: run.steps })),
    ...(isMore ? runsAdded(design, plan, repeats).map(({ arm }) => ({ arm: arm.id, doneSteps: 0 })) : []),
  ];
  await tellForecast(design, { plan, runs, places, storedId: id }, context, watch);
  if (isMore) addPairs(store, findExperiment(store, id), repeats, context); // as it is now: another process may have added some meanwhile
  const hasBegun = store.runs.of(id).some(({ started }) => started !== null);
  if (hasBegun) store.write(() => store.events.add({ experiment_id: id, run_id: null, at: context.clock.now().toISOString(), kind: 'resumed', detail: '' }));
  await runSession(store, id, places, runtime, context, watch);
}

function addExperiment(store: Store, plan: Plan, design: SettledDesign, context: Context): string {
  const now = context.clock.now();
  const id = experimentId(now);
  const runs = planRuns(design, plan.seed, plan.repeats);
  const provenance = provenanceOf(design, seedsOf(plan), context.environment, now);
  const { name, question, arms } = searchedTexts(plan, design);
  writePlanFile(planFile(context.folders.plans, id), plan, context.folders.plans);
  store.write(() => {
    const dataset = store.datasets.use(design.data, now.toISOString());
    store.experiments.add(
      {
        id,
        name,
        question,
        dataset_id: dataset,
        plan: JSON.stringify(plan),
        design: JSON.stringify(design),
        provenance: JSON.stringify(provenance),
        metric: design.metric,
        margin: design.margin,
        verdict: 'too-early',
        created: now.toISOString(),
        imported: null,
      },
      arms,
    );
    runs.forEach(({ arm, seed }, position) => store.runs.add({ name: runId(id, arm.id, seed), experiment_id: id, arm_id: arm.id, seed, position }));
    store.events.add({ experiment_id: id, run_id: null, at: now.toISOString(), kind: 'created', detail: `${runs.length} runs` });
  });
  return id;
}

/** More pairs for an experiment; those it has stay untouched.  @throws LabError bad-input when it has as many or more */
export function addPairs(store: Store, row: ExperimentRow, repeats: number, context: Context): void {
  checkRepeats(row, repeats);
  const plan = planOf(row);
  if (repeats === plan.repeats) return;
  const design = designOf(row);
  const larger = { ...plan, repeats };
  const now = context.clock.now();
  const provenance = { ...storedProvenanceOf(row), seeds: seedsOf(larger) };
  writePlanFile(planFile(context.folders.plans, row.id), larger, context.folders.plans);
  const hasResults = store.runs.of(row.id).some(({ status }) => status === 'finished');
  store.write(() => {
    store.experiments.setPlan(row.id, { plan: JSON.stringify(larger), design: row.design, provenance: JSON.stringify(provenance) });
    for (const { arm, seed, position } of runsAdded(design, plan, repeats))
      store.runs.add({ name: runId(row.id, arm.id, seed), experiment_id: row.id, arm_id: arm.id, seed, position });
    const detail = `${plan.repeats} to ${repeats} pairs`;
    store.events.add({ experiment_id: row.id, run_id: null, at: now.toISOString(), kind: hasResults ? 'pairs-added' : 'note', detail });
  });
}

/** The runs that an experiment gets beside those of its plan when it shall have so many pairs. */
function runsAdded(design: SettledDesign, plan: Plan, repeats: number): readonly (PlannedRun & { readonly position: number })[] {
  const had = design.arms.length * plan.repeats;
  return planRuns(design, plan.seed, repeats).flatMap((run, position) => (position < had ? [] : [{ ...run, position }]));
}

/** @throws LabError bad-input */
function checkRepeats(row: ExperimentRow, repeats: number): void {
  const { repeats: had } = planOf(row);
  if (repeats < had)
    throw new LabError(
      'bad-input',
      `Experiment ${row.id} has ${had} pairs already. Received: ${repeats} repeats; give a larger number, or leave it out to go on.`,
    );
  if (repeats > mostPairs) throw new LabError('bad-input', `An experiment has at most ${mostPairs} pairs. Received: ${repeats} repeats.`);
}

function latestToResume(store: Store, anyWillDo: boolean): ExperimentRow {
  const found = store.experiments.all().find(({ id, imported }) => imported === null && (anyWillDo || canGoOn(store, id)));
  if (found !== undefined) return found;
  throw new LabError('not-found', 'There is nothing to resume: no experiment has unfinished runs.');
}

export function canGoOn(store: Store, id: string): boolean {
  return runsLeft(store, id).length > 0;
}

function runsLeft(store: Store, id: string): RunRow[] {
  return store.runs
    .of(id)
    .filter(({ status, error_code: code }) =>
      status === 'failed' ? code !== null && resumableErrors.includes(code) : status !== 'finished' && status !== 'cancelled',
    );
}

/** The prepared data; made again from the source when the folder is gone or damaged, if the content is still the same. */
async function dataFolder({ id, imported }: ExperimentRow, design: SettledDesign, plan: Plan, context: Context, watch: Watch): Promise<string> {
  const folder = datasetFolder(context.home, design.data.digest);
  if (holdsContent(folder, design.data.digest)) return folder;
  if (imported !== null)
    throw new LabError('bad-input', `The data of experiment ${id}, which was imported, are not at hand. Name them: ${program} resume ${id} --data PATH`);
  const dataset = await readSound(plan.data, context, watch);
  stopIfAsked(watch);
  if (dataset.digest === design.data.digest) return keepData(dataset, context);
  throw new LabError(
    'bad-input',
    `${plan.data.source} has changed since the experiment began (its content has another SHA-256), so its runs cannot go on. Start a new experiment.`,
  );
}

function seedsOf(plan: Plan): number[] {
  return Array.from({ length: plan.repeats }, (_, pair) => plan.seed + pair);
}
