/** A process that reads one source and leaves it as a prepared data set. Wiring only. */
import * as v from 'valibot';
import { DataPlan } from '../../contract/plan.ts';
import { answerParent } from '../process/answerParent.ts';
import { prepareSource } from './prepareSource.ts';

const { source, format, options, types, parts } = DataPlan.entries;
const Order = v.object({ data: v.object({ source, format, options, types, parts }), home: v.string(), samples: v.optional(v.string()) });

answerParent(async (order, tell) => {
  const { data, home, samples } = v.parse(Order, order);
  return prepareSource(data, { home, samples, onProgress: tell });
});
