/** Runs once before the suite: finds the TensorFlow runtime that the engine tests train with, and installs it the first time as a user's first run would. Where
 *  none can be had, the suite goes on without: tensorFlow.ts then leaves out what needs one. */
import { auxlabHome } from '../../src-main/runtime/home.ts';
import { ensureRuntime, noRuntime } from '../../src-main/runtime/registry.ts';

export default async function installRuntime(): Promise<void> {
  const home = auxlabHome(process.env, process.platform);
  let said = '';
  const { runtime, reason } = await ensureRuntime({
    home,
    onProgress: ({ phase, message }) => {
      if (phase === said) return;
      said = phase;
      process.stderr.write(`${message}\n`);
    },
  });
  // Test files and the commands that they start inherit both: what could not be installed once is not tried again by each of them.
  process.env['AUXLAB_RUNTIME'] = runtime?.folder ?? noRuntime;
  process.env['AUXLAB_TEST_NO_RUNTIME'] = reason ?? '';
}
