import { describe, test } from 'vitest';
import type { JobOptions } from '../support/engineRuns.ts';
import { expectSameAfterKills, heads, lstm, mlp } from '../support/kills.ts';
import { withMethods, withNetworks, withSamples } from '../support/entriesThere.ts';
import { temporaryFolders } from '../support/temporary.ts';

const folder = temporaryFolders();
const cases: Readonly<Record<string, JobOptions>> = {
  mlp: { ...mlp, training: { epochs: 120 } },
  'mini-inception with heads': { ...heads, training: { epochs: 4, batch: 32 } },
  lstm: { ...lstm, training: { epochs: 30, batch: 16 } },
};

describe('kills at several random steps leave no trace in the final weights and points', () => {
  for (const [name, options] of Object.entries(cases)) {
    for (const id of ['sgd', 'momentum', 'adam', 'adamw', 'rmsprop', 'adagrad'] as const) {
      for (const method of ['fixed', 'uncertainty', 'primary-pcgrad', 'gradnorm']) {
        test(`${name}, ${id}, ${method}`, { ...withSamples(options.sample), ...withNetworks(options.network), ...withMethods(method) }, () =>
          expectSameAfterKills(folder(), `${name}/${id}/${method}`, { ...options, method, training: { ...options.training, optimizer: { id } } }, 3),
        );
      }
    }
  }
});
