import { defineConfig, mergeConfig } from 'vitest/config';
import suite from './vitest.config.ts';

/** Long campaigns: many kills, many steps. Run by hand with `npm run test:deep`. */
export default mergeConfig(suite, defineConfig({ test: { include: ['test/deep/**/*.test.ts'], exclude: [], testTimeout: 3_600_000 } }));
