import { zipSync } from 'fflate';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import type { ReadOptions } from '../../src-main/formats/format.ts';
import { openSource } from '../../src-main/formats/index.ts';
import { deep, flat, tiffOf } from './pictures.ts';
import { arrayOf, expectRefusal, temporaryFolder } from './support.ts';

const { root, write } = temporaryFolder();

async function valuesOf(name: string, options: ReadOptions = {}): Promise<{ values: number[]; scale: unknown; notes: readonly string[] }> {
  const data = await openSource(`${root}/${name}`, { options });
  const { values, scale } = arrayOf(data, 'image');
  return { values: [...values], scale, notes: data.notes };
}

test('images of 12 bits in 16 are spread over the range that all of them use', async () => {
  write('twelve/a/1.png', await deep(2, 1, [0, 4095]));
  write('twelve/b/2.png', await deep(2, 1, [2048, 819]));
  const used = await valuesOf('twelve');
  expect(used.values).toEqual([0, 255, 128, 51]); // 255 * 2048 / 4095 = 127.53, 255 * 819 / 4095 = 51
  expect(used.scale).toEqual({ low: 0, high: 4095 });
  expect(used.notes).toContain(
    '2 images have 16 bits or more; the values run from 0 to 4095: 0 to 4095 became 0 to 255. ' +
      'Set the option range to full, or to two numbers, to have it otherwise.',
  );
  const full = await valuesOf('twelve', { range: 'full' });
  expect(full.values).toEqual([0, 16, 8, 3]); // divided by 256: 15.996, 8, 3.2
  expect(full.scale).toEqual({ low: 0, high: 65_535 });
  const told = await valuesOf('twelve', { range: [1000, 3000] });
  expect(told.values).toEqual([0, 255, 134, 0]); // 255 * 1048 / 2000 = 133.62; the others lie beyond
  expect(told.scale).toEqual({ low: 1000, high: 3000 });
  expect(told.notes[1]).toContain('1000 to 3000 became 0 to 255, as the option range says.');
});

test('a few stray values do not turn everything else black', async () => {
  const pixels = Array.from({ length: 4096 }, (_, i) => (i === 77 ? 65_535 : i % 4000));
  write('stray/a/1.png', await deep(64, 64, pixels));
  const { values, scale, notes } = await valuesOf('stray');
  expect(Math.max(...values.filter((_, i) => i !== 77))).toBe(255);
  expect(values[2000]).toBeGreaterThan(120); // 255 * 2000 / 3995 = 127.7
  expect((scale as { high: number }).high).toBeLessThan(4000);
  expect(notes[1]).toMatch(
    /^1 image has 16 bits or more; the values run from 0 to 65535, but 99\.8 % of them from \d+ to 39\d\d(\.\d+)?: .* was clipped\. Set/,
  );
});

test('a TIFF of floating point numbers keeps its order, and what is no number is black', async () => {
  const values = Float32Array.of(-1, 0, 3, NaN);
  write('float/a/1.tif', tiffOf(2, 2, 32, 3, new Uint8Array(values.buffer)));
  expect((await valuesOf('float')).values).toEqual([0, 64, 255, 0]); // 255 * 1 / 4 = 63.75
});

test('bytes beside 16 bits stay as they are, and color stays color', async () => {
  write('both/a/1.png', await flat(1, 1, [7, 8, 9]));
  const color = await sharp(Uint16Array.of(0, 500, 1000), { raw: { width: 1, height: 1, channels: 3 } })
    .toColourspace('rgb16')
    .png()
    .toBuffer();
  write('both/b/2.png', color);
  write('both/b/3.png', await deep(1, 1, [250]));
  expect((await valuesOf('both')).values).toEqual([7, 8, 9, 0, 128, 255, 64, 64, 64]); // 127.5, 63.75
});

test('the option range is told to be needless where all images have bytes, and must not be turned around', async () => {
  write('bytes.zip', zipSync({ 'a/1.png': new Uint8Array(await flat(1, 1, [1, 2, 3])), 'b/2.png': new Uint8Array(await flat(1, 1, [4, 5, 6])) }));
  expect((await valuesOf('bytes.zip', { range: [0, 9] })).notes).toContain('The option range holds for images of 16 bits or more. There are none.');
  await expectRefusal(openSource(`${root}/bytes.zip`, { options: { range: [9, 0] } }), 'The option range is from 9 to 0. The first number must be the lower.');
});

test('parts whose deep images use different ranges are refused, and joined when one range is told', async () => {
  write('near/a/1.png', await deep(1, 1, [100]));
  write('near/a/2.png', await deep(1, 1, [1100]));
  write('far/a/1.png', await deep(1, 1, [100]));
  write('far/a/2.png', await deep(1, 1, [2100]));
  const parts = { test: `${root}/far` };
  await expectRefusal(
    openSource(`${root}/near`, { parts }),
    `${root}/far would be read darker or brighter than ${root}/near: its values in use are 100 to 2100, those of the other 100 to 1100. ` +
      'Set the option range to two numbers, or to full.',
  );
  const told = await openSource(`${root}/near`, { parts, options: { range: [100, 2100] } });
  expect([told.rows, arrayOf(told, 'image').values[0], arrayOf(told, 'image').values[3]]).toEqual([4, 0, 255]); // black, and the last one white
});
