/** What the desktop shell's preload script hands to the page as window.auxlab. In a browser there is none, and the page connects by socket.ts. */
import type { Transport } from './client.ts';

export interface Bridge extends Transport {
  /** The path of a file or folder that was dropped or picked.  @param file a File of the page's own  @returns '' for one that lies on no disk */
  pathOf(file: unknown): string;
}
