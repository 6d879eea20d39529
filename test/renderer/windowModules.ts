/** Compiles modules of the window as its build does, so that tests use the components and state classes themselves. */
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { createServer } from 'vite';
import { afterAll } from 'vitest';
import { temporaryFolders } from '../support/temporary.ts';

/** For a test file's beginning: what it opens is closed after that file.
 *  @returns loads a package or, with a leading slash, a module below src-renderer; effects do not run, and svelte/server makes text of markup */
export async function windowModules(): Promise<<T>(path: string) => Promise<T>> {
  const server = await createServer({
    configFile: false,
    root: fileURLToPath(new URL('../../src-renderer', import.meta.url)),
    cacheDir: temporaryFolders()(),
    logLevel: 'error',
    plugins: [svelte({ configFile: false, prebundleSvelteLibraries: false, compilerOptions: { runes: true, dev: false } })],
    server: { middlewareMode: true, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
  });
  afterAll(() => server.close());
  return async <T>(path: string): Promise<T> => (await server.ssrLoadModule(path)) as T; // the caller names the module's own type
}
