import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { testMs } from './support/patience.ts';

/** Rules about the code itself: which layer may import what, what the documentation must name. Needs no runtime. */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: { include: ['test/layers.test.ts', 'test/docs.test.ts', 'test/sources.test.ts'], environment: 'node', testTimeout: testMs },
});
