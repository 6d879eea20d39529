import { describe, expect, test } from 'vitest';
import { openSource } from '../../src-main/formats/index.ts';
import { flat } from './pictures.ts';
import { expectRefusal, plain, temporaryFolder } from './support.ts';

const { root, write } = temporaryFolder();
const picture = await flat(1, 1, [1, 2, 3]);

function pictures(paths: readonly string[]): void {
  for (const path of paths) write(path, picture);
}

describe('the column that names the images', () => {
  test('id without the ending keeps its zeros, and image_id has it', async () => {
    pictures(['id/images/001.png', 'id/images/002.png', 'hid/images/001.png', 'hid/images/002.png']);
    write('id/labels.csv', 'id,breed\n002,collie\n001,beagle\n');
    write('hid/Labels.CSV', 'Image ID,breed\n001.png,beagle\n002.png,collie\n');
    expect(plain(await openSource(`${root}/id`))['breed']).toEqual(['beagle', 'collie']);
    expect(plain(await openSource(`${root}/hid`))['breed']).toEqual(['beagle', 'collie']);
  });

  test('a column of any name does when its cells are names of images; id stays a label where another column names them', async () => {
    pictures(['odd/x/a.png', 'odd/x/b.png', 'two/x/a.png', 'two/x/b.png']);
    write('odd/labels.csv', 'which,weight\nb,2\na,1\n');
    write('two/labels.csv', 'id,file,age\n7,a.png,1\n8,b.png,2\n');
    expect(plain(await openSource(`${root}/odd`))['weight']).toEqual([1, 2]);
    expect(plain(await openSource(`${root}/two`))).toMatchObject({ id: ['7', '8'], age: [1, 2] });
  });

  test('paths of the machine on which the table was written lead to the images all the same', async () => {
    pictures(['far/pics/a.png', 'far/pics/b.png']);
    write('far/labels.csv', 'path,kind\n/data/mine/pics/a.png,x\n/data/mine/pics/b.png,y\n');
    expect(plain(await openSource(`${root}/far`))['kind']).toEqual(['x', 'y']);
  });
});

describe('which tables are read', () => {
  test('metadata.csv beside its images, one in every part of the split', async () => {
    pictures(['hub/train/a.png', 'hub/train/b.png', 'hub/test/a.png']);
    write('hub/train/metadata.csv', 'file_name,label\na.png,x\nb.png,y\n');
    write('hub/test/metadata.csv', 'file_name,label\na.png,z\n');
    const data = await openSource(`${root}/hub`);
    expect(plain(data)).toEqual({ split: ['test', 'train', 'train'], label: ['z', 'x', 'y'] });
    expect(data.notes).toContain('Labels from test/metadata.csv and train/metadata.csv: label.');
  });

  test('train.csv of a contest, whose test images have no labels and are left out', async () => {
    pictures(['contest/train/1.png', 'contest/train/2.png', 'contest/test/3.png']);
    write('contest/train.csv', 'id,label\n1,cat\n2,dog\n');
    write('contest/test.csv', 'id\n3\n');
    write('contest/sample_submission.csv', 'id,label\n3,cat\n');
    const data = await openSource(`${root}/contest`);
    expect(plain(data)).toEqual({ label: ['cat', 'dog'] });
    expect(data.rows).toBe(2);
    expect(data.notes).toContain('1 images without any label were left out.');
  });

  test('train.csv and val.csv are parts of the split', async () => {
    pictures(['lists/images/1.png', 'lists/images/2.png', 'lists/images/3.png']);
    write('lists/train.csv', 'file,label\n1.png,a\n3.png,b\n');
    write('lists/val.csv', 'file,label\n2.png,a\n');
    expect(plain(await openSource(`${root}/lists`))).toMatchObject({ split: ['train', 'validation', 'train'], label: ['a', 'a', 'b'] });
  });

  test('where folders tell the class, a table of another name is not read', async () => {
    pictures(['told/cat/1.png', 'told/dog/2.png']);
    write('told/results.csv', 'file,score\n1.png,3\n2.png,4\n');
    expect(plain(await openSource(`${root}/told`))).toEqual({ class: ['cat', 'dog'] });
  });
});

test('all images that are missing are told at once', async () => {
  pictures(['gone/x/1.png', 'gone/x/2.png']);
  const path = write('gone/labels.csv', `file,kind\n1.png,a\n2.png,b\n${Array.from({ length: 7 }, (_, i) => `no${i}.png,a`).join('\n')}\n`);
  await expectRefusal(
    openSource(`${root}/gone`),
    `${path}: there are no images "no0.png", "no1.png", "no2.png", "no3.png", "no4.png" and 2 more. Name files by their path in the folder.`,
  );
});

describe('labels that are no classes are refused by name', () => {
  const wayOut =
    'Only classes and numbers of whole pictures are learned here. Put the pictures (or what is cut out of them) into one folder a class, ' +
    'or add a labels.csv with the column file and a column for each label.';
  const cases = [
    [
      'coco',
      ['train2017/1.png', 'val2017/2.png'],
      ['annotations/instances_train2017.json'],
      'a COCO data set (annotations in annotations/instances_train2017.json)',
    ],
    ['roboflow', ['train/1.png', 'valid/2.png'], ['train/_annotations.coco.json'], 'a COCO data set (annotations in train/_annotations.coco.json)'],
    ['voc', ['JPEGImages/1.png', 'SegmentationClass/1.png'], [], 'a Pascal VOC data set (boxes or masks of the pictures in JPEGImages)'],
    ['xml', ['images/1.png', 'images/2.png'], ['annotations/1.xml', 'annotations/2.xml'], 'a Pascal VOC data set (annotations as XML of boxes)'],
    [
      'yolo',
      ['images/train/1.png', 'images/val/2.png'],
      ['labels/train/1.txt', 'labels/val/2.txt', 'data.yaml'],
      'a YOLO data set (a text file of boxes for each picture)',
    ],
    ['masks', ['images/1.png', 'images/2.png', 'masks/1.png', 'masks/2.png'], [], 'a set of pictures with masks (in masks) for segmentation'],
  ] as const;
  test.each(cases)('%s', async (name, images, texts, what) => {
    pictures(images.map((path) => `${name}/${path}`));
    for (const path of texts) write(`${name}/${path}`, '{}');
    await expectRefusal(openSource(`${root}/${name}`), `${root}/${name} is ${what}; it has no class for each picture. ${wayOut}`);
  });

  test('texts beside images in class folders do not matter', async () => {
    pictures(['captions/cat/1.png', 'captions/dog/2.png']);
    write('captions/cat/1.txt', 'a cat');
    write('captions/dog/2.txt', 'a dog');
    expect(plain(await openSource(`${root}/captions`))).toEqual({ class: ['cat', 'dog'] });
  });
});
