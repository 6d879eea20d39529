/** The errors that a person or a caller can react to. Everything else is a bug and is reported as 'internal'. */

export const errorCodes = [
  'bad-input', // a file, option or plan that cannot be used; the text says which and what to do
  'not-found', // an experiment, run or column that does not exist
  'runtime-missing', // no TensorFlow runtime, or one that fails its self-test
  'engine-lost', // a worker process ended without its result
  'run-failed', // training stopped: non-finite loss, out of memory
  'interrupted', // stopped by the user or a signal; can be resumed
  'store', // the SQLite store or a checkpoint cannot be read or written
  'internal',
] as const;
export type LabErrorCode = (typeof errorCodes)[number];

/** An error whose message is a sentence for people: what is wrong, where, what to do. */
export class LabError extends Error {
  readonly code: LabErrorCode;
  constructor(code: LabErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'LabError';
    this.code = code;
  }
}

/** The shape in which an error crosses a process border. */
export interface WireError {
  readonly code: LabErrorCode;
  readonly message: string;
  readonly detail?: string; // stack or last lines of the worker's standard error
}

export function toWire(error: unknown): WireError {
  if (error instanceof LabError) {
    const cause = error.cause instanceof Error ? error.cause.stack : undefined;
    return cause === undefined ? { code: error.code, message: error.message } : { code: error.code, message: error.message, detail: cause };
  }
  if (error instanceof Error) return { code: 'internal', message: error.message, detail: error.stack ?? error.message };
  return { code: 'internal', message: String(error) };
}

export function fromWire(wire: WireError): LabError {
  const error = new LabError(wire.code, wire.message);
  if (wire.detail !== undefined) error.stack = wire.detail;
  return error;
}

/** The names nearest to a misspelt one, best first, for "did you mean" sentences. */
export function nearestNames(wanted: string, names: readonly string[], count = 3): string[] {
  const limit = Math.max(2, Math.ceil(wanted.length / 2));
  return names
    .map((name) => ({ name, distance: editDistance(wanted.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, distance }) => distance <= limit || name.toLowerCase().includes(wanted.toLowerCase()))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, count)
    .map(({ name }) => name);
}

/** 'Unknown network "cn". Did you mean cnn?' or, when nothing is near, the whole list. */
export function unknownName(what: string, wanted: string, names: readonly string[]): LabError {
  const near = nearestNames(wanted, names);
  const help = near.length > 0 ? `Did you mean ${near.join(', ')}?` : names.length > 0 ? `There are: ${names.join(', ')}.` : 'There is none at all.';
  return new LabError('bad-input', `Unknown ${what} "${wanted}". ${help}`);
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
