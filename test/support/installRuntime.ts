/** Runs once before the suite: finds the TensorFlow runtime that the engine tests train with, and installs it the first time as a user's first run would. */
import { auxlabHome } from '../../src-main/runtime/home.ts';
import { ensureRuntime } from '../../src-main/runtime/registry.ts';

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
  if (runtime === null) throw new Error(`The engine tests need a TensorFlow runtime: ${reason}`);
  process.env['AUXLAB_RUNTIME'] = runtime.folder; // test files and the commands they start inherit it
}
