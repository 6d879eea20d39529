/** Files that the program is opened with: by the command line, an icon, an association, or a second start. They wait until the page takes them. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

export interface OpenedFiles {
  /** @param paths absolute */
  add(paths: readonly string[]): void;
  /** Gives them out once. */
  take(): string[];
}

const most = 20;

/** @param onAdded told with everything that waits */
export function openedFiles(onAdded: (paths: readonly string[]) => void): OpenedFiles {
  let waiting: string[] = [];
  return {
    add(paths) {
      if (paths.length === 0) return;
      waiting = [...new Set([...waiting, ...paths])].slice(-most);
      onAdded(waiting);
    },
    take() {
      const taken = waiting;
      waiting = [];
      return taken;
    },
  };
}

/** The files and folders among the words of a command line; options, and what is not there, are left out.
 *  @param words without the program and the app's own folder   @param folder where relative paths start */
export function pathsAmong(words: readonly string[], folder: string): string[] {
  return words
    .filter((word) => word !== '' && !word.startsWith('-') && !/^[a-z][a-z0-9+.-]+:\/\//i.test(word))
    .map((word) => resolve(folder, word)) // also takes a slash off a folder's end
    .filter((path) => existsSync(path));
}
