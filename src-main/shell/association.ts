/** What it is to tie .auxlab files to a program: the same on every system. */
import type { CallOutput } from '../contract/calls.ts';
import type { Command } from './fileAssociation.ts';

export type Association = CallOutput<'host.association'>;

export interface Associations {
  /** What the system itself would do with such a file, not what was once asked of it. */
  state(): Promise<Association>;
  /** @throws LabError when a file or the registry cannot be changed */
  set(isOn: boolean): Promise<Association>;
}

export interface Place {
  readonly platform: NodeJS.Platform;
  readonly environment: NodeJS.ProcessEnv;
  readonly userFolder: string;
  readonly command: Command; // starts this program again
}
