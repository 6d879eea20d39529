/** The thread of factsBeside.ts: finds the facts of the columns that it is sent. Wiring only. */
import { parentPort } from 'node:worker_threads';
import type { DataColumn } from './dataset.ts';
import { factsOf } from './facts.ts';

parentPort?.on('message', (columns: readonly DataColumn[]) => parentPort?.postMessage(columns.map(factsOf)));
