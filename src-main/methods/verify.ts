/** Checks methods against reference values from elsewhere, in the format of vectorDocument.ts. */
import { LabError } from '../contract/errors.ts';
import { checkParams } from '../contract/params.ts';
import { Stream } from '../contract/random.ts';
import { at, dot, sum } from './linalg.ts';
import type { Method } from './method.ts';
import { oneStep, type Measured } from './oneStep.ts';
import { listVectors, readVector } from './vectorDocument.ts';
import type { MethodVector, VectorStep } from './vectorDocument.ts';

export interface MethodVectorCheck {
  readonly id: string;
  readonly ok: boolean;
  /** The vector is of a method that is not in the list: neither passed nor failed. Then ok is false. */
  readonly skipped: boolean;
  readonly detail: string; // what agrees, the first values that do not, or why it was not run
}

/** Runs every vector of a document and compares weights and aggregated gradients (weights times Jacobian) within the vector's atol.
 *  The Gramian is computed from the Jacobian in double precision. Methods that draw random numbers get the stream ('verify', step) of seed 0.
 *  @throws LabError bad-input when the document is not in this format; a bad vector is one failed check */
export function verifyMethods(document: unknown, methods: readonly Method[]): MethodVectorCheck[] {
  return listVectors(document).map(({ id, vector }) => {
    try {
      const read = readVector(vector);
      const method = methods.find((candidate) => candidate.id === read.method);
      if (method === undefined) return { id, ok: false, skipped: true, detail: `There is no method "${read.method}" in this version.` };
      const differences = compare(method, read);
      return { id, ok: differences.length === 0, skipped: false, detail: differences.length === 0 ? agreement(read) : differences.slice(0, 3).join('; ') };
    } catch (error) {
      if (error instanceof LabError || error instanceof RangeError) return { id, ok: false, skipped: false, detail: error.message };
      throw error;
    }
  });
}

/** How many vectors passed, failed and were skipped, and the methods that the skipped ones ask for. */
export function countChecks(checks: readonly MethodVectorCheck[]): { passed: number; failed: number; skipped: number } {
  const passed = checks.filter((check) => check.ok).length;
  const skipped = checks.filter((check) => check.skipped).length;
  return { passed, failed: checks.length - passed - skipped, skipped };
}

function compare(method: Method, vector: MethodVector): string[] {
  const params = checkParams(`method ${method.id}`, method.params, vector.params);
  let state = method.init(vector.steps[0]?.losses.length ?? 0, params);
  const differences: string[] = [];
  vector.steps.forEach((step, index) => {
    const random = (): (() => number) => {
      const stream = new Stream(0, 'verify', index);
      return () => stream.uniform();
    };
    const update = oneStep(method, state, measuredAt(vector.steps, step, index), params, random);
    state = update.state;
    const { weights, aggregated } = step.expected;
    if (weights !== undefined && !near(update.weights, weights, vector.atol)) differences.push(difference(index, 'weights', weights, update.weights));
    if (aggregated === undefined || step.jacobian === undefined) return;
    const combined = combine(update.weights, step.jacobian);
    if (!near(combined, aggregated, vector.atol)) differences.push(difference(index, 'aggregated', aggregated, combined));
  });
  return differences;
}

function measuredAt(steps: readonly VectorStep[], step: VectorStep, index: number): Measured {
  const { losses, lossesAfter, jacobian, epoch } = step;
  const finished = epoch === undefined ? [] : steps.slice(0, index).filter((earlier) => earlier.epoch !== undefined && earlier.epoch < epoch);
  return {
    step: index,
    epoch: epoch ?? 0,
    losses,
    epochLosses: finished.map((earlier) => earlier.losses),
    ...(jacobian === undefined ? {} : { gramian: jacobian.map((row) => jacobian.map((other) => dot(row, other))) }),
    ...(lossesAfter === undefined ? {} : { lossesAfter }),
  };
}

/** Weights times Jacobian: the direction on the shared parameters. */
function combine(weights: readonly number[], jacobian: readonly (readonly number[])[]): number[] {
  return (jacobian[0] ?? []).map((_, column) => sum(weights.map((weight, task) => weight * at(jacobian[task] ?? [], column))));
}

function near(actual: readonly number[], expected: readonly number[], atol: number): boolean {
  return actual.length === expected.length && expected.every((value, i) => Math.abs(at(actual, i) - value) <= atol); // false for NaN
}

function difference(step: number, what: string, expected: readonly number[], actual: readonly number[]): string {
  return `step ${step}, ${what}: expected ${list(expected)}, computed ${list(actual)}`;
}

function list(values: readonly number[]): string {
  return `[${values.map((value) => String(Number(value.toPrecision(8)))).join(', ')}]`;
}

function agreement(vector: MethodVector): string {
  const compared = sum(vector.steps.map((step) => (step.expected.weights?.length ?? 0) + (step.expected.aggregated?.length ?? 0)));
  return `${compared} numbers agree within ${vector.atol}`;
}
