/** What the lab finds in a source, asked as a window asks. */
import * as v from 'valibot';
import type { DatasetPicture } from '../contract/calls.ts';
import { LabError } from '../contract/errors.ts';
import type { Lab } from '../contract/lab.ts';
import { DataPlan, type PlanInput } from '../contract/plan.ts';

/** @throws LabError bad-input naming the option, or the file and row */
export async function inspectedData(lab: Lab, data: PlanInput['data']): Promise<DatasetPicture> {
  const { split, options = {}, ...given } = data;
  const checked = v.safeParse(DataPlan.entries.options, options); // said in words of the options before the call says it in its own
  if (checked.success) return lab.call('data.inspect', { data: { ...given, options, ...(split !== undefined && { split }) } });
  const [issue] = checked.issues;
  throw new LabError('bad-input', `Reading option ${v.getDotPath(issue) ?? ''} is not usable: ${issue.message}.`);
}
