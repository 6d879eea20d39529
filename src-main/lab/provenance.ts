/** What makes an experiment repeatable, written down before it runs. */
import { cpus } from 'node:os';
import { readFileSync } from 'node:fs';
import type { Provenance } from '../contract/results.ts';
import type { SettledDesign } from './design.ts';

/** @param planFile the absolute path of the stored plan */
export function provenanceOf(design: SettledDesign, seeds: readonly number[], planFile: string, now: Date): Provenance {
  return {
    auxlab: programVersion(),
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    created: now.toISOString(),
    data: { source: design.data.source, digest: design.data.digest, rows: design.data.rows, split: design.parts },
    seeds: [...seeds],
    command: `auxlab run ${quoted(planFile)}`,
    environment: design.environment,
  };
}

export function programVersion(): string {
  const content: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  return typeof content === 'object' && content !== null && 'version' in content ? String(content.version) : 'unknown';
}

/** A path as a POSIX shell takes it. */
function quoted(path: string): string {
  return /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}
