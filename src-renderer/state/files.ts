/** Files on their way into the window: what was dropped or picked becomes a source that the lab can read. */

/** How this window turns files of the page into a source that the lab can read. */
export interface FileDoor {
  readonly needsContents: boolean; // false: a path is enough, so folders need not be walked through
  /** @param files with their paths below what was dropped: 'cars.csv', 'flowers/rose/1.png'
   *  @throws Error with a sentence when they cannot be handed over */
  sourceOf(files: readonly PickedFile[], onProgress: (fraction: number) => void, signal: AbortSignal): Promise<string>;
}

export interface PickedFile {
  readonly path: string;
  readonly file: File;
}

/** Everything that was dropped, folders walked through when their contents are needed. The items are empty once the event is over, so they are taken first. */
export async function droppedFiles(items: DataTransferItemList, needsContents: boolean): Promise<readonly PickedFile[]> {
  const taken = [...items]
    .filter(({ kind }) => kind === 'file')
    .map((item) => ({ file: item.getAsFile(), entry: needsContents ? item.webkitGetAsEntry() : null }));
  const files: PickedFile[] = [];
  for (const { file, entry } of taken) {
    if (entry !== null) await walk(entry, '', files);
    else if (file !== null) files.push({ path: file.name, file });
  }
  return files;
}

async function walk(entry: FileSystemEntry, above: string, files: PickedFile[]): Promise<void> {
  const path = `${above}${entry.name}`;
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject)); // isFile says so
    files.push({ path, file });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader(); // not a file: a folder
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return;
    for (const child of some) if (!child.name.startsWith('.')) await walk(child, `${path}/`, files);
  }
}
