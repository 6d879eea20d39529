import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { testMs } from './support/patience.ts';

/** Their tests calculate: they start no process, keep no state outside of themselves, and share one. Whatever else there is has a process a file. */
const calculating = 'charts,contract,data,methods,mutation,networks,renderer,report,stats,support,tasks,vocabulary';
const calculatingFiles = `test/{${calculating}}/**/*.test.ts`;

/** The ordinary suite: two files at a time, because what trains does it in one thread. */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    projects: [
      { extends: true, test: { name: 'calculating', include: [calculatingFiles], isolate: false } },
      { extends: true, test: { name: 'engine', include: ['test/engine/**/*.test.ts'] } },
      { extends: true, test: { name: 'programs', include: ['test/**/*.test.ts'], exclude: ['test/deep/**', 'test/engine/**', calculatingFiles] } },
    ],
    maxWorkers: 2,
    environment: 'node',
    pool: 'forks',
    testTimeout: testMs,
    hookTimeout: testMs,
    expect: { poll: { timeout: 60_000 } }, // a busy machine takes its time; one second is the library's own limit
    globalSetup: ['test/support/sharedCode.ts', 'test/support/installRuntime.ts'],
    reporters: ['default', './test/support/countReporter.ts'],
    // Pinned threads: runs repeat bit for bit. Level 2: warnings of the library stay out of the test output.
    env: { TF_CPP_MIN_LOG_LEVEL: '2', TF_NUM_INTRAOP_THREADS: '1', TF_NUM_INTEROP_THREADS: '1' },
  },
});
