import { defineConfig } from 'vitest/config';
import { readOutcome } from './support/outcome.ts';
import ordinary from './vitest.config.ts';

const { projects: _all, ...ordinaryTest } = ordinary.test ?? {};
const { leftOut } = readOutcome(process.env['AUXLAB_TEST_EARLIER'] ?? '');
const quoted = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The tests alone that a run before this one left out: the file that AUXLAB_TEST_EARLIER names holds them, as countReporter.ts wrote it. */
export default defineConfig({
  ...ordinary,
  test: {
    ...ordinaryTest,
    include: [...new Set(leftOut.map(({ file }) => file))],
    testNamePattern: new RegExp(`^(${leftOut.map(({ name }) => quoted(name)).join('|')})$`),
    fileParallelism: false,
    passWithNoTests: true,
  },
});
