import { symlinkSync } from 'node:fs';
import { deflateSync, crc32 } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { openSource } from '../../src-main/formats/index.ts';
import { expectDamageIsTold } from './damage.ts';
import { arrayOf, expectRefusal, plain, temporaryFolder } from './support.ts';

const { root, write } = temporaryFolder();

type Rgb = readonly [number, number, number];

/** An image of one color. */
async function flat(width: number, height: number, [r, g, b]: Rgb, kind: 'png' | 'jpeg' = 'png'): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: { r, g, b } } })
    .toFormat(kind, { quality: 100 })
    .toBuffer();
}

/** An 8-bit gray PNG with the given pixels. */
async function gray(width: number, height: number, pixels: readonly number[]): Promise<Buffer> {
  return sharp(Uint8Array.from(pixels), { raw: { width, height, channels: 1 } })
    .toColourspace('b-w')
    .png()
    .toBuffer();
}

describe('labels', () => {
  test('the folder of an image is its class, and color is kept', async () => {
    write('animals/cat/b.png', await flat(2, 1, [250, 0, 0]));
    write('animals/cat/a.jpg', await flat(2, 1, [0, 0, 255], 'jpeg'));
    write('animals/dog/c.PNG', await flat(2, 1, [1, 2, 3]));
    write('animals/dog/.hidden.png', 'x');
    write('animals/__MACOSX/cat/b.png', 'x');
    write('animals/.git/b.png', 'x');
    write('animals/dog/notes.txt', 'x');
    write('animals/dog/drawing.svg', '<svg/>');
    const data = await openSource(`${root}/animals`);
    expect(data.format).toBe('image-folder');
    expect(plain(data)).toEqual({ class: ['cat', 'cat', 'dog'] });
    const array = arrayOf(data, 'image');
    expect(array).toMatchObject({ height: 1, width: 2, channels: 3 });
    expect([...array.values.slice(6)]).toEqual([250, 0, 0, 250, 0, 0, 1, 2, 3, 1, 2, 3]); // the JPEG's two pixels stand before
    expect(array.values[2]).toBeGreaterThan(250);
    expect(data.notes).toEqual(['All images are 2x1.', 'Images of kinds that are not read were left out: SVG (1).']);
  });

  test('train, val and test folders give the column split', async () => {
    for (const [path, color] of [
      ['train/cat/1', 1],
      ['train/dog/2', 2],
      ['val/cat/3', 3],
      ['test/dog/4', 4],
    ] as const)
      write(`parts/${path}.png`, await flat(1, 1, [color, 0, 0]));
    expect(plain(await openSource(`${root}/parts`))).toEqual({ split: ['test', 'train', 'train', 'validation'], class: ['dog', 'cat', 'dog', 'cat'] });
  });

  test('a folder around everything does not count', async () => {
    write('outer/inner/cat/1.png', await flat(1, 1, [1, 0, 0]));
    write('outer/inner/dog/1.png', await flat(1, 1, [1, 0, 0]));
    expect(plain(await openSource(`${root}/outer`))).toEqual({ class: ['cat', 'dog'] });
  });

  test('labels.csv adds columns by path, by name and without the ending', async () => {
    for (const name of ['cat/1', 'cat/2', 'dog/3', 'dog/4']) write(`more/${name}.png`, await flat(1, 1, [9, 0, 0]));
    write('more/labels.csv', 'class,file,age\nx,cat/1.png,1\ny,2.png,2\nz,dog\\3,3\n');
    const data = await openSource(`${root}/more`);
    expect(plain(data)).toEqual({ class: ['cat', 'cat', 'dog', 'dog'], class_2: ['x', 'y', 'z', null], age: [1, 2, 3, NaN] });
    expect(data.notes).toEqual([
      'All images are 1x1.',
      'Labels from labels.csv: class, age.',
      '1 images are not in labels.csv; their labels are missing.',
      'The column "class" of labels.csv is called "class_2": the name was taken.',
    ]);
  });

  test('a flat folder is labelled by labels.csv alone', async () => {
    write('flat/1.png', await flat(1, 1, [9, 0, 0]));
    write('flat/2.png', await flat(1, 1, [9, 0, 0]));
    write('flat/labels.csv', 'image,kind\n2.png,b\n1.png,a\n');
    expect(plain(await openSource(`${root}/flat`))).toEqual({ kind: ['a', 'b'] });
  });
});

