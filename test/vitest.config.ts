import { defineConfig } from 'vitest/config';

/** The ordinary suite. Files run one after the other: engine tests use the cores themselves. */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/deep/**'],
    environment: 'node',
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 300_000,
    globalSetup: ['test/support/installRuntime.ts'],
    reporters: ['default', './test/support/countReporter.ts'],
    // Pinned threads: runs repeat bit for bit. Level 2: warnings of the library stay out of the test output.
    env: { TF_CPP_MIN_LOG_LEVEL: '2', TF_NUM_INTRAOP_THREADS: '1', TF_NUM_INTEROP_THREADS: '1' },
  },
});
