/** Compiles modules of the window as its build does, so that tests use the components and state classes themselves. */
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { createServer } from 'vite';
import { afterAll } from 'vitest';

/** @returns loads a module below src-renderer; markup is rendered to text with svelte/server, effects do not run */
export async function windowModules(): Promise<<T>(path: string) => Promise<T>> {
  const server = await createServer({
    configFile: false,
    root: fileURLToPath(new URL('../../src-renderer', import.meta.url)),
    logLevel: 'error',
    plugins: [svelte({ configFile: false, compilerOptions: { runes: true } })],
    server: { middlewareMode: true, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
  });
  afterAll(() => server.close());
  return async <T>(path: string): Promise<T> => (await server.ssrLoadModule(`/${path}`)) as T; // the caller names the module's own type
}
