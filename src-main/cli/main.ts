/** The command line's entry. Switches Node's cache of compiled code on, which makes short commands three times as fast, and starts the program. */
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { LabError } from '../contract/errors.ts';
import { auxlabHome } from '../runtime/home.ts';
import { makeHome } from '../runtime/homeFolder.ts';

const home = findHome();
// Node's own place for the cache lies in a temporary folder that other users of the machine may write to.
if ((process.env['NODE_COMPILE_CACHE'] ?? '') === '') {
  try {
    makeHome(home);
    enableCompileCache(join(home, 'cache', 'code'));
  } catch {
    // Slower, but help works without a data directory; a command that needs one says why there is none.
  }
}
const { start } = await import('./start.ts');
await start(process, home);

/** Before there is a program that could tell it: a user without a home directory is told in the same way. */
function findHome(): string {
  try {
    return auxlabHome(process.env, process.platform);
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return process.exit(2); // exitCode.badInput; that module is loaded later, with the cache on
  }
}
