/** Three probabilities as the parts of one bar, 100 wide: worse, too small to matter, better. Pure. */
import type { Verdict } from '../../../src-main/contract/results.ts';

export interface ChancePart {
  readonly id: 'worse' | 'same' | 'better';
  readonly sign: Verdict; // the verdict whose sign stands for it
  readonly share: number;
  readonly from: number;
  readonly width: number;
}

export function chanceParts({ worse, same, better }: Readonly<Record<ChancePart['id'], number>>): readonly ChancePart[] {
  return [
    { id: 'worse', sign: 'hurts', share: worse, from: 0, width: 100 * worse },
    { id: 'same', sign: 'no-real-difference', share: same, from: 100 * worse, width: 100 * same },
    { id: 'better', sign: 'helps', share: better, from: 100 * (worse + same), width: 100 * better },
  ];
}
