/** exp(x_i) / sum exp(x_j) of plain numbers. */
import { plain } from '../vocabulary/arithmetic.ts';
import { softmaxOf } from './arithmetic.ts';

export function softmax(values: readonly number[]): number[] {
  return softmaxOf(plain, values);
}
