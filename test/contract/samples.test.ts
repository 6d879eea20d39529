import { expect, test } from 'vitest';
import { isSample, sampleOf } from '../../src-main/contract/samples.ts';

test('a sample is known by its mark and found by its name, with the mark or without', () => {
  expect(isSample('sample:digits')).toBe(true);
  expect(isSample('digits')).toBe(false);
  expect(sampleOf('sample:digits')).toBe(sampleOf('digits'));
  expect(sampleOf('auto-mpg').main).toBe('mpg');
  expect(() => sampleOf('sample:digit')).toThrow('Unknown sample "digit". Did you mean digits?');
});
