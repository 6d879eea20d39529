/** How the desk speaks to whoever listens: events of the contract, as the handlers write them. */
import type { LabEvent } from '../../contract/calls.ts';

/** What is told is never changed afterwards, so it may be read-only all the way down. */
export type Told<T> = T extends readonly (infer Entry)[] ? readonly Told<Entry>[] : T extends object ? { readonly [K in keyof T]: Told<T[K]> } : T;

export type Emit = (event: Told<LabEvent>) => void;
