/** Hands what was made to the person: by the browser's or the desktop's own way of saving. */
import type { MadeFile } from '../../src-main/contract/calls.ts';

export function saveFile(made: Pick<MadeFile, 'fileName' | 'mediaType'>, content: string | Blob | Uint8Array<ArrayBuffer>): void {
  const address = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type: made.mediaType }));
  const link = document.createElement('a');
  link.href = address;
  link.download = made.fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

export function saveMade(made: MadeFile): void {
  saveFile(made, made.encoding === 'utf-8' ? made.content : Uint8Array.from(atob(made.content), (letter) => letter.charCodeAt(0)));
}

/** A name that every file system takes. */
export function fileNameOf(title: string, ending: string): string {
  const name = title
    .normalize('NFKD')
    .replace(/[^\p{Letter}\p{Number}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .toLowerCase();
  return `${name === '' ? 'chart' : name.slice(0, 80)}.${ending}`;
}