describe('pixels', () => {
  test('gray images stay gray bit for bit', async () => {
    write('gray/a/1.png', await gray(2, 2, [0, 7, 200, 255]));
    write('gray/b/2.png', await gray(2, 2, [1, 2, 3, 4]));
    expect(arrayOf(await openSource(`${root}/gray`), 'image')).toEqual({
      kind: 'image',
      height: 2,
      width: 2,
      channels: 1,
      values: Uint8Array.of(0, 7, 200, 255, 1, 2, 3, 4),
    });
  });

  test('one image in color makes all of them three channels', async () => {
    write('mixed/a/1.png', await gray(1, 1, [7]));
    write('mixed/b/2.png', await flat(1, 1, [1, 2, 3]));
    expect([...arrayOf(await openSource(`${root}/mixed`), 'image').values]).toEqual([7, 7, 7, 1, 2, 3]);
  });

  test('gray pixels stored in color become one channel', async () => {
    write('stored/a/1.png', await flat(1, 1, [7, 7, 7]));
    write('stored/b/2.png', await flat(1, 1, [9, 9, 9]));
    const data = await openSource(`${root}/stored`);
    expect(arrayOf(data, 'image')).toMatchObject({ channels: 1, values: Uint8Array.of(7, 9) });
    expect(data.notes).toContain('All pixels are gray: one channel is kept.');
  });

  test('16-bit gray is scaled to bytes and transparency is put on white', async () => {
    write(
      'deep/a/1.png',
      await sharp(Uint16Array.of(65535, 0), { raw: { width: 2, height: 1, channels: 1 } })
        .toColourspace('grey16')
        .png()
        .toBuffer(),
    );
    expect([...arrayOf(await openSource(`${root}/deep`), 'image').values]).toEqual([255, 0]);
    write(
      'clear/a/1.png',
      await sharp({ create: { width: 1, height: 1, channels: 4, background: { r: 200, g: 0, b: 0, alpha: 0 } } })
        .png()
        .toBuffer(),
    );
    write('clear/b/2.png', await flat(1, 1, [1, 2, 3]));
    const data = await openSource(`${root}/clear`);
    expect([...arrayOf(data, 'image').values]).toEqual([255, 255, 255, 1, 2, 3]);
    expect(data.notes).toContain('1 image with transparency was put on white.');
  });

  test('sizes become the commonest one, the told one, or at most 224', async () => {
    for (const name of ['a/1', 'a/2']) write(`sizes/${name}.png`, await flat(4, 2, [1, 2, 3]));
    write('sizes/b/3.png', await flat(9, 9, [1, 2, 3]));
    const common = await openSource(`${root}/sizes`);
    expect(arrayOf(common, 'image')).toMatchObject({ width: 4, height: 2 });
    expect(common.notes[0]).toBe('1 of 3 images was resized to 4x2; sides may be stretched.');
    expect(arrayOf(await openSource(`${root}/sizes`, { options: { width: 8, height: 6 } }), 'image')).toMatchObject({ width: 8, height: 6 });
    expect(arrayOf(await openSource(`${root}/sizes`, { options: { width: 8 } }), 'image')).toMatchObject({ width: 8, height: 4 });
    write('large/a/1.png', await flat(448, 300, [1, 2, 3]));
    expect(arrayOf(await openSource(`${root}/large`), 'image')).toMatchObject({ width: 224, height: 150 });
  });

  test('the EXIF orientation is obeyed', async () => {
    const turned = await sharp(Uint8Array.of(10, 0, 0, 200, 0, 0), { raw: { width: 2, height: 1, channels: 3 } })
      .withMetadata({ orientation: 6 }) // shown after a quarter turn clockwise
      .png()
      .toBuffer();
    write('turned/a/1.png', turned);
    const array = arrayOf(await openSource(`${root}/turned`), 'image');
    expect(array).toMatchObject({ width: 1, height: 2 });
    expect([array.values[0], array.values[3]]).toEqual([10, 200]);
  });
});

