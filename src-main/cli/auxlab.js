#!/usr/bin/env node
/** Starts the command line on a Node that runs TypeScript as it is: this process's own, or the one that came with the package.
 *  Plain JavaScript that also Node 18 reads. */
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundledNode, runsTypeScript } from '../runtime/bundledNode.js';
import { refuse, startChild } from './startChild.js';

const here = dirname(fileURLToPath(import.meta.url));
const main = join(here, 'main.ts');

if (runsTypeScript(process.versions.node)) {
  process.removeAllListeners('warning'); // "type stripping is experimental" on Node 22 and 23
  await import(pathToFileURL(main).href);
} else {
  const node = bundledNode(here);
  if (node === null) refuse();
  else startChild(node, ['--disable-warning=ExperimentalWarning', main, ...process.argv.slice(2)]);
}
