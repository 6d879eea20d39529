/** Ends the output with what was left out and why, each reason once, and one plain line, 'N passed, N failed', that scripts can read. */
import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { Reporter, TestCase, TestModule, Vitest } from 'vitest/node';
import { readOutcome, writtenLines, type Outcome } from './outcome.ts';

/** A file to write the counts into instead of printing the line: several runs make one sum. */
const countsFile = process.env['AUXLAB_TEST_COUNTS'];
/** Such a file of an earlier run: only what was left out in that one counts. */
const earlierFile = process.env['AUXLAB_TEST_EARLIER'];

export default class CountReporter implements Reporter {
  #root = '';

  onInit(vitest: Vitest): void {
    this.#root = vitest.config.root;
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const outcome: Outcome = { passed: 0, failed: unhandledErrors.length, leftOut: [] };
    const wanted = earlierFile === undefined ? null : new Set(readOutcome(earlierFile).leftOut.map(({ file, name }) => `${file} ${name}`));
    for (const module of modules) {
      const file = relative(this.#root, module.moduleId);
      outcome.failed += module.errors().length; // it did not even load, or what surrounds its tests failed
      for (const suite of module.children.allSuites()) outcome.failed += suite.errors().length;
      for (const test of module.children.allTests()) {
        if (wanted?.has(`${file} ${test.fullName}`) === false) continue;
        const { state } = test.result();
        if (state === 'passed') outcome.passed += 1;
        else if (state === 'failed') outcome.failed += 1;
        else outcome.leftOut.push({ file, name: test.fullName, reason: reasonOf(test) });
      }
    }
    if (countsFile !== undefined) writeFileSync(countsFile, JSON.stringify(outcome));
    else process.stdout.write(`\n${writtenLines(outcome).join('\n')}\n`);
  }
}

function reasonOf(test: TestCase): string {
  const result = test.result();
  return (result.state === 'skipped' ? result.note : undefined) ?? test.meta().leftOut ?? 'They were not asked for, or what prepares them failed.';
}
