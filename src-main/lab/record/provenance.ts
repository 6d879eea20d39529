/** What makes an experiment repeatable, written down before it runs. */
import { cpus } from 'node:os';
import { readFileSync } from 'node:fs';
import { program } from '../../contract/programName.ts';
import { provenanceFormat, type StoredProvenance } from '../../contract/provenance.ts';
import type { SettledDesign } from '../../contract/design.ts';
import { hostVariables } from '../process/environment.ts';

/** @param environment this computer's own */
export function provenanceOf(
  design: SettledDesign,
  seeds: readonly number[],
  environment: Readonly<Record<string, string | undefined>>,
  now: Date,
): StoredProvenance {
  return {
    format: provenanceFormat,
    auxlab: programVersion(),
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    cpu: (cpus()[0]?.model.trim() ?? 'unknown').slice(0, 300),
    created: now.toISOString(),
    data: dataOf(design),
    seeds: [...seeds],
    environment: design.environment,
    host: hostVariables(environment),
  };
}

/** What the design says of the data, as provenance has it. */
export function dataOf({ data, parts }: SettledDesign): StoredProvenance['data'] {
  return { source: data.source, digest: data.digest, rows: data.rows, split: parts };
}

export function programVersion(): string {
  const content: unknown = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));
  return typeof content === 'object' && content !== null && 'version' in content ? String(content.version) : 'unknown';
}

/** The command that runs a plan file again. */
export function runCommand(planFile: string): string {
  return `${program} run ${quoted(planFile)}`;
}

/** A path as a POSIX shell takes it. */
function quoted(path: string): string {
  return /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}
