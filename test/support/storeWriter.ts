/** A process that writes to a store until it is killed, and says on standard output what is committed. Arguments: file, round. */
import { openStore } from '../../src-main/store/store.ts';
import { ownIdentity } from '../../src-main/store/processIdentity.ts';
import { addExperiment } from './storeRows.ts';

const [file = '', round = '0'] = process.argv.slice(2);
const store = openStore(file);
const id = `round-${round}`;
const [run] = addExperiment(store, id, ['baseline'], [1]);
if (run === undefined) throw new Error('No run.');
const owner = store.owners.register(ownIdentity());
store.runs.claim(id, owner);
store.runs.start(run.id, new Date().toISOString());
process.send?.({ ready: true });
for (let batch = 0; ; batch++) {
  const points = Array.from({ length: 20 }, (_, i) => ['loss/main', batch * 20 + i, batch * 20 + i] as const);
  store.write(() => store.points.add(run.id, points));
  process.stdout.write(`${batch}\n`);
  if (batch % 10 === 0) await new Promise((resolve) => setImmediate(resolve));
}
