/** The command line's entry. Switches Node's cache of compiled code on, which makes short commands three times as fast, and starts the program. */
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { auxlabHome } from '../runtime/home.ts';
import { makeHome } from '../runtime/homeFolder.ts';

const home = auxlabHome(process.env, process.platform);
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
