/** From the store to the document that people, reports and programs get. */
import { dirname } from 'node:path';
import { LabError } from '../../contract/errors.ts';
import { mainTaskId } from '../../contract/identifiers.ts';
import type { Plan } from '../../contract/plan.ts';
import type { ArmDocument, EngineInfo, ExperimentDocument, Provenance, RunDocument, TaskDocument, Verdict } from '../../contract/results.ts';
import { isHigherBetter } from '../../contract/results.ts';
import type { ExperimentRow } from '../../store/experiment.ts';
import type { RunRow } from '../../store/run.ts';
import type { Store } from '../../store/store.ts';
import { stepSeries } from '../../report/directions.ts';
import { bestArm } from '../../stats/comparison.ts';
import { compare } from './comparisons.ts';
import type { DesignArm, SettledDesign } from '../../contract/design.ts';
import { planFile, plansFolder } from '../paths.ts';
import { runCommand } from './provenance.ts';
import { resultWarnings } from './resultWarnings.ts';
import { shownTexts } from '../../contract/shownTexts.ts';
import { scheduleText } from '../../vocabulary/weightSchedules/index.ts';
import { designOf, planOf, storedProvenanceOf } from './stored.ts';

/** Everything about an experiment, computed anew from its runs. */
export function experimentDocument(store: Store, row: ExperimentRow): ExperimentDocument {
  const design = designOf(row);
  const plan = planOf(row);
  const rows = store.runs.of(row.id);
  const { question, titles } = shownTexts(plan, design.data.name);
  const { arms, comparisons, verdict } = outcomeOf(store, design, plan, rows, titles);
  const engines = rows.filter(({ status }) => status === 'finished').flatMap((run) => engineOf(run) ?? []);
  const stepsOf = new Map(rows.map((run) => [run.name, store.points.named(run.id, [stepSeries.progress])]));
  const morePairsAt = store.events
    .of(row.id)
    .filter(({ kind }) => kind === 'pairs-added')
    .map(({ at }) => at);
  return {
    experimentId: row.id,
    name: row.name,
    question,
    status: store.runs.statusOf(row.id),
    verdict,
    metric: design.metric,
    higherIsBetter: isHigherBetter(design.metric),
    margin: design.margin,
    engine: engines[0] ?? null,
    arms,
    comparisons,
    warnings: resultWarnings({ design, arms, comparisons, engines, morePairsAt, imported: row.imported, stepsOf: (run) => stepsOf.get(run) ?? [] }),
    plan,
    provenance: provenanceOf(store, row),
    imported: row.imported,
  };
}

/** The word that an experiment's runs come to: that of its best arm. */
export function verdictOf(store: Store, row: ExperimentRow): Verdict {
  const design = designOf(row);
  const plan = planOf(row);
  return outcomeOf(store, design, plan, store.runs.of(row.id), shownTexts(plan, design.data.name).titles).verdict;
}

type Outcome = Pick<ExperimentDocument, 'arms' | 'comparisons' | 'verdict'>;

/** @param titles of the design's arms, in their order */
function outcomeOf(store: Store, design: SettledDesign, plan: Plan, rows: readonly RunRow[], titles: readonly string[]): Outcome {
  const arms = design.arms.map((arm, at) => armDocument(store, { ...arm, title: titles[at] ?? arm.id }, design, rows));
  const comparisons = compare(arms, { metric: design.metric, margin: design.margin, plannedPairs: plan.repeats, testRows: design.parts.test });
  return { arms, comparisons, verdict: comparisons[Math.max(0, bestArm(comparisons))]?.verdict ?? 'too-early' };
}

/** The command is made from where the plan lies here, and never read from anywhere. */
function provenanceOf(store: Store, row: ExperimentRow): Provenance {
  const { format: _, ...stored } = storedProvenanceOf(row);
  const home = store.file === ':memory:' ? '' : dirname(store.file);
  return { ...stored, command: runCommand(planFile(plansFolder(home), row.id)) };
}

/** The experiment whose id begins with a text.  @throws LabError not-found */
export function findExperiment(store: Store, id: string): ExperimentRow {
  const exact = store.experiments.get(id);
  if (exact !== undefined) return exact;
  const ids = id === '' ? [] : store.experiments.idsWithPrefix(id);
  const [only] = ids;
  if (ids.length > 1) throw new LabError('not-found', `${ids.length} experiments begin with "${id}": ${listed(ids)}. Give more characters.`);
  const row = only === undefined ? undefined : store.experiments.get(only);
  if (row !== undefined) return row;
  const all = store.experiments.all().map((experiment) => experiment.id);
  throw new LabError('not-found', `No experiment begins with "${id}". ${all.length === 0 ? 'None has run yet.' : `The latest are: ${listed(all)}.`}`);
}

function listed(ids: readonly string[]): string {
  return ids.length > 5 ? `${ids.slice(0, 5).join(', ')}, ...` : ids.join(', ');
}

function armDocument(store: Store, arm: DesignArm & { readonly title: string }, design: SettledDesign, rows: readonly RunRow[]): ArmDocument {
  return {
    id: arm.id,
    title: arm.title,
    role: arm.role,
    method: arm.role === 'baseline' ? 'none' : arm.method.id,
    methodParams: arm.method.params,
    tasks: arm.tasks.map((task): TaskDocument => {
      const isMain = task.id === mainTaskId;
      return {
        id: task.id,
        target: task.target,
        kind: task.kind,
        depth: task.depth,
        weight: isMain ? null : task.weight,
        schedule: isMain ? null : scheduleText(task.schedule),
        balanced: task.balanced,
        bounds: task.bounds,
        classes: task.kind === 'classification' ? (design.classes[task.target] ?? null) : null,
        metric: task.metric,
      };
    }),
    runs: rows.filter((run) => run.arm_id === arm.id).map((run) => runDocument(store, run)),
  };
}

function runDocument(store: Store, run: RunRow): RunDocument {
  const metrics = store.metrics.of(run.id);
  return {
    id: run.name,
    seed: run.seed,
    status: run.status,
    ...(run.error === null ? {} : { error: run.error }),
    epochs: run.epochs,
    steps: run.steps,
    selectedEpoch: run.selected_epoch,
    wallMs: run.wall_ms,
    stepMs: run.step_ms,
    ...metrics,
    classRecall: store.classRecall.of(run.id),
    finalWeightsSha256: run.final_weights_sha256,
    mainWeightsSha256: run.main_weights_sha256,
    parameters:
      run.parameter_count === null || run.deployed_parameter_count === null ? null : { total: run.parameter_count, deployed: run.deployed_parameter_count },
  };
}

function engineOf({ backend, backend_version: version, device, captured, threads }: RunRow): EngineInfo | null {
  if (backend === null || version === null || device === null || threads === null) return null;
  return { backend, version, device, captured: captured === 1, threads };
}
