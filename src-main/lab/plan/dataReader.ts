/** A process that reads one source and leaves it as a prepared data set. Wiring only. */
import * as v from 'valibot';
import { DataPlan } from '../../contract/plan.ts';
import { writePrepared } from '../../data/preparedFolder.ts';
import { answerParent } from '../process/answerParent.ts';
import { loadData } from './loadData.ts';
import { datasetFolder } from '../paths.ts';

const Order = v.object({
  data: v.object({ source: v.string(), format: v.optional(v.string()), options: DataPlan.entries.options }),
  home: v.string(),
  samples: v.optional(v.string()),
});

answerParent(async (order) => {
  const { data, home, samples } = v.parse(Order, order);
  const dataset = await loadData(data, samples);
  writePrepared(dataset, datasetFolder(home, dataset.digest));
  const { name, source, format, digest, notes } = dataset;
  return { name, source, format, digest, notes };
});
