/** What package.json's scripts run through: a program, or in one word a line for the shell, with the Node that came with the package first on the PATH and the
 *  package's tools after it. Which Node and npm a machine has makes no difference then. Plain JavaScript that also Node 18 reads. */
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundledNode, runsTypeScript } from '../runtime/bundledNode.js';
import { refuse, startChild } from './startChild.js';

const packageFolder = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const [program = '', ...words] = process.argv.slice(2);
const node = bundledNode(packageFolder) ?? (runsTypeScript(process.versions.node) ? process.execPath : null);

if (node === null) refuse();
else {
  const name = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH'; // Windows has it as Path
  const path = [dirname(node), join(packageFolder, 'node_modules', '.bin'), process.env[name] ?? ''].join(delimiter);
  const options = { env: { ...process.env, [name]: path } };
  if (program === 'node') startChild(node, words, options);
  else if (process.platform === 'win32') startChild([program, ...words.map((word) => `"${word}"`)].join(' '), [], { ...options, shell: true });
  else startChild('/bin/sh', ['-c', `${program} "$@"`, 'sh', ...words], options);
}
