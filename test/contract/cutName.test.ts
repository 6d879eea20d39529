import { expect, test } from 'vitest';
import { cutMiddle, cutName } from '../../src-main/contract/cutName.ts';

const a = (length: number): string => 'a'.repeat(length);

test('a text that is too long loses its middle', () => {
  expect(cutMiddle('abcdef', 6)).toBe('abcdef');
  expect(cutMiddle('abcdefg', 6)).toBe('abc…fg'); // five letters stay, the odd one in front
  expect(cutMiddle('abcdefg', 5)).toBe('ab…fg');
  expect(cutMiddle('abc', 1)).toBe('…');
});

test('a character of two places is never cut in half', () => {
  expect(cutMiddle('ab😀cdefgh', 7)).toBe('ab…fgh'); // its first half would be the third place
  expect(cutMiddle('abcdefg😀h', 6)).toBe('abc…h');
});

test('the first part gives way, down to 24 characters', () => {
  expect(cutName(a(100), ['b'])).toBe(`${a(100)}, b`);
  expect(cutName(a(200), ['weight 1'])).toHaveLength(120);
  expect(cutName(a(200), ['weight 1'])).toMatch(/^a+…a+, weight 1$/);
  const further = `, ${a(94)}`; // leaves 24 of 120
  expect(cutName(a(30), [a(94)])).toBe(`${a(12)}…${a(11)}${further}`);
  expect(cutName('first', [a(113)])).toBe(`first, ${a(113)}`); // short enough as it is
});

test('where the further parts leave it less, the last of them stays if it is short, else the whole is cut', () => {
  const many = cutName(a(30), [a(60), a(30), 'gradnorm']);
  expect(many).toHaveLength(120);
  expect(many).toMatch(/^a{30}, a+…a+, a{30}, gradnorm$/);
  expect(cutName('first', ['b'.repeat(60), 'c'.repeat(60)])).toMatch(/^first, b+…b+, c{60}$/);
  const long = cutName('first', ['b'.repeat(70), 'c'.repeat(61)]);
  expect(long).toHaveLength(120);
  expect(long).toMatch(/^first, b+…c+$/);
});
