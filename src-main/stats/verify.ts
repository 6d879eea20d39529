/** Checks this module against reference values from elsewhere, in the format 'auxlab-statistics-vectors/1'. */
import { holm } from './holm.ts';
import { pairedDifference } from './paired.ts';
import { signFlipP } from './signFlip.ts';
import { verdict } from './verdict.ts';

export interface VectorCheck {
  readonly id: string;
  readonly ok: boolean;
  readonly detail: string; // what agrees, or the first values that do not
}

export const statisticsVectorsFormat = 'auxlab-statistics-vectors/1';

/** Computes every vector of a document and compares every expected key.
 *  Numbers agree when they differ by no more than the tolerance times the larger of the expected number and the vector's own scale
 *  (its largest difference; 1e-5 for probabilities), so that a bound that happens to fall near 0 is held to the precision of its inputs.
 *  @throws Error when the document is not in this format */
export function verifyStatistics(document: unknown): VectorCheck[] {
  if (!isRecord(document) || document['format'] !== statisticsVectorsFormat) {
    const received = isRecord(document) ? JSON.stringify(document['format']) : typeof document;
    throw new Error(`A file of statistics vectors has "format": "${statisticsVectorsFormat}". Received: ${String(received)}.`);
  }
  const { vectors, tolerance = 1e-7 } = document;
  if (!Array.isArray(vectors)) throw new Error('A file of statistics vectors has a list named "vectors".');
  if (typeof tolerance !== 'number' || !(tolerance >= 0)) throw new Error(`The tolerance must be a number of at least 0. Received: ${String(tolerance)}.`);
  return vectors.map((vector: unknown, index) => checkVector(vector, index, tolerance));
}

function checkVector(vector: unknown, index: number, tolerance: number): VectorCheck {
  const fallback = `vector ${index}`;
  if (!isRecord(vector)) return { id: fallback, ok: false, detail: 'A vector is an object.' };
  const id = typeof vector['id'] === 'string' ? vector['id'] : fallback;
  const expected = vector['expected'];
  if (!isRecord(expected) || Object.keys(expected).length === 0) return { id, ok: false, detail: 'The vector expects nothing.' };
  try {
    const { actual, scale } = compute(vector);
    const failures = Object.entries(expected).flatMap(([key, value]) => {
      if (!Object.hasOwn(actual, key)) return [`"${key}" is not something this version computes`];
      const probability = key === 'signFlipP' || key === 'tP' || key === 'holm';
      return agrees(actual[key], value, tolerance, probability ? 1e-5 : scale)
        ? []
        : [`${key}: expected ${JSON.stringify(value)}, computed ${JSON.stringify(actual[key])}`];
    });
    return failures.length === 0 ? { id, ok: true, detail: `${Object.keys(expected).join(', ')} agree` } : { id, ok: false, detail: failures.join('; ') };
  } catch (error) {
    return { id, ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
}

function compute(vector: Readonly<Record<string, unknown>>): { actual: Readonly<Record<string, unknown>>; scale: number } {
  if (vector['pValues'] !== undefined) return { actual: { holm: holm(numbers(vector['pValues'], 'pValues')) }, scale: 0 };
  if (vector['differences'] === undefined) throw new Error('The vector has neither "differences" nor "pValues".');
  const differences = numbers(vector['differences'], 'differences');
  const paired = pairedDifference(differences);
  const actual: Record<string, unknown> = { ...paired, pairs: differences.length, signFlipP: signFlipP(differences) };
  if (vector['margin'] !== undefined) actual['verdict'] = verdict({ differences, margin: number(vector['margin'], 'margin'), ...judged(vector) });
  return { actual, scale: differences.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) };
}

/** What else a vector may say about its pairs. */
function judged(vector: Readonly<Record<string, unknown>>): { plannedPairs?: number; failedPairs?: number; unequalBudgets?: boolean } {
  const { plannedPairs, failedPairs, unequalBudgets } = vector;
  return {
    ...(plannedPairs === undefined ? {} : { plannedPairs: number(plannedPairs, 'plannedPairs') }),
    ...(failedPairs === undefined ? {} : { failedPairs: number(failedPairs, 'failedPairs') }),
    ...(typeof unequalBudgets === 'boolean' ? { unequalBudgets } : {}),
  };
}

/** A bound or p that does not exist (infinite, NaN or null here) is written as null in JSON. */
function agrees(actual: unknown, expected: unknown, tolerance: number, scale: number): boolean {
  if (Array.isArray(expected)) {
    return Array.isArray(actual) && actual.length === expected.length && expected.every((value, i) => agrees(actual[i], value, tolerance, scale));
  }
  if (typeof expected === 'number') {
    return typeof actual === 'number' && Math.abs(actual - expected) <= tolerance * Math.max(Math.abs(expected), scale);
  }
  if (expected === null) return actual === null || (typeof actual === 'number' && !Number.isFinite(actual));
  return actual === expected;
}

function numbers(value: unknown, name: string): number[] {
  if (!Array.isArray(value)) throw new Error(`"${name}" is a list of numbers.`);
  return value.map((entry, i) => number(entry, `${name}[${i}]`));
}

function number(value: unknown, name: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new Error(`"${name}" is a finite number. Received: ${String(value)}.`);
  return value;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
