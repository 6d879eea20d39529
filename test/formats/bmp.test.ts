import { expect, test } from 'vitest';
import { bmpHeader, decodeBmp } from '../../src-main/formats/pictures/bmp.ts';
import { bmpOf } from './pictures.ts';

test('24 bits: blue comes first, the last row first, and rows fill four bytes', () => {
  const bytes = bmpOf(2, 2, 24, [1, 2, 3, 4, 5, 6, 0, 0, 7, 8, 9, 10, 11, 12, 0, 0]);
  expect(bmpHeader(bytes)).toMatchObject({ width: 2, height: 2 });
  expect([...decodeBmp(bytes)]).toEqual([9, 8, 7, 12, 11, 10, 3, 2, 1, 6, 5, 4]);
});

test('a negative height means that the first row is the top', () => {
  expect([...decodeBmp(bmpOf(1, -2, 24, [1, 2, 3, 0, 4, 5, 6, 0]))]).toEqual([3, 2, 1, 6, 5, 4]);
});

test('palettes of 1, 4 and 8 bits are looked up', () => {
  const palette = [10, 20, 30, 0, 40, 50, 60, 0]; // blue, green, red, nothing
  expect([...decodeBmp(bmpOf(3, 1, 1, [0b01000000, 0, 0, 0], palette))]).toEqual([30, 20, 10, 60, 50, 40, 30, 20, 10]);
  expect([...decodeBmp(bmpOf(3, 1, 4, [0x10, 0x10, 0, 0], palette))]).toEqual([60, 50, 40, 30, 20, 10, 60, 50, 40]);
  expect([...decodeBmp(bmpOf(2, 1, 8, [1, 9, 0, 0], palette))]).toEqual([60, 50, 40, 0, 0, 0]); // a color that is not there is black
});

test('16 bits are spread over bytes, and 32 bits lose the fourth', () => {
  expect([...decodeBmp(bmpOf(2, 1, 16, [0x1f, 0x7c, 0xe0, 0x03]))]).toEqual([255, 0, 255, 0, 255, 0]); // 5 bits each: red and blue; green
  expect([...decodeBmp(bmpOf(1, 1, 32, [1, 2, 3, 77]))]).toEqual([3, 2, 1]);
  const masks = [0, 0xf8, 0, 0, 0xe0, 7, 0, 0, 0x1f, 0, 0, 0]; // 5, 6 and 5 bits
  expect([...decodeBmp(bmpOf(2, 1, 16, [0xe0, 0x07, 0x00, 0xf8], masks, 3))]).toEqual([0, 255, 0, 255, 0, 0]);
});

test('what is cut off, compressed or no size is refused with the reason', () => {
  expect(() => decodeBmp(bmpOf(2, 2, 24, [1, 2, 3]))).toThrow('the picture is cut off');
  expect(() => decodeBmp(bmpOf(1, 1, 8, [1, 0, 0, 0], [0, 0, 0, 0], 1))).toThrow('it is a compressed BMP, which is not read: save it as PNG');
  expect(() => decodeBmp(bmpOf(0, 1, 24, []))).toThrow('its header is damaged');
  expect(() => decodeBmp(Buffer.from('BM'))).toThrow('its header is cut off');
});
