/** Reads a file of reference vectors for methods, format 'auxlab-method-vectors/1':
 *    { format, vectors: [{ id, method, params?, steps: [{ jacobian? | losses?, lossesAfter?, epoch?, expected? }], atol, source? }] }
 *  The steps run in order on one state of the method. jacobian has one row a task, the main task first, and one column a shared parameter; losses
 *  default to ones where it stands alone. A step with `epoch` stands for a whole epoch: its losses are that epoch's means, its expected weights those
 *  in force during it. lossesAfter are the losses of the same batch after the step. */
import { LabError } from '../contract/errors.ts';

export const methodVectorsFormat = 'auxlab-method-vectors/1';

export interface VectorStep {
  readonly losses: readonly number[];
  readonly jacobian?: readonly (readonly number[])[];
  readonly lossesAfter?: readonly number[];
  readonly epoch?: number;
  readonly expected: { readonly weights?: readonly number[]; readonly aggregated?: readonly number[] };
}

export interface MethodVector {
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly steps: readonly VectorStep[];
  readonly atol: number;
}

type Fields = Readonly<Record<string, unknown>>;

/** The vectors of a document, each with its name, unread: one that cannot be read must not hide the others.
 *  @throws LabError bad-input when the document is not in this format */
export function listVectors(document: unknown): { id: string; vector: unknown }[] {
  const format = isFields(document) ? document['format'] : undefined;
  if (!isFields(document) || format !== methodVectorsFormat) {
    throw new LabError('bad-input', `A file of method vectors has "format": "${methodVectorsFormat}". Received: ${JSON.stringify(format) ?? typeof document}.`);
  }
  const { vectors } = document;
  if (!Array.isArray(vectors) || vectors.length === 0)
    throw new LabError('bad-input', 'A file of method vectors has a list named "vectors" with at least one vector.');
  return vectors.map((vector: unknown, index) => ({ id: isFields(vector) && typeof vector['id'] === 'string' ? vector['id'] : `vector ${index}`, vector }));
}

/** One vector, checked.  @throws LabError bad-input naming the place and what must stand there */
export function readVector(value: unknown): MethodVector {
  const vector = fields(value, 'A vector', ['id', 'method', 'params', 'steps', 'atol', 'source']);
  const { method, params = {}, steps, atol } = vector;
  if (typeof method !== 'string') throw refusal('"method"', 'the id of a method', method);
  if (!isFields(params)) throw refusal('"params"', 'an object', params);
  if (!Array.isArray(steps) || steps.length === 0) throw refusal('"steps"', 'a list of at least one step', steps);
  if (typeof atol !== 'number' || !(atol > 0) || !Number.isFinite(atol)) throw refusal('"atol"', 'a number above 0', atol);
  const read = steps.map((step: unknown, index) => readStep(step, `step ${index}`));
  const taskCount = read[0]?.losses.length ?? 0;
  read.forEach((step, index) => {
    if (step.losses.length !== taskCount) throw refusal(`step ${index}`, `of ${taskCount} tasks, as step 0`, step.losses.length);
  });
  if (read.every((step) => Object.keys(step.expected).length === 0)) throw new LabError('bad-input', 'The vector expects nothing.');
  return { method, params, steps: read, atol };
}

function readStep(value: unknown, place: string): VectorStep {
  const step = fields(value, place, ['jacobian', 'losses', 'lossesAfter', 'epoch', 'expected']);
  const { epoch } = step;
  const jacobian = step['jacobian'] === undefined ? undefined : matrix(step['jacobian'], `${place}, "jacobian"`);
  if (jacobian === undefined && step['losses'] === undefined) throw refusal(place, 'an object with "jacobian" or "losses"', 'neither');
  const losses = step['losses'] === undefined ? (jacobian ?? []).map(() => 1) : numbers(step['losses'], `${place}, "losses"`);
  if (jacobian !== undefined && jacobian.length !== losses.length)
    throw refusal(`${place}, "losses"`, `a list of ${jacobian.length} numbers, one a row of the Jacobian`, losses.length);
  if (epoch !== undefined && !(typeof epoch === 'number' && Number.isInteger(epoch) && epoch >= 0))
    throw refusal(`${place}, "epoch"`, 'a whole number from 0', epoch);
  const sized = (name: string, holder: Fields, count: number): readonly number[] | undefined => {
    if (holder[name] === undefined) return undefined;
    const list = numbers(holder[name], `${place}, "${name}"`);
    if (list.length !== count) throw refusal(`${place}, "${name}"`, `a list of ${count} numbers`, list.length);
    return list;
  };
  const lossesAfter = sized('lossesAfter', step, losses.length);
  const expected = fields(step['expected'] ?? {}, `${place}, "expected"`, ['weights', 'aggregated']);
  if (expected['aggregated'] !== undefined && jacobian === undefined) throw refusal(`${place}, "aggregated"`, 'given only with a Jacobian', 'none');
  const weights = sized('weights', expected, losses.length);
  const aggregated = sized('aggregated', expected, jacobian?.[0]?.length ?? 0);
  return {
    losses,
    ...(jacobian === undefined ? {} : { jacobian }),
    ...(lossesAfter === undefined ? {} : { lossesAfter }),
    ...(epoch === undefined ? {} : { epoch }),
    expected: { ...(weights === undefined ? {} : { weights }), ...(aggregated === undefined ? {} : { aggregated }) },
  };
}

function matrix(value: unknown, place: string): number[][] {
  if (!Array.isArray(value) || value.length === 0) throw refusal(place, 'a list of rows', value);
  const rows = value.map((row: unknown, i) => numbers(row, `${place}, row ${i}`));
  rows.forEach((row, i) => {
    if (row.length !== rows[0]?.length) throw refusal(`${place}, row ${i}`, `of ${rows[0]?.length ?? 0} numbers, as row 0`, row.length);
  });
  return rows;
}

function numbers(value: unknown, place: string): number[] {
  if (!Array.isArray(value) || value.length === 0) throw refusal(place, 'a list of numbers', value);
  return value.map((entry: unknown, i) => {
    if (typeof entry !== 'number' || !Number.isFinite(entry)) throw refusal(`${place}, entry ${i}`, 'a finite number', entry);
    return entry;
  });
}

/** An object with no other keys than these: a misspelt one must not be passed over in silence. */
function fields(value: unknown, place: string, allowed: readonly string[]): Fields {
  if (!isFields(value)) throw refusal(place, 'an object', value);
  for (const key of Object.keys(value))
    if (!allowed.includes(key)) throw new LabError('bad-input', `${capital(place)} has an unknown key "${key}". It may have: ${allowed.join(', ')}.`);
  return value;
}

function refusal(place: string, what: string, received: unknown): LabError {
  return new LabError('bad-input', `${capital(place)} must be ${what}. Received: ${JSON.stringify(received) ?? String(received)}.`);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
