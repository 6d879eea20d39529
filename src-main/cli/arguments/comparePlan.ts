/** The options of `auxlab compare` -> a plan. Pure: what only the data or the networks know comes in as look-ups. */
import { LabError, nearestNames } from '../../contract/errors.ts';
import { program } from '../../contract/programName.ts';
import type { ParamSpecs } from '../../contract/params.ts';
import { planFormat, type PlanInput } from '../../contract/plan.ts';
import { usualWeight } from '../../contract/task.ts';
import type { HeadDepths } from '../../lab/plan/headDepths.ts';
import { writtenForms } from '../../vocabulary/lookup.ts';
import { losses } from '../../vocabulary/losses/index.ts';
import { metricIds } from '../../vocabulary/metrics/index.ts';
import { taskKindIds } from '../../vocabulary/taskKinds.ts';
import { weightSchedules } from '../../vocabulary/weightSchedules/index.ts';
import type { OptionSpecs, OptionValues } from '../commandLine.ts';
import { readAuxiliary, readBounds, readHeads, suggestedDepths } from './auxiliaries.ts';
import { dataOptions, readData } from './data.ts';
import { lossFor, readLosses } from './losses.ts';
import { readScheduleOption } from './schedules.ts';
import { readTraining, trainingOptions, withoutUndefined } from './training.ts';
import { optionalNumber, readChoice, readIdWithParams, wholeFromOne, wholeFromZero, zeroOrMore } from './values.ts';

const usual = `Default weight: ${usualWeight}.`;

export const planOptions = {
  main: { kind: 'text', value: 'TARGET', help: 'The label column of the main task.' },
  aux: {
    kind: 'list',
    value: 'TARGET[=WEIGHT]',
    help: `An auxiliary task on another label column; TARGET@DEPTH=WEIGHT places its head inside the network. ${usual}`,
  },
  heads: { kind: 'text', value: 'N[=WEIGHT]', help: `N intermediate classifiers of the main target inside the network. ${usual}` },
  classification: { kind: 'list', value: 'TARGET', help: 'Learn this target as classes, whatever it looks like.' },
  regression: { kind: 'list', value: 'TARGET', help: 'Learn this target as a number, whatever it looks like.' },
  method: { kind: 'list', value: 'ID[:...]', help: `How the losses are weighted; several times for an arm each. See "${program} methods". Default: fixed.` },
  schedule: {
    kind: 'list',
    value: '[TARGET=]ID[:...]',
    help: `${writtenForms(weightSchedules)}; for all auxiliaries or for one.`,
  },
  loss: {
    kind: 'list',
    value: '[TARGET=]ID[:...]',
    help: `${writtenForms(losses)}; of the main task and its intermediate classifiers, or of the task that is named.`,
  },
  freeze: { kind: 'list', value: 'TARGET', help: 'The method leaves the weight of this auxiliary task as it is.' },
  bounds: { kind: 'list', value: 'TARGET=MIN..MAX', help: 'Bounds of the factor that the method puts on the weight of this auxiliary task.' },
  network: { kind: 'text', value: 'ID[:...]', help: `See "${program} networks". Default: one that fits the data.` },
  metric: { kind: 'text', value: 'ID', help: `What the verdict is about: ${metricIds.join(', ')}.` },
  margin: {
    kind: 'text',
    value: 'X',
    help: 'The smallest gain worth having, in the metric itself: 0.005 is half a point of accuracy. Default: half a point, or 1 % of the spread.',
  },
  repeats: { kind: 'text', value: 'N', help: 'Matched pairs: 3 for a look, 6 is standard, 12 is strong. Default: 6.' },
  seed: { kind: 'text', value: 'N', help: 'Seed of the first pair. Default: 1.' },
  name: { kind: 'text', value: 'TEXT', help: "The experiment's name." },
  question: { kind: 'text', value: 'TEXT', help: 'What you ask, in your own words; else it is made of the plan.' },
  ...trainingOptions,
  ...dataOptions,
  backend: { kind: 'text', value: 'ID', help: 'auto, tensorflow, wasm or cpu.' },
  mode: { kind: 'text', value: 'ID', help: 'captured or eager.' },
  workers: { kind: 'text', value: 'N', help: 'Runs side by side. Default: measured.' },
  threads: { kind: 'text', value: 'N', help: 'Threads of each run.' },
} as const satisfies OptionSpecs;

export type PlanValues = OptionValues<typeof planOptions>;

export interface PlanLookups {
  /** Makes a path absolute. */
  readonly placed: (path: string) => string;
  readonly methods: Readonly<Record<string, ParamSpecs>>;
  readonly networks: Readonly<Record<string, ParamSpecs>>;
  /** Where intermediate heads can sit.  @param network null: the one that fits the data best */
  readonly headDepths: (
    data: PlanInput['data'],
    network: { readonly id: string; readonly params: Readonly<Record<string, unknown>> } | null,
  ) => Promise<HeadDepths>;
}

