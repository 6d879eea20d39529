/** Writes a prepared data set to disk, whole or not at all. What lies there and how it is read: preparedFolder.ts. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { DatasetFacts } from '../contract/datasetFacts.ts';
import type { DatasetHeader } from '../contract/datasetHeader.ts';
import { LabError } from '../contract/errors.ts';
import { isBytes, mostInMemory } from '../formats/numbers/numbers.ts';
import { writeCells } from './cellsFile.ts';
import { numbersOf } from './columns.ts';
import { repeatedRows } from './duplicates.ts';
import { factsOf } from './facts.ts';
import { syncFolder, takeOver, writeNumbers } from './numberFiles.ts';
import { bytesOfColumns, files, holdsContent } from './preparedFolder.ts';
import { resolveRoles } from './roles.ts';
import type { PreparedDataset } from './dataset.ts';

const leftoverMs = 60 * 60_000; // no data set takes an hour between two files

/** Writes the data set into `folder`; a folder that already holds the same content is left as it is.
 *  @param most bytes of columns from which on they are written by rows too, for a training that cannot hold them
 *  @throws LabError store when it cannot be written (disk full, no permission); nothing half-written remains */
export function writePrepared(dataset: PreparedDataset, folder: string, most = mostInMemory): void {
  beginPrepared(dataset, folder, most).finish();
}

/** A data set whose numbers are on the disk and whose facts are not known yet. */
export interface BegunFolder {
  /** Writes the rest, and gives the folder its name. @throws LabError store */
  finish(): void;
  /** Leaves nothing behind. */
  abandon(): void;
}

/** As writePrepared, but for the facts, which may be found out in the meantime. */
export function beginPrepared(dataset: PreparedDataset, folder: string, most = mostInMemory): BegunFolder {
  let temporary: string | null = null;
  let cells: string | null = null;
  const abandon = (): void => {
    if (temporary !== null) rmSync(temporary, { recursive: true, force: true });
  };
  const guarded = (step: () => void): void => {
    try {
      step();
    } catch (error) {
      abandon();
      if (holdsContent(folder, dataset.digest)) return; // another process wrote the same content first
      const isFull = error instanceof Error && 'code' in error && error.code === 'ENOSPC';
      const why = isFull ? 'the disk is full' : error instanceof Error ? error.message : String(error);
      throw new LabError('store', `The prepared data set cannot be written to ${folder}: ${why}.`, { cause: error });
    }
  };
  guarded(() => {
    if (holdsContent(folder, dataset.digest)) return;
    mkdirSync(dirname(folder), { recursive: true });
    removeLeftovers(folder);
    temporary = mkdtempSync(`${folder}.partial-${process.pid}-`);
    writeNumbers(join(temporary, files.columns), dataset.columns.map(numbersOf), 8);
    if (dataset.array?.kind === 'sequence') writeNumbers(join(temporary, files.lengths), [dataset.array.lengths]);
    if (dataset.array !== null) takeOver(join(temporary, files.array), dataset.array.values);
    cells = isLarge(dataset, most) ? writeCells(join(temporary, files.cells), dataset) : null;
  });
  return {
    abandon,
    finish: () =>
      guarded(() => {
        if (temporary === null || !existsSync(temporary)) return; // it was there already
        writeText(join(temporary, files.header), JSON.stringify({ ...headerOf(dataset), ...(cells !== null && { cells }) }));
        writeText(join(temporary, files.facts), JSON.stringify(factsFile(dataset)));
        syncFolder(temporary);
        if (existsSync(folder)) rmSync(folder, { recursive: true, force: true }); // it does not hold this digest, so it is damaged or of another version
        renameSync(temporary, folder);
        syncFolder(dirname(folder));
      }),
  };
}

/** Pictures and series are inputs by themselves, whatever columns stand beside them. */
function isLarge({ columns, rows, array }: PreparedDataset, most: number): boolean {
  return (array === null || array.kind === 'vector') && columns.length > 0 && bytesOfColumns(columns, rows) > most;
}

/** What processes that were killed while they wrote this data set left behind. */
function removeLeftovers(folder: string): void {
  const start = `${basename(folder)}.partial-`;
  for (const name of readdirSync(dirname(folder))) {
    const path = join(dirname(folder), name);
    const status = name.startsWith(start) ? statSync(path, { throwIfNoEntry: false }) : undefined;
    if (status !== undefined && Date.now() - status.mtimeMs > leftoverMs) rmSync(path, { recursive: true, force: true });
  }
}

function writeText(path: string, text: string): void {
  writeNumbers(path, [new TextEncoder().encode(text)]);
}

function factsFile(dataset: PreparedDataset): DatasetFacts {
  return { format: 'auxlab-facts/1', columns: dataset.columns.map(factsOf), repeated: repeatedRows(dataset, resolveRoles(dataset, {})) };
}

function headerOf(dataset: PreparedDataset): DatasetHeader {
  const { array } = dataset;
  return {
    format: 'auxlab-dataset/1',
    name: dataset.name,
    source: dataset.source,
    sourceFormat: dataset.format,
    digest: dataset.digest,
    rows: dataset.rows,
    notes: [...dataset.notes],
    columns: dataset.columns.map((column) =>
      column.kind === 'class' ? { name: column.name, kind: 'class', classes: [...column.classes] } : { name: column.name, kind: column.kind },
    ),
    array:
      array === null
        ? null
        : array.kind === 'image'
          ? {
              kind: 'image',
              height: array.height,
              width: array.width,
              channels: array.channels,
              type: isBytes(array.values) ? 'uint8' : 'float32',
              ...(array.scale !== undefined && { scale: array.scale }),
            }
          : array.kind === 'sequence'
            ? { kind: 'sequence', features: array.features, maxLength: array.maxLength, steps: array.values.length / array.features }
            : { kind: 'vector', features: array.features },
  };
}
