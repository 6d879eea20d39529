/** Everything between a plan and its first run: data read and stored, plan resolved, runtime found, the machine shared out. */
import { existsSync } from 'node:fs';
import * as v from 'valibot';
import { LabError } from '../../contract/errors.ts';
import type { Forecast } from '../../contract/forecast.ts';
import type { ExperimentProgress } from '../../contract/lab.ts';
import type { Point, RunJob } from '../../engine/protocol.ts';
import { Plan, type PlanInput } from '../../contract/plan.ts';
import { removeDamaged } from '../../data/preparedFolder.ts';
import { writePrepared } from '../../data/writePrepared.ts';
import type { PreparedDataset } from '../../data/dataset.ts';
import type { Context } from '../context.ts';
import { designFormat, type Design, type SettledDesign } from '../../contract/design.ts';
import { pinnedEnvironment } from '../process/environment.ts';
import type { Places } from '../plan/jobs.ts';
import { datasetFolder } from '../paths.ts';
import { absoluteSource, placed } from '../plan/planFile.ts';
import { checkPlanShape } from '../plan/planShape.ts';
import { readingText } from '../plan/readingText.ts';
import { phaseProgress } from './progress.ts';
import { resolvePlan, type ResolvedPlan } from '../plan/resolvePlan.ts';
import { withoutTensorFlow, type RuntimeChoice } from './runtimeChoice.ts';
import { shareMachine, workloadOf } from './sharing.ts';

export interface Watch {
  readonly onProgress?: ((progress: ExperimentProgress) => void) | undefined;
  readonly onPoints?: ((job: RunJob, points: readonly Point[]) => void) | undefined; // after they are stored
  readonly onForecast?: ((forecast: Forecast) => Promise<boolean>) | undefined; // asked for where no TensorFlow trains; false: it shall not train
  readonly signal?: AbortSignal | undefined;
}

export type ResolvedData = ResolvedPlan & { readonly dataset: PreparedDataset };

/** Checks a plan against its data; nothing is stored. A window asks this at every change, so what was prepared before is taken as it lies there.
 *  @throws LabError bad-input */
export async function readAndResolve(input: PlanInput, context: Context, watch: Watch): Promise<ResolvedData> {
  return resolveWith(readTrusted, input, context, watch);
}

/** The same for a plan that is trained next: its data are sound, and keepData finds them so.  @throws LabError bad-input */
export async function readAndResolveToTrain(input: PlanInput, context: Context, watch: Watch): Promise<ResolvedData> {
  return resolveWith(readSound, input, context, watch);
}

type Read = (data: Plan['data'], context: Context, watch: Watch) => Promise<PreparedDataset>;

async function resolveWith(read: Read, input: PlanInput, context: Context, watch: Watch): Promise<ResolvedData> {
  const checked = v.parse(Plan, checkPlanShape(input, 'The plan'));
  const plan = { ...checked, data: placed(checked.data, (name) => absoluteSource(name, process.cwd())) };
  watch.onProgress?.(phaseProgress('reading data', plan.data.source));
  const dataset = await read(plan.data, context, watch);
  stopIfAsked(watch);
  return { ...resolvePlan(plan, dataset, input.data.split?.kind !== undefined), dataset };
}

/** Reads a data set for training. What was prepared before is trusted when it is looked at, not when it is learned from: a changed bit is read anew. */
export async function readSound(data: Plan['data'], context: Context, watch: Watch): Promise<PreparedDataset> {
  const dataset = await readTrusted(data, context, watch);
  if (!removeDamaged(datasetFolder(context.home, dataset.digest), dataset.digest)) return dataset;
  context.data.clear();
  return readTrusted(data, context, watch);
}

function readTrusted(data: Plan['data'], context: Context, watch: Watch): Promise<PreparedDataset> {
  return context.data.read(data, watch.signal, (progress) => {
    const { message, fraction } = readingText(progress);
    watch.onProgress?.(phaseProgress('reading data', message, fraction ?? 0));
  });
}

/** The data set as the workers read it. @param dataset sound: what is there already was held against its SHA-256 a moment ago
 *  @returns its folder */
export function keepData(dataset: PreparedDataset, context: Context): string {
  const folder = datasetFolder(context.home, dataset.digest);
  if (!existsSync(folder)) writePrepared(dataset, folder);
  return folder;
}

export async function findRuntime(plan: Pick<Plan, 'engine'>, context: Context, watch: Watch): Promise<RuntimeChoice> {
  const runtime = await context.chooseRuntime({
    backend: plan.engine.backend,
    home: context.home,
    signal: watch.signal,
    onMessage: (message, fraction) => watch.onProgress?.(phaseProgress('installing the runtime', message, fraction ?? 0)),
  });
  if (runtime.note !== null) context.onNote(runtime.note);
  stopIfAsked(watch);
  return runtime;
}

/** Weights, gradients, two moments of the optimizer and the selected epoch, four bytes each. */
const bytesAParameter = 20;

/** Refuses a network of which not even the parameters fit, before the system ends the process for want of memory.  @throws LabError bad-input */
export function checkMemory({ network, parameters }: Pick<Design, 'network' | 'parameters'>, { isGpu }: RuntimeChoice, context: Context): void {
  const neededMiB = (parameters * bytesAParameter) / 2 ** 20;
  const { availableMiB } = context.machine();
  if (isGpu || neededMiB <= availableMiB) return;
  throw new LabError(
    'bad-input',
    `Network ${network.id} has ${Math.round(parameters / 1e6)} million parameters, which need about ${Math.ceil(neededMiB / 1024)} ` +
      `GiB of memory in training; ${Math.floor(availableMiB / 1024)} GiB are free. Use a smaller network.`,
  );
}

/** Threads and environment, which all runs of the experiment keep.  @throws LabError bad-input for a network that this computer cannot hold */
export function settle(design: Design, plan: Plan, runtime: RuntimeChoice, runs: number, context: Context): SettledDesign {
  checkMemory(design, runtime, context);
  const { threads } = shareMachine(plan.engine, workloadOf(design, runs, runtime.isGpu), context.machine());
  const warnings = runtime.note === null ? design.warnings : [...design.warnings, withoutTensorFlow];
  return { format: designFormat, ...design, warnings, engine: { ...plan.engine, threads }, environment: pinnedEnvironment(threads, context.environment) };
}

export function placesOf(datasetFolderPath: string, runtime: RuntimeChoice, context: Context): Places {
  const { checkpoints, graphs, weights } = context.folders;
  return { datasetFolder: datasetFolderPath, runtimeFolder: runtime.folder, checkpoints, graphs, weights };
}

export function stopIfAsked(watch: Watch): void {
  if (watch.signal?.aborted === true) throw new LabError('interrupted', 'Stopped before the first run began. Nothing was stored.');
}
