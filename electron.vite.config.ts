/** Builds the desktop app: main and preload as CommonJS with nothing left outside but Electron, the window as static files. */
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';

const commonJs = (name: string) => ({ format: 'cjs', entryFileNames: `${name}.cjs` }) as const;

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      externalizeDeps: false,
      target: 'node18',
      rollupOptions: { input: 'src-main/shell/main.ts', external: ['electron'], output: commonJs('main') },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      target: 'node18',
      rollupOptions: { input: 'src-main/shell/preload.ts', external: ['electron'], output: commonJs('preload') },
    },
  },
  renderer: {
    root: 'src-renderer',
    plugins: [svelte({ configFile: false, compilerOptions: { runes: true } })],
    build: {
      outDir: 'out/renderer',
      target: 'chrome114', // Electron 25; newer ones understand it too
      modulePreload: { polyfill: false }, // every Chromium has it, and the polyfill would be an inline fetch
      rollupOptions: { input: 'src-renderer/index.html' },
    },
  },
});