type Arm = PlanInput['arms'][number];
type Auxiliary = Arm['auxiliaries'][number];

/** @param source an absolute path, or a sample's name
 *  @throws LabError bad-input naming the option, or the look-ups' own */
export async function comparePlan(source: string, given: PlanValues, lookups: PlanLookups): Promise<PlanInput> {
  const target = given.main;
  if (target === undefined)
    throw new LabError('bad-input', `Option --main is missing: name the label column of the main task. "${program} data inspect DATA" lists the columns.`);
  const data = readData(source, given, lookups.placed);
  const network = given.network === undefined ? null : readIdWithParams('network', given.network, lookups.networks);
  const kindOf = taskKinds(given, target);
  const read = await readAuxiliaries(given, target, kindOf, async (count) => suggestedDepths(await lookups.headDepths(data, network), count));
  const chosen = readLosses(given.loss);
  const auxiliaries = applyBalance(applySchedules(applyLosses(read, chosen, target), given.schedule), given);
  return withoutUndefined<PlanInput>({
    format: planFormat,
    name: given.name,
    question: given.question,
    data,
    main: withoutUndefined<PlanInput['main']>({
      target,
      kind: kindOf(target),
      ...lossFor(chosen, target, target, true),
      metric: readChoice('metric', given.metric, metricIds),
    }),
    network: network === null ? undefined : { id: network.id, ...(Object.keys(network.params).length > 0 && { params: { ...network.params } }) },
    training: emptyToUndefined(readTraining(given)),
    arms: readArms(given.method, auxiliaries, lookups.methods),
    repeats: optionalNumber('repeats', given.repeats, wholeFromOne),
    seed: optionalNumber('seed', given.seed, wholeFromZero),
    margin: optionalNumber('margin', given.margin, zeroOrMore),
    engine: emptyToUndefined(readEngine(given)),
  });
}

async function readAuxiliaries(
  given: PlanValues,
  target: string,
  kindOf: (target: string) => Auxiliary['kind'],
  depthsOf: (count: number) => Promise<readonly string[]>,
): Promise<readonly Auxiliary[]> {
  const heads = given.heads === undefined ? null : readHeads(given.heads);
  const columns: readonly Auxiliary[] = given.aux.map(readAuxiliary);
  if (columns.length === 0 && heads === null) {
    throw new LabError(
      'bad-input',
      'No auxiliary task: give --aux TARGET for another label column, or --heads N for intermediate classifiers of the main target.',
    );
  }
  for (const { target: column, depth } of columns) {
    if (column === target && (depth ?? 'end') === 'end') {
      throw new LabError(
        'bad-input',
        `Option --aux: "${column}" is the main target. An intermediate classifier of it needs a depth, --aux ${column}@DEPTH, or --heads N.`,
      );
    }
  }
  const intermediate: readonly Auxiliary[] = heads === null ? [] : (await depthsOf(heads.count)).map((depth) => ({ target, depth, ...heads.own }));
  const all = [...columns, ...intermediate].map((auxiliary) => withoutUndefined<Auxiliary>({ ...auxiliary, kind: kindOf(auxiliary.target) }));
  refuseTwins(all);
  refuseUnusedKinds(given, [target, ...all.map((auxiliary) => auxiliary.target)]);
  return all;
}

function refuseTwins(auxiliaries: readonly Auxiliary[]): void {
  const seen = new Set<string>();
  for (const { target, depth = 'end' } of auxiliaries) {
    const place = `${target}@${depth}`;
    if (seen.has(place)) throw new LabError('bad-input', `The auxiliary task "${target}" is given twice at the depth "${depth}".`);
    seen.add(place);
  }
}

function taskKinds(given: PlanValues, main: string): (target: string) => Auxiliary['kind'] {
  const both = given.classification.find((name) => given.regression.includes(name));
  if (both !== undefined) throw new LabError('bad-input', `"${both}" is given with --classification and with --regression; choose one.`);
  if (main === '') throw new LabError('bad-input', 'Option --main must name a column. Received: "".');
  return (target) => taskKindIds.find((kind) => given[kind].includes(target));
}

function refuseUnusedKinds(given: PlanValues, targets: readonly string[]): void {
  for (const option of taskKindIds) {
    const unused = given[option].find((name) => !targets.includes(name));
    if (unused !== undefined) throw noSuchTask(`--${option}`, unused, targets);
  }
}

function noSuchTask(option: string, wanted: string, targets: readonly string[]): LabError {
  const names = [...new Set(targets)];
  const near = nearestNames(wanted, names);
  const hint = near.length > 0 ? `Did you mean ${near.join(', ')}?` : `Its tasks are: ${names.join(', ')}.`;
  return new LabError('bad-input', `Option ${option}: "${wanted}" is no task of this comparison. ${hint}`);
}

