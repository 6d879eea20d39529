/** `npm start`: builds what is missing or old, fetches Electron's binary when the package has none, and opens the window. Runs in Node, not in Electron. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LabError } from '../contract/errors.ts';
import { ensureBuilt, runNode } from '../serve/builtPage.ts';
import { electronFile, electronVersion, windowObstacle } from './readiness.ts';

const packageFolder = fileURLToPath(new URL('../..', import.meta.url));
const options = process.argv.slice(2);

try {
  process.exitCode = await start();
} catch (error) {
  if (!(error instanceof LabError)) throw error;
  process.stderr.write(`auxlab: ${error.message}\n`);
  process.exitCode = 2;
}

async function start(): Promise<number> {
  const obstacle = windowObstacle(process.env, process.platform, process.getuid?.(), options);
  if (obstacle !== null) throw new LabError('bad-input', obstacle);
  const electron = await findElectron();
  await ensureBuilt(packageFolder, (sentence) => void process.stderr.write(`${sentence}\n`));
  const child = spawn(electron, [...options, packageFolder], { stdio: 'inherit', windowsHide: false });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(new LabError('bad-input', `${electron} does not start: ${error.message}`, { cause: error })));
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** Electron's package has no install script; its binary is fetched when it is first needed.  @throws LabError bad-input */
async function findElectron(): Promise<string> {
  const find = (): ReturnType<typeof electronFile> => electronFile(packageFolder, process.env, process.platform);
  const found = find();
  if (found.isThere) return found.file;
  if ((process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? '') !== '')
    throw new LabError('bad-input', `ELECTRON_OVERRIDE_DIST_PATH is set, but there is no ${found.file}.`);
  process.stderr.write(`Fetching Electron ${electronVersion(packageFolder)}, once\n`);
  const { text } = await runNode(packageFolder, join('electron', 'install.js'), []);
  if (find().isThere) return found.file;
  const reason = text.split('\n').find((line) => /error/i.test(line)) ?? 'it gave no reason';
  throw new LabError(
    'bad-input',
    `Electron's binary is missing and could not be fetched (${reason.trim()}). Put it somewhere and name its folder in ELECTRON_OVERRIDE_DIST_PATH, or use the command line: npm run auxlab.`,
  );
}
