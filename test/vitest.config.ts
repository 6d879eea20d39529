import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { testMs } from './support/patience.ts';

/** The ordinary suite. Engine tests train in one thread each and share two cores; all others run one after the other, because they start workers
 *  and watch the clock. */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    projects: [
      { extends: true, test: { name: 'engine', include: ['test/engine/**/*.test.ts'], fileParallelism: true, maxWorkers: 2, sequence: { groupOrder: 0 } } },
      {
        extends: true,
        test: {
          name: 'rest',
          include: ['test/**/*.test.ts'],
          exclude: ['test/deep/**', 'test/engine/**'],
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
    environment: 'node',
    pool: 'forks',
    testTimeout: testMs,
    hookTimeout: testMs,
    expect: { poll: { timeout: 60_000 } }, // a busy machine takes its time; one second is the library's own limit
    globalSetup: ['test/support/installRuntime.ts'],
    reporters: ['default', './test/support/countReporter.ts'],
    // Pinned threads: runs repeat bit for bit. Level 2: warnings of the library stay out of the test output.
    env: { TF_CPP_MIN_LOG_LEVEL: '2', TF_NUM_INTRAOP_THREADS: '1', TF_NUM_INTEROP_THREADS: '1' },
  },
});
