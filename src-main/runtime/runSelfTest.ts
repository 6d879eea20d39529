/** Starts the self-test of a runtime in a child process and reads its verdict. */
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import type { Variant } from './catalog.ts';
import { lastLines, runChild } from './child.ts';
import type { Environment } from './home.ts';
import { SelfTestResult } from './record.ts';

export interface SelfTestOptions {
  readonly env: Environment;
  readonly signal?: AbortSignal | undefined;
}

/** How a runtime is tested; a host that cannot start Node (a packaged window) brings its own. */
export type SelfTestRunner = (runtimeFolder: string, variant: Variant, options: SelfTestOptions) => Promise<SelfTestResult>;

const timeoutMs = 180_000; // the first start on a GPU compiles kernels

/** A child that crashes, hangs or says nothing is a failed test with its last words as the reason. */
export const runSelfTest: SelfTestRunner = async (runtimeFolder, variant, { env, signal }) => {
  const started = performance.now();
  const entry = fileURLToPath(new URL('selfTest.ts', import.meta.url));
  const args = ['--disable-warning=ExperimentalWarning', entry, runtimeFolder, variant];
  const child = await runChild(process.execPath, args, { env: { ...env, TF_CPP_MIN_LOG_LEVEL: '1' }, signal, timeoutMs });
  const answer = child === null ? null : readAnswer(child.stdout);
  if (child?.code === 0 && answer !== null) return answer;
  const end =
    child === null
      ? `${process.execPath} cannot be started`
      : child.signal !== null
        ? `the test process was ended by ${child.signal}`
        : `the test process ended with code ${child.code}`;
  const words = child === null ? '' : lastLines(child.stderr, 3);
  const durationMs = Math.round(performance.now() - started);
  return {
    passed: false,
    at: new Date().toISOString(),
    durationMs,
    version: '',
    device: 'unknown',
    checks: [],
    reason: words === '' ? end : `${end}: ${words}`,
  };
};

/** Libraries may print lines of their own before the answer. */
function readAnswer(stdout: string): SelfTestResult | null {
  const line = stdout.trimEnd().split('\n').at(-1) ?? '';
  try {
    return v.parse(SelfTestResult, JSON.parse(line));
  } catch {
    return null; // told as "ended with code ..." with the child's last words
  }
}
