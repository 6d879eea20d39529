/** What a recorded graph follows from, as a hash: two engines with the same one record the same graph. Values of the state and places of files are no part. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { graphFormat } from '../../../contract/graphHeader.ts';
import type { Backend } from '../backend.ts';
import type { EngineSpec } from '../engine.ts';
import type { RunJob } from '../../protocol.ts';

const recordingFolders = ['engine', 'methods', 'networks', 'tasks', 'vocabulary'] as const; // of src-main
const sources = path.join(import.meta.dirname, '..', '..', '..');
let digest: string | null = null;

/** What of a job shapes the computations without being seen in what they declare. */
export function graphOrigin({ network, tasks, method, training }: Pick<RunJob, 'network' | 'tasks' | 'method' | 'training'>): object {
  const { learningRate: _, ...optimizer } = training.optimizer;
  return {
    network,
    tasks: tasks.map(({ id, kind, depth, loss, lossParams }) => ({ id, kind, depth, loss, lossParams })),
    method, // its formula
    optimizer,
    clipNorm: training.clipNorm ?? null,
  };
}

/** @param origin plain JSON: graphOrigin, of a run     @returns SHA-256, hex */
export function graphSignature({ tf, version }: Backend, { computations, state, trainable }: EngineSpec, origin: unknown): string {
  const declared = {
    computations: computations.map(({ name, feeds, outputs }) => ({ name, feeds: Object.entries(feeds), outputs: Object.entries(outputs) })),
    state: [[...state.kept], [...state.scratch]],
    trainable: trainable.map(({ path: name, role }) => [name, role]),
  };
  return createHash('sha256')
    .update(JSON.stringify({ format: graphFormat, tensorFlow: version, tfjs: tf.version_core, code: codeDigest(), origin, ...declared }))
    .digest('hex');
}

/** Of all code that takes part in a recording: a graph of other code is another graph. Once a process. */
function codeDigest(): string {
  if (digest !== null) return digest;
  const hash = createHash('sha256');
  for (const folder of recordingFolders) {
    const root = path.join(sources, folder);
    for (const name of readdirSync(root, { recursive: true, encoding: 'utf8' }).sort())
      if (/\.[cm]?[jt]s$/.test(name)) hash.update(`${folder}/${name}\n`).update(readFileSync(path.join(root, name)));
  }
  return (digest = hash.digest('hex'));
}
