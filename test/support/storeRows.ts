/** Rows for store tests: an experiment with its data set, arms and runs. */
import type { Store } from '../../src-main/store/store.ts';
import type { RunRow } from '../../src-main/store/run.ts';

export function addExperiment(store: Store, id: string, arms: readonly string[], seeds: readonly number[], created = '2026-11-24T10:00:00.000Z'): RunRow[] {
  store.write(() => {
    const dataset = store.datasets.use({ digest: 'd1', name: 'cars', source: 'cars.csv', format: 'csv', rows: 10 }, created);
    store.experiments.add(
      {
        id,
        name: id,
        question: '?',
        dataset_id: dataset,
        plan: '{}',
        design: '{}',
        provenance: '{}',
        metric: 'accuracy',
        margin: 0.005,
        verdict: 'too-early',
        created,
        imported: null,
      },
      arms.map((arm, position) => ({ id: arm, position, title: arm, role: position === 0 ? 'baseline' : 'auxiliary', method: 'none' })),
    );
    let position = 0;
    for (const seed of seeds)
      for (const arm of arms) store.runs.add({ name: `${id}-${arm}-${seed}`, experiment_id: id, arm_id: arm, seed, position: position++ });
  });
  return store.runs.of(id);
}
