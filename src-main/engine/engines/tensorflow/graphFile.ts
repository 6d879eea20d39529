/** A recorded graph as a file, so that one process records and others load. It is a cache that anybody may have written: what does not hold in every respect
 *  is recorded again, without a word.
 *  Layout: that of sealedFile.ts, with the saved model as the content. */
import { readFileSync, statSync } from 'node:fs';
import { asGraphHeader, graphFormat } from '../../../contract/graphHeader.ts';
import type { RecordedGraph } from './recordedGraph.ts';
import { openSealed, writeSealed } from '../../sealedFile.ts';

const letters = 'AUXGRAPH';
const mostBytes = 64 * 2 ** 20; // the largest graph of the built-in networks has under two million

/** @param signature what the graph was recorded from (graphSignature.ts)
 *  @throws LabError store when it cannot be written */
export function writeGraph(file: string, signature: string, { model, names }: RecordedGraph): void {
  writeSealed(file, letters, { format: graphFormat, signature, ...names }, [model], 'recorded graph');
}

/** @returns null when there is no file, it is damaged or too large, or was recorded from something else */
export function readGraph(file: string, signature: string): RecordedGraph | null {
  const bytes = contentOf(file);
  const opened = bytes === null ? 'missing' : openSealed(bytes, letters, 'recorded graph');
  if (typeof opened === 'string') return null;
  const header = asGraphHeader(opened.header);
  if (header?.signature !== signature) return null;
  return { model: opened.content, names: { computations: header.computations, state: header.state } };
}

function contentOf(file: string): Buffer | null {
  try {
    return statSync(file).size > mostBytes ? null : readFileSync(file);
  } catch {
    return null; // there is none, or it cannot be read
  }
}
