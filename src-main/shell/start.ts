/** `npm start`: builds what is missing or old, fetches Electron's binary when the package has none, and opens the window. Where no window can be had it says
 *  why and serves the same interface to a browser. Runs in Node, not in Electron. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LabError } from '../contract/errors.ts';
import { auxlabHome } from '../runtime/home.ts';
import { ensureBuilt, pageFolder, runNode } from '../serve/builtPage.ts';
import { serveLab } from '../serve/serveLab.ts';
import { electronFile, electronVersion, windowObstacle } from './readiness.ts';

const packageFolder = fileURLToPath(new URL('../..', import.meta.url));
const options = process.argv.slice(2);
const say = (sentence: string): void => void process.stderr.write(`${sentence}\n`);

try {
  process.exitCode = await start();
} catch (error) {
  if (!(error instanceof LabError)) throw error;
  say(`auxlab: ${error.message}`);
  process.exitCode = 2;
}

async function start(): Promise<number> {
  const obstacle = windowObstacle(process.env, process.platform, process.getuid?.(), options);
  const electron = obstacle === null ? await findElectron() : { missing: obstacle };
  await ensureBuilt(packageFolder, say);
  if ('missing' in electron) return serveInstead(electron.missing);
  const child = spawn(electron.file, [...options, packageFolder], { stdio: 'inherit', windowsHide: false });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(new LabError('bad-input', `${electron.file} does not start: ${error.message}`, { cause: error })));
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** @param why a sentence */
async function serveInstead(why: string): Promise<number> {
  say(why);
  const lab = await serveLab({ home: auxlabHome(process.env, process.platform), page: pageFolder(packageFolder), desk: { onNote: say } });
  process.stdout.write(`${lab.address}\n`);
  say('Open this address in a browser on this computer. Whoever has it can use the lab. Ctrl+C ends it.');
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
  say('Ending; runs in training write their checkpoints first.');
  await lab.close();
  return 0;
}

/** Electron's package has no install script; its binary is fetched when it is first needed. */
async function findElectron(): Promise<{ readonly file: string } | { readonly missing: string }> {
  const find = (): ReturnType<typeof electronFile> => electronFile(packageFolder, process.env, process.platform);
  const found = find();
  if (found.isThere) return found;
  if ((process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? '') !== '')
    return { missing: `ELECTRON_OVERRIDE_DIST_PATH is set, but there is no ${found.file}. So the interface is served to a browser instead.` };
  say(`Fetching Electron ${electronVersion(packageFolder)}, once`);
  const { text } = await runNode(packageFolder, join('electron', 'install.js'), []);
  if (find().isThere) return found;
  const reason = text.split('\n').find((line) => /error/i.test(line)) ?? 'it gave no reason';
  return {
    missing:
      `Electron's binary is missing and could not be fetched (${reason.trim()}). ` +
      'So the interface is served to a browser instead; a folder with the binary can be named in ELECTRON_OVERRIDE_DIST_PATH.',
  };
}
