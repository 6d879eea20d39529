import { defineConfig } from 'vitest/config';

/** The ordinary suite. Files run one after the other: engine tests time things and use both cores themselves. */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/deep/**'],
    environment: 'node',
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 120_000,
    env: { TF_CPP_MIN_LOG_LEVEL: '2', TF_NUM_INTRAOP_THREADS: '1', TF_NUM_INTEROP_THREADS: '1' }, // pinned threads: runs repeat bit for bit
    hookTimeout: 300_000,
  },
});
