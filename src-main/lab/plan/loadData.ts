/** From a plan's data section to a data set in memory. */
import { basename } from 'node:path';
import type { DataPlan } from '../../contract/plan.ts';
import { isSample, sampleOf } from '../../contract/samples.ts';
import type { PreparedDataset } from '../../data/dataset.ts';
import { prepareDataset } from '../../data/prepare.ts';
import { samplePath } from '../../data/samples.ts';
import type { ReadOptions } from '../../formats/format.ts';
import { openSource } from '../../formats/index.ts';

/** @param data a source (a path or sample:NAME), and how to read it when that cannot be told from the file
 *  @param samples the folder of the bundled samples; the checkout's unless told otherwise
 *  @throws LabError bad-input naming file, row or option */
export async function loadData(
  data: Pick<DataPlan, 'source' | 'format'> & { readonly options?: DataPlan['options'] },
  samples?: string,
): Promise<PreparedDataset> {
  const { source, format } = data;
  const path = isSample(source) ? samplePath(source, samples) : source;
  const raw = await openSource(path, { options: given(data.options ?? {}), ...(format === undefined ? {} : { format }) });
  return prepareDataset(raw, isSample(source) ? sampleOf(source).title : basename(source), source);
}

/** The options without those that are undefined. */
function given(options: DataPlan['options']): ReadOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
