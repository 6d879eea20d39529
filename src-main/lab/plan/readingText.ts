/** How far a reading is, in words: '12 MB of 43 MB, 80,000 rows'. */
import type { Progress } from '../../formats/readRoom.ts';
import { sizeText } from '../../formats/limits.ts';

export interface ReadingText {
  readonly message: string;
  readonly fraction: number | null; // 0..1 of the source; null while its size is not known
}

export function readingText({ bytes, ofBytes, rows }: Progress): ReadingText {
  const isMeasured = bytes !== undefined && ofBytes !== undefined && ofBytes > 0;
  const parts = [
    ...(isMeasured ? [`${sizeText(bytes)} of ${sizeText(ofBytes)}`] : bytes !== undefined ? [sizeText(bytes)] : []),
    ...(rows !== undefined ? [`${rows.toLocaleString('en')} ${rows === 1 ? 'row' : 'rows'}`] : []),
  ];
  return { message: parts.join(', '), fraction: isMeasured ? Math.min(1, bytes / ofBytes) : null };
}
