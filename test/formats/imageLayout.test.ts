import { describe, expect, test } from 'vitest';
import { classesFromNames } from '../../src-main/formats/pictures/imageNames.ts';
import { layoutOf } from '../../src-main/formats/pictures/imageLayout.ts';
import { splitOfFolder } from '../../src-main/formats/splitFolders.ts';

/** 'split/class' of every path that is kept. */
function read(paths: readonly string[]): string[] {
  const { splits, classes, isLeftOut } = layoutOf(paths, false);
  return paths.flatMap((_, row) => (isLeftOut[row] === true ? [] : [`${splits[row] ?? '-'}/${classes[row] ?? '-'}`]));
}

const catAndDog = (folder: string): string[] => [`${folder}/cat/1.png`, `${folder}/dog/2.png`];

describe('parts of the split are known by structure', () => {
  test('words within names', () => {
    const found = ['training_set', 'seg_train', 'train_images', 'TestSet', 'test1', 'val2017', 'asl_alphabet_test', 'Testing', 'images-valid', 'trainset'].map(
      splitOfFolder,
    );
    expect(found).toEqual(['train', 'train', 'train', 'test', 'test', 'validation', 'test', 'test', 'validation', 'train']);
    expect(['cat', 'contest', 'latest', 'restraint', 'train_test', 'set'].map(splitOfFolder)).toEqual([null, null, null, null, null, null]);
  });

  test('the same classes below each, a folder of the same name between', () => {
    expect(read([...catAndDog('training_set/training_set'), ...catAndDog('test_set/test_set')])).toEqual(['train/cat', 'train/dog', 'test/cat', 'test/dog']);
    expect(read([...catAndDog('x/seg_train/seg_train'), ...catAndDog('x/seg_test/seg_test')])).toEqual(['train/cat', 'train/dog', 'test/cat', 'test/dog']);
    expect(read([...catAndDog('train/images'), ...catAndDog('test/images')])).toEqual(['train/cat', 'train/dog', 'test/cat', 'test/dog']);
    expect(read([...catAndDog('train'), 'val/cat/3.png'])).toEqual(['train/cat', 'train/dog', 'validation/cat']);
  });

  test('classes outside and parts inside', () => {
    expect(read(['cat/train/1.png', 'cat/test/2.png', 'dog/train/3.png', 'dog/test/4.png'])).toEqual(['train/cat', 'test/cat', 'train/dog', 'test/dog']);
  });

  test('classes that are called like parts stay classes', () => {
    expect(read(['train/1.png', 'bus/2.png', 'car/3.png'])).toEqual(['-/train', '-/bus', '-/car']);
    expect(read(['test_tube/1.png', 'train_car/2.png'])).toEqual(['-/test_tube', '-/train_car']);
    expect(read(['cat/1.png', 'cat/persian/2.png', 'dog/3.png'])).toEqual(['-/cat', '-/cat/persian', '-/dog']);
  });
});

describe('what has no class is left out and named', () => {
  test('a loose image, at the top and within a folder around everything', () => {
    const paths = ['sample.png', ...catAndDog('train'), ...catAndDog('test')];
    expect(read(paths)).toEqual(['train/cat', 'train/dog', 'test/cat', 'test/dog']);
    expect(layoutOf(paths, false).notes).toEqual(['1 image outside of the class folders was left out: sample.png.']);
    const many = ['cat/1.png', 'cat/2.png', 'dog/3.png', 'dog/4.png'].map((path) => `pets/${path}`);
    expect(layoutOf([...many, 'pets/cover.png'], false).notes).toEqual(['1 image outside of the class folders was left out: pets/cover.png.']);
  });

  test('a test folder without classes, and folders beside the parts', () => {
    const paths = [...catAndDog('train'), 'test1/1.png', 'test1/2.png'];
    expect(read(paths)).toEqual(['train/cat', 'train/dog']);
    expect(layoutOf(paths, false).notes).toEqual(['2 images in the folder test1 have no class and were left out.']);
    const intel = [...catAndDog('seg_train'), ...catAndDog('seg_test'), 'seg_pred/9.png'];
    expect(read(intel)).toEqual(['train/cat', 'train/dog', 'test/cat', 'test/dog']);
    expect(layoutOf(intel, false).notes).toEqual([
      'Folders that are parts of the split: seg_train (train), seg_test (test).',
      '1 image in the folder seg_pred stands beside the parts of the split and was left out.',
    ]);
    expect(read([...catAndDog('train'), 'test/unknown/1.png', 'test/unknown/2.png'])).toEqual(['train/cat', 'train/dog']);
  });

  test('nothing is left out where a table of labels may name it', () => {
    expect(layoutOf(['sample.png', ...catAndDog('train')], true).isLeftOut).toEqual([false, false, false]);
  });
});

describe('classes in names', () => {
  test('the beginning before a number, where it is a rule', () => {
    expect(classesFromNames(['train/cat.0.jpg', 'train/cat.1.jpg', 'train/dog.0.jpg', 'train/dog.1.jpg', 'test1/7.jpg'])).toEqual([
      'cat',
      'cat',
      'dog',
      'dog',
      null,
    ]);
    expect(classesFromNames(['yorkshire_terrier_1.jpg', 'yorkshire_terrier_2.jpg', 'Abyssinian_1.jpg', 'Abyssinian_22.jpg'])?.[2]).toBe('Abyssinian');
  });

  test('names that tell nothing give no classes', () => {
    expect(classesFromNames(['IMG_1.jpg', 'IMG_2.jpg', 'DSC_1.jpg', 'DSC_2.jpg'])).toBeNull();
    expect(classesFromNames(['cat1.jpg', 'cat2.jpg', 'dog1.jpg'])).toBeNull(); // a beginning with one image: chance
    expect(classesFromNames(['1.jpg', '2.jpg'])).toBeNull();
    expect(classesFromNames(['cat1.jpg', 'cat2.jpg', 'dog1.jpg', 'dog2.jpg', 'holiday.jpg'])).toBeNull();
  });
});
