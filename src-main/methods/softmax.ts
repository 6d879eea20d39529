/** exp(x_i) / sum exp(x_j) of plain numbers. */
import { plain, softmaxOf } from './arithmetic.ts';

export function softmax(values: readonly number[]): number[] {
  return softmaxOf(plain, values);
}
