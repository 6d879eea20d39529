import { expect, test } from 'vitest';
import { at } from '../../src-main/methods/linalg.ts';
import { primaryPcgrad } from '../../src-main/methods/primaryPcgrad.ts';
import { degenerate, gramianOf, progress, regular, weigh } from './cases.ts';

test.each([...regular, ...degenerate])('goes at least as far along the main gradient as it goes alone: $name', ({ jacobian }) => {
  const gramian = gramianOf(jacobian);
  expect(at(progress(weigh(primaryPcgrad, jacobian), gramian), 0)).toBeGreaterThanOrEqual(at(gramian[0] ?? [], 0) - 1e-12);
});
