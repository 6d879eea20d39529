import { expect, test } from 'vitest';
import { askAboveMs, mayExceed } from '../../src-main/contract/forecast.ts';

test('a floor may always exceed a limit, another forecast only above it', () => {
  expect(askAboveMs).toBe(600_000); // the README's ten minutes
  expect(mayExceed({ ms: 1, bound: 'more-than' }, askAboveMs)).toBe(true);
  for (const bound of ['about', 'at-most'] as const) {
    expect(mayExceed({ ms: askAboveMs, bound }, askAboveMs)).toBe(false);
    expect(mayExceed({ ms: askAboveMs + 1, bound }, askAboveMs)).toBe(true);
  }
});