describe('links and archives', () => {
  test('links are followed, those out of the folder are named, and none goes in circles', async () => {
    write('linked/a/1.png', await flat(1, 1, [1, 2, 3]));
    write('outside/other.png', await flat(1, 1, [1, 2, 3]));
    const secret = write('beyond/secret.png', await flat(1, 1, [1, 2, 3]));
    symlinkSync(`${root}/outside`, `${root}/linked/b`);
    symlinkSync(secret, `${root}/outside/further.png`); // from a linked folder no further out
    symlinkSync(`${root}/linked/a`, `${root}/linked/c`);
    symlinkSync(`${root}/linked`, `${root}/linked/a/loop`);
    symlinkSync(root, `${root}/linked/a/above`);
    symlinkSync(`${root}/linked/a`, `${root}/linked/a/self`);
    symlinkSync(`${root}/nowhere`, `${root}/linked/a/broken.png`);
    const data = await openSource(`${root}/linked`);
    expect(plain(data)).toEqual({ class: ['a', 'b', 'c'] });
    expect(data.notes).toContain(`1 link leads out of the folder and was followed: b (to ${root}/outside).`);
    expect(data.notes).toContain('9 links that lead nowhere or in a circle were not followed.'); // four in a; the same four seen again through c; one in b
  });

  test('a ZIP of a folder is read like the folder', async () => {
    const cat = await flat(1, 1, [1, 2, 3]);
    const dog = await flat(1, 1, [4, 5, 6]);
    const zip = zipSync({
      'pets/dog/2.png': dog,
      'pets/cat/1.png': cat,
      'pets/labels.csv': strToU8('file,age\ncat/1.png,3\ndog/2.png,4\n'),
      '__MACOSX/pets/cat/._1.png': strToU8('x'),
      'pets/.DS_Store': strToU8('x'),
    });
    const data = await openSource(write('pets.zip', zip));
    expect(plain(data)).toEqual({ class: ['cat', 'dog'], age: [3, 4] });
    expect([...arrayOf(data, 'image').values]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('a ZIP with names that lead out of it is refused', async () => {
    const path = write('slip.zip', zipSync({ '../../cat.png': strToU8('x') }));
    await expectRefusal(openSource(path), `${path} holds an entry that points outside the archive ("../../cat.png") and is refused.`);
  });
});

describe('refusals', () => {
  test('an image of more than 25 megapixels is refused by its header', async () => {
    const chunk = (type: string, data: Buffer): Buffer => {
      const body = Buffer.concat([Buffer.from(type), data]);
      const frame = Buffer.alloc(8);
      frame.writeUInt32BE(data.length, 0);
      frame.writeUInt32BE(crc32(body), 4);
      return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
    };
    const size = Buffer.alloc(13);
    size.writeUInt32BE(23_000, 0);
    size.writeUInt32BE(23_000, 4);
    size.writeUInt8(1, 8); // one bit a pixel, gray: a bomb of 66 MB in 64 KB
    const bomb = Buffer.concat([
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]),
      chunk('IHDR', size),
      chunk('IDAT', deflateSync(Buffer.alloc(2876 * 23_000))),
      chunk('IEND', Buffer.alloc(0)),
    ]);
    write('bomb/a/bomb.png', bomb);
    await expectRefusal(
      openSource(`${root}/bomb`),
      `${root}/bomb: 1 of 1 image does not decode: a/bomb.png (it has 23000x23000 pixels; up to 25 megapixels are read). ` +
        'At most 5 % (or 10, but fewer than half) are left out. Mend or remove these files.',
    );
  });

  test('folders without images or without labels are refused', async () => {
    write('texts/readme.md', 'x');
    await expectRefusal(
      openSource(`${root}/texts`),
      `${root}/texts holds no images (PNG, JPEG, WebP, GIF, TIFF, AVIF or BMP). Give a folder with one folder a class, or a data file by itself.`,
    );
    write('bare/1.png', await flat(1, 1, [1, 2, 3]));
    await expectRefusal(
      openSource(`${root}/bare`),
      `${root}/bare has images but no labels: no class is told by folders, names or a table. Put the images of every class into a folder ` +
        'of their own, or add a labels.csv with the column file and a column for each label.',
    );
  });

  test('a labels.csv that does not fit its images is refused', async () => {
    write('misfit/a/1.png', await flat(1, 1, [1, 2, 3]));
    write('misfit/b/1.png', await flat(1, 1, [1, 2, 3]));
    const cases = [
      ['who,kind\nx,a\n', ' has no column that names the image files. Call it file, path or name. Found: who, kind.'],
      ['file,kind\nc.png,a\n', ': there is no image "c.png". Name files by their path in the folder.'],
      ['file,kind\n1.png,a\n', ': several images are called "1.png". Name files by their path in the folder.'],
      ['file,kind\na/1.png,a\na/1,b\n', ': the image "a/1" has two rows. Every image has one.'],
    ] as const;
    for (const [text, refusal] of cases) {
      const path = write('misfit/labels.csv', text);
      await expectRefusal(openSource(`${root}/misfit`), `${path}${refusal}`);
    }
  });

  test('more pixels than fit are refused before they are decoded', async () => {
    await expectRefusal(
      openSource(`${root}/sizes`, { options: { width: 20_000, height: 20_000 } }),
      '3 images of 20000x20000 need 3.4 GB; at most 2 GB are read. Set smaller values for the options width and height.',
    ); // 3 * 20000^2 * 3 / 2^30
  });
});

test('a file damaged anywhere is read or refused with a sentence, and nothing else happens', async () => {
  const image = await flat(9, 7, [17, 34, 170]);
  await expectDamageIsTold('image-folder', 't.zip', zipSync({ 'a/1.png': image, 'b/2.png': image }), write);
});

test('a misspelt name of the format is refused with it', async () => {
  await expectRefusal(openSource(root, { format: 'image-folders' }), 'Unknown data format "image-folders". Did you mean image-folder?');
});
