/** Several files that were dropped together: the training, validation and test rows of one data set, told by their names. Pure. */
import { splitOfFile, withoutSplit, type SplitName } from '../../src-main/contract/splitWords.ts';
import type { PickedFile } from './files.ts';

export type DroppedParts = Readonly<Partial<Record<SplitName, PickedFile>>> & { readonly train: PickedFile };

/** @returns null when they are folders, when a name tells no part or the part of another, or when none is to be learned from */
export function partsOfDrop(files: readonly PickedFile[]): DroppedParts | null {
  if (files.length < 2 || files.some(({ path }) => path.includes('/'))) return null;
  const parts: Partial<Record<SplitName, PickedFile>> = {};
  for (const file of files) {
    const split = splitOfFile(file.path);
    if (split === null || parts[split] !== undefined) return null;
    parts[split] = file;
  }
  const isOne = new Set(files.map(({ path }) => withoutSplit(path.replace(/\.[^.]*$/, '')))).size === 1;
  const { train } = parts;
  return isOne && train !== undefined ? { ...parts, train } : null;
}
