/** A process that reads one source and leaves it as a prepared data set. Files of strangers are read here, so that a crash, a hang or want of memory
 *  costs this process and not the lab. Wiring only. */
import * as v from 'valibot';
import { toWire } from '../contract/errors.ts';
import { DataPlan } from '../contract/plan.ts';
import { datasetFolder, writePrepared } from '../data/preparedFolder.ts';
import { loadData } from './loadData.ts';

const Order = v.object({
  data: v.object({ source: v.string(), format: v.optional(v.string()), options: DataPlan.entries.options }),
  home: v.string(),
  samples: v.optional(v.string()),
});

process.on('disconnect', () => process.exit(0));
process.once('message', (message) => {
  const { data, home, samples } = v.parse(Order, message);
  void loadData(data, samples)
    .then((dataset) => {
      writePrepared(dataset, datasetFolder(home, dataset.digest));
      const { name, source, format, digest, notes } = dataset;
      return { read: { name, source, format, digest, notes } };
    })
    .catch((error: unknown) => ({ error: toWire(error) }))
    .then((answer) => process.send?.(answer, () => process.exit(0)));
});
