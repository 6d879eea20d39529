import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Long campaigns: many kills, many steps. Run by hand with `npm run test:deep`. */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: ['test/deep/**/*.test.ts'],
    environment: 'node',
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 3_600_000,
    globalSetup: ['test/support/installRuntime.ts'],
    reporters: ['default', './test/support/countReporter.ts'],
    env: { TF_CPP_MIN_LOG_LEVEL: '2', TF_NUM_INTRAOP_THREADS: '1', TF_NUM_INTEROP_THREADS: '1' },
  },
});
