/** What each part of the data benchmark gets and gives. */
import type { Measured } from './race.ts';
import type { Peers } from './turns.ts';

export interface PartOrder {
  readonly scratch: string; // a folder for made data and data directories, removed after all
  readonly rounds: number;
  readonly scale: number; // 1: the sizes that are named; less for a quick look
  readonly peers: Peers;
  readonly say: (line: string) => void;
}

/** Prints as it measures.  @returns figures by case */
export type Part = (order: PartOrder) => Promise<Readonly<Record<string, readonly Measured[]>>>;

/** A whole number of rows or pictures. */
export function scaled(count: number, scale: number): number {
  return Math.max(60, Math.round(count * scale));
}

/** '44.0 MB' */
export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
