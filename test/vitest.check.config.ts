import { defineConfig } from 'vitest/config';

/** Rules about the code itself: which layer may import what, what the documentation must name. Needs no runtime. */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: { include: ['test/layers.test.ts', 'test/docs.test.ts'], environment: 'node' },
});
