/** What can be timed of a source: looks of the command line, our reader alone, and peers. Each is a process of its own. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ReadOptions } from '../../../src-main/formats/format.ts';
import type { Turn } from './race.ts';

const main = fileURLToPath(new URL('../../../src-main/cli/main.ts', import.meta.url));
const reading = fileURLToPath(new URL('reading.ts', import.meta.url));
const peersFile = fileURLToPath(new URL('peers.py', import.meta.url));

export const looks = {
  first: 'first look, whole process',
  used: 'first look, in a used data directory',
  second: 'second look, whole process',
  reading: 'our reader alone',
} as const;

/** The first look at a source with a data directory that was not there before, which compiles the program too; the second one with the same; and the first one
 *  with a directory in which another file was looked at before.
 *  @param scratch where data directories may lie   @param small another file   @param words further ones of `data inspect` */
export function lookTurn(scratch: string, path: string, small: string, words: readonly string[] = []): Turn {
  return () => {
    const [home, used] = [mkdtempSync(join(scratch, 'home-')), mkdtempSync(join(scratch, 'home-'))];
    try {
      const first = lookSeconds(home, path, words);
      lookSeconds(used, small, []);
      return { [looks.first]: first, [looks.used]: lookSeconds(used, path, words), [looks.second]: lookSeconds(home, path, words) };
    } finally {
      for (const folder of [home, used]) rmSync(folder, { recursive: true, force: true });
    }
  };
}

/** What every look costs besides its data: the second one at a table of few rows.  @param path of such a table */
export function startTurn(scratch: string, path: string): Turn {
  const home = mkdtempSync(join(scratch, 'home-'));
  lookSeconds(home, path, []);
  return () => ({ [startName]: lookSeconds(home, path, []) });
}

export const startName = 'the start: a second look at three rows';

/** Our reader in a process that does nothing else, from the call to its answer. */
export function readingTurn(scratch: string, path: string, options: ReadOptions = {}): Turn {
  return () => {
    const room = mkdtempSync(join(scratch, 'room-'));
    try {
      const { seconds } = answerOf(process.execPath, ['--disable-warning=ExperimentalWarning', reading, path, room, JSON.stringify(options)]);
      return { [looks.reading]: seconds };
    } finally {
      rmSync(room, { recursive: true, force: true });
    }
  };
}

export type Peer = 'pandas' | 'polars' | 'numpy' | 'pillow';

export interface Peers {
  readonly python: string | null;
  readonly has: ReadonlySet<string>;
  readonly skipped: readonly string[]; // sentences
}

/** Asks the Python that AUXLAB_PEER_PYTHON names which peers it has. */
export function findPeers(python: string | undefined = process.env['AUXLAB_PEER_PYTHON']): Peers {
  const all: readonly Peer[] = ['pandas', 'polars', 'numpy', 'pillow'];
  if (python === undefined)
    return { python: null, has: new Set(), skipped: [`Left out: ${all.join(', ')}. AUXLAB_PEER_PYTHON names no Python that has them.`] };
  const asked = spawnSync(python, [peersFile, 'versions'], { encoding: 'utf8' });
  if (asked.status !== 0) throw new Error(`AUXLAB_PEER_PYTHON does not work: ${asked.error?.message ?? asked.stderr.trim()}`);
  const versions = JSON.parse(asked.stdout) as Readonly<Record<string, string>>; // peers.py's own
  const missing = all.filter((peer) => versions[peer] === undefined);
  const said = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const skipped = missing.length > 0 ? [`Left out: ${missing.join(', ')}. The Python of AUXLAB_PEER_PYTHON does not have them.`] : [];
  return { python, has: new Set(Object.keys(versions)), skipped: [...skipped, `Peers: ${said.join(', ')}.`] };
}

/** A peer's own work, without the start of Python and the import, and its whole process.
 *  @param name how the figure is called   @param words what peers.py is to do    @returns nothing where the peer is not there */
export function peerTurns({ python, has }: Peers, peer: Peer, name: string, words: readonly string[]): Turn[] {
  if (python === null || !has.has(peer)) return [];
  return [
    () => {
      const startedAt = performance.now();
      const { seconds } = answerOf(python, [peersFile, ...words]);
      return { [name]: seconds, [`${name}, whole process`]: (performance.now() - startedAt) / 1000 };
    },
  ];
}

function lookSeconds(home: string, path: string, words: readonly string[]): number {
  const startedAt = performance.now();
  const args = ['--disable-warning=ExperimentalWarning', main, 'data', 'inspect', path, ...words];
  const done = spawnSync(process.execPath, args, { env: { ...process.env, AUXLAB_HOME: home, NODE_COMPILE_CACHE: '' }, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`data inspect ${path} ended with ${done.status ?? String(done.signal)}: ${done.stderr.trim()}`);
  return (performance.now() - startedAt) / 1000;
}

function answerOf(command: string, args: readonly string[]): { readonly seconds: number } {
  const done = spawnSync(command, [...args], { encoding: 'utf8' });
  const line = done.stdout.trim().split('\n').at(-1);
  if (done.status !== 0 || line === undefined) throw new Error(`${args.join(' ')} failed: ${done.stderr.trim().split('\n').slice(-3).join(' ')}`);
  return JSON.parse(line) as { readonly seconds: number }; // what our own scripts print
}