/** An intermediate classifier of the main target takes the main task's loss unless it is named. */
function applyLosses(auxiliaries: readonly Auxiliary[], chosen: ReturnType<typeof readLosses>, main: string): readonly Auxiliary[] {
  const names = [main, ...namesOf(auxiliaries)];
  for (const { target } of chosen) if (target !== null && !names.includes(target)) throw noSuchTask('--loss', target, names);
  return auxiliaries.map((auxiliary) => ({ ...auxiliary, ...lossFor(chosen, auxiliary.target, `${auxiliary.target}@${auxiliary.depth ?? 'end'}`, false) }));
}

/** A schedule that names a target goes before one for all. */
function applySchedules(auxiliaries: readonly Auxiliary[], texts: readonly string[]): readonly Auxiliary[] {
  const schedules = texts.map(readScheduleOption);
  if (schedules.filter(({ target }) => target === null).length > 1)
    throw new LabError('bad-input', 'Option --schedule is given twice for all auxiliary tasks; name the task as --schedule TARGET=ID.');
  const names = namesOf(auxiliaries);
  for (const { target } of schedules) if (target !== null && !names.includes(target)) throw noSuchTask('--schedule', target, names);
  return auxiliaries.map((auxiliary) => {
    const own =
      schedules.find(({ target }) => target === `${auxiliary.target}@${auxiliary.depth ?? 'end'}`) ??
      schedules.find(({ target }) => target === auxiliary.target) ??
      schedules.find(({ target }) => target === null);
    return own === undefined ? auxiliary : { ...auxiliary, schedule: own.schedule };
  });
}

/** What a method may do with single tasks: --freeze and --bounds name them by target or TARGET@DEPTH. */
function applyBalance(auxiliaries: readonly Auxiliary[], given: Pick<PlanValues, 'freeze' | 'bounds'>): readonly Auxiliary[] {
  const bounds = given.bounds.map(readBounds);
  const names = namesOf(auxiliaries);
  for (const name of given.freeze) if (!names.includes(name)) throw noSuchTask('--freeze', name, names);
  for (const { target } of bounds) if (!names.includes(target)) throw noSuchTask('--bounds', target, names);
  return auxiliaries.map((auxiliary) => {
    const own = namesOf([auxiliary]);
    const held = bounds.find(({ target }) => own.includes(target));
    return {
      ...auxiliary,
      ...(given.freeze.some((name) => own.includes(name)) && { balanced: false }),
      ...(held !== undefined && { bounds: { min: held.min, max: held.max } }),
    };
  });
}

/** By what an option may name the auxiliary tasks. */
function namesOf(auxiliaries: readonly Auxiliary[]): string[] {
  return auxiliaries.flatMap(({ target, depth }) => (depth === undefined ? [target] : [target, `${target}@${depth}`]));
}

/** One arm without a method or with one; an arm for each of several methods. */
function readArms(texts: readonly string[], auxiliaries: readonly Auxiliary[], specs: PlanLookups['methods']): PlanInput['arms'] {
  const methods = texts.map((text) => readIdWithParams('method', text, specs));
  const withMethod = (id: string, method: (typeof methods)[number] | undefined): Arm => ({
    id,
    auxiliaries: [...auxiliaries],
    ...(method !== undefined && { method: { id: method.id, ...(Object.keys(method.params).length > 0 && { params: { ...method.params } }) } }),
  });
  if (methods.length < 2) return [withMethod('auxiliary', methods[0])];
  return methods.map((method, index) => {
    const earlier = methods.slice(0, index).filter(({ id }) => id === method.id).length;
    return withMethod(earlier === 0 ? method.id : `${method.id}-${earlier + 1}`, method);
  });
}

function readEngine(given: PlanValues): NonNullable<PlanInput['engine']> {
  return withoutUndefined<NonNullable<PlanInput['engine']>>({
    backend: readChoice('backend', given.backend, ['auto', 'tensorflow', 'wasm', 'cpu']),
    mode: readChoice('mode', given.mode, ['captured', 'eager']),
    workers: optionalNumber('workers', given.workers, wholeFromOne),
    threads: optionalNumber('threads', given.threads, wholeFromOne),
  });
}

function emptyToUndefined<T extends object>(value: T): T | undefined {
  return Object.keys(value).length === 0 ? undefined : value;
}

/** The specs of things with an id, by id. */
export function specsById(items: readonly { readonly id: string; readonly params: ParamSpecs }[]): Readonly<Record<string, ParamSpecs>> {
  return Object.fromEntries(items.map(({ id, params }) => [id, params]));
}
