/** Where the lab's own files lie. The one place that makes paths of names: what does not stay in its folder is refused, wherever the name came from. */
import { join, resolve, sep } from 'node:path';
import { LabError } from '../contract/errors.ts';

/** Letters, digits, dots, hyphens and underscores; no folder, no hidden file, no trailing dot, nothing that Windows takes for a device. */
const plainName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,239}$/;
const device = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** A file or folder directly below `folder`.  @throws LabError store for a name that is none */
export function inside(folder: string, name: string): string {
  const path = resolve(folder, name);
  const isPlain = plainName.test(name) && !name.endsWith('.') && !device.test(name);
  if (isPlain && path === join(resolve(folder), name) && path.startsWith(resolve(folder) + sep)) return path;
  throw new LabError('store', `${JSON.stringify(name.slice(0, 100))} cannot be the name of a file in ${folder}: letters, digits, dots and hyphens only.`);
}

/** A prepared data set.  @param digest SHA-256 of its content */
export function datasetFolder(home: string, digest: string): string {
  return inside(join(home, 'datasets'), digest);
}

/** What is remembered of a source that was read.  @param key SHA-256 of how it is read */
export function sourceFile(home: string, key: string): string {
  return inside(join(home, 'datasets', 'sources'), `${key}.json`);
}

/** @param folder of the plans   @param id of the experiment */
export function planFile(folder: string, id: string): string {
  return inside(folder, `${id}.json`);
}

/** @param home the data directory */
export function plansFolder(home: string): string {
  return join(home, 'plans');
}

/** Where an experiment's report lies unless another file is named. */
export function reportFile(home: string, id: string): string {
  return inside(join(home, 'reports'), `${id}.html`);
}

/** A recorded graph.  @param folder of the graphs   @param key by which runs of one form share it */
export function graphFile(folder: string, key: string): string {
  return inside(folder, `${key}.graph`);
}

export function checkpointName(run: string): string {
  return `${run}.ckpt`;
}

/** @param folder of the checkpoints   @param run its name */
export function checkpointFile(folder: string, run: string): string {
  return inside(folder, checkpointName(run));
}

/** @param folder of the weights   @param run its name */
export function weightsFile(folder: string, run: string): string {
  return inside(folder, `${run}.npz`);
}
