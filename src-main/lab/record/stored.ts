/** The JSON texts that the store keeps of an experiment, read as anybody's data: each through the schema that is also its type. */
import * as v from 'valibot';
import { recordOf } from '../../contract/bounded.ts';
import { readDesign, type SettledDesign } from '../../contract/design.ts';
import { LabError } from '../../contract/errors.ts';
import { Plan } from '../../contract/plan.ts';
import { readProvenance, type StoredProvenance } from '../../contract/provenance.ts';
import type { ExperimentRow } from '../../store/experiment.ts';

type Texts = Pick<ExperimentRow, 'id' | 'plan' | 'design' | 'provenance'>;

/** @throws LabError store */
export function designOf(row: Texts): SettledDesign {
  return readStored(row, 'design', readDesign);
}

/** @throws LabError store */
export function planOf(row: Texts): Plan {
  return readStored(row, 'plan', (value) => v.parse(Plan, value));
}

/** @throws LabError store */
export function storedProvenanceOf(row: Texts): StoredProvenance {
  return readStored(row, 'provenance', readProvenance);
}

function readStored<T>(row: Texts, what: 'plan' | 'design' | 'provenance', read: (value: unknown) => T): T {
  try {
    return read(JSON.parse(row[what]));
  } catch (cause) {
    throw new LabError('store', `The ${what} of experiment ${row.id} cannot be read from the store: ${reason(cause)}. Everything else is untouched.`, {
      cause,
    });
  }
}

const SectionIds = v.pipe(v.array(v.pipe(v.string(), v.maxLength(64))), v.maxLength(1000));

/** Sections of the report that are switched off; none where the note of it cannot be read: everything is shown then. */
export function readReportOff(text: string): readonly string[] {
  const checked = v.safeParse(v.pipe(v.string(), v.parseJson(), SectionIds), text);
  return checked.success ? checked.output : [];
}

/** What a window left as a draft; the window checks what is in it.  @throws LabError store */
export function readDraftContent({ id, content }: { readonly id: string; readonly content: string }): Record<string, unknown> {
  const checked = v.safeParse(v.pipe(v.string(), v.parseJson(), recordOf(v.unknown())), content);
  if (checked.success) return checked.output;
  throw new LabError('store', `The draft ${id} cannot be read from the store: it is not an object.`);
}

/** The first thing that does not fit, with its place. */
export function reason(error: unknown): string {
  if (!v.isValiError(error)) return error instanceof Error ? error.message : String(error);
  const [issue] = error.issues;
  const place = v.getDotPath(issue);
  return `${place === null ? '' : `${place}: `}${issue.message}`.slice(0, 400);
}
