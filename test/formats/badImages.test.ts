import sharp from 'sharp';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { openSource } from '../../src-main/formats/index.ts';
import { bmpOf, flat } from './pictures.ts';
import { arrayOf, expectRefusal, plain, temporaryFolder } from './support.ts';

const { root, write } = temporaryFolder();
const good = await flat(2, 2, [9, 0, 0]);
const noise = Buffer.from(Array.from({ length: 64 * 64 * 3 }, (_, i) => (i * 7919) % 251));
const large = sharp(noise, { raw: { width: 64, height: 64, channels: 3 } });

describe('a few bad images', () => {
  test('are left out without a gap, and named at once with their reasons', async () => {
    for (let i = 0; i < 6; i++) write(`few/cat/${i}.png`, await flat(2, 2, [i + 1, 0, 0]));
    write('few/cat/2a.jpg', '');
    write('few/cat/2b.jpg', 'I am a text');
    write('few/cat/2c.jpg', 'version https://git-lfs.github.com/spec/v1\noid sha256:0\n');
    write('few/cat/2d.jpg', Buffer.alloc(3000));
    write('few/owl/cut.jpg', (await large.jpeg().toBuffer()).subarray(0, 900));
    const data = await openSource(`${root}/few`);
    expect(plain(data)).toEqual({ class: new Array<string>(6).fill('cat') });
    expect([...arrayOf(data, 'image').values].filter((_, i) => i % 12 === 0)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(data.notes).toContain(
      '5 of 11 images do not decode and were left out: cat/2a.jpg (it is empty, 0 bytes), cat/2b.jpg (it is a text, not a picture), ' +
        'cat/2c.jpg (it is a Git LFS pointer, not the picture: run "git lfs pull"), cat/2d.jpg (it holds nothing but zeros, 2.9 KB), ' +
        'owl/cut.jpg (it is damaged or cut off).',
    );
    expect(data.notes).toContain('No image is left of the class owl.');
  });

  test('too many refuse the set: half of a small one, or more than 5 % of a large one', async () => {
    write('half/a/good.png', good);
    write('half/a/header.png', good.subarray(0, 12));
    await expectRefusal(
      openSource(`${root}/half`),
      `${root}/half: 1 of 2 images do not decode: a/header.png (its header is damaged). ` +
        'At most 5 % (or 10, but fewer than half) are left out. Mend or remove these files.',
    );
    const entries = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`a/${i}.png`, i < 25 ? strToU8('text') : new Uint8Array(good)]));
    const zip = write('many.zip', zipSync(entries));
    await expect(openSource(zip)).rejects.toThrow(/25 of 300 images do not decode: a\/0\.png \(it is a text, not a picture\), .* and 5 more\. At most 5 %/);
    const fewer = Object.fromEntries(Object.entries(entries).filter((_, i) => i >= 10)); // 15 of 290 are 5.2 %
    await expect(openSource(write('fewer.zip', zipSync(fewer)))).rejects.toThrow('15 of 290 images do not decode');
    const fewest = Object.fromEntries(Object.entries(entries).filter((_, i) => i >= 11)); // 14 of 289 are 4.8 %
    expect((await openSource(write('fewest.zip', zipSync(fewest)))).rows).toBe(275);
  });
});

describe('the content decides, not the name', () => {
  test('kinds under a wrong name', async () => {
    write('wrong/a/1.jpg', good);
    write('wrong/a/2.png', await flat(2, 2, [9, 0, 0], 'webp'));
    write('wrong/b/3.jfif', await flat(2, 2, [9, 0, 0], 'jpeg'));
    const data = await openSource(`${root}/wrong`);
    expect(plain(data)).toEqual({ class: ['a', 'a', 'b'] });
    expect([...arrayOf(data, 'image').values.slice(0, 3)]).toEqual([9, 0, 0]);
  });

  test('images without an ending, where there are no others', async () => {
    write('bare/a/1', good);
    write('bare/b/2', good);
    expect((await openSource(`${root}/bare`)).rows).toBe(2);
  });

  test('WebP, GIF, TIFF, AVIF and BMP are read', async () => {
    for (const kind of ['webp', 'gif', 'tiff', 'avif'] as const) write(`kinds/a/${kind}.${kind}`, await flat(4, 4, [200, 0, 0], kind));
    write('kinds/b/b.bmp', bmpOf(4, 4, 24, new Array<number[]>(16).fill([0, 0, 200]).flat()));
    const data = await openSource(`${root}/kinds`);
    const reds = [...arrayOf(data, 'image').values].filter((_, i) => i % 3 === 0);
    expect(data.rows).toBe(5);
    expect(Math.min(...reds)).toBeGreaterThan(190);
    expect(Math.max(...reds)).toBeLessThan(210);
  });

  test('the first picture of an animation', async () => {
    const frames = Buffer.concat([Buffer.alloc(12, 0), Buffer.alloc(12, 255)]);
    const gif = await sharp(frames, { raw: { width: 2, height: 4, channels: 3, pageHeight: 2 } })
      .gif()
      .toBuffer();
    write('moving/a/1.gif', gif);
    const array = arrayOf(await openSource(`${root}/moving`), 'image');
    expect(array).toMatchObject({ width: 2, height: 2 });
    expect(Math.max(...array.values)).toBe(0);
  });

  test('a folder of kinds that are not read is refused by them', async () => {
    write('phone/a/1.heic', 'x');
    write('phone/a/2.HEIC', 'x');
    write('phone/b/3.dcm', 'x');
    await expectRefusal(
      openSource(`${root}/phone`),
      `${root}/phone holds no images that are read, but others: HEIC (2), DICOM (1). Read are PNG, JPEG, WebP, GIF, TIFF, AVIF or BMP: save ` +
        'them as one of these.',
    );
  });
});
