import { expect, test } from 'vitest';
import {
  isQuietLabel,
  isUnnamed,
  labelRank,
  looksLikeCounter,
  looksLikeId,
  looksLikeUnit,
  meansAmounts,
  namesClasses,
  namesTargets,
  numberedStem,
} from '../../src-main/data/columnNames.ts';

test('names of what is to be predicted are ranked: whole names by their place in the list of 24, then parts that are one of its first seven', () => {
  const ranks = { target: 0, Label: 1, digit: 8, type: 23, target_value: 24, 'price (label)': 25, classId: 26, final_response: 30 };
  for (const [name, rank] of Object.entries(ranks)) expect(labelRank(name), name).toBe(rank);
});

test('a weaker name as a part, a part in the middle and a single letter say nothing, as an empty name does', () => {
  for (const name of ['', 'digit_sum', 'my_target_value', 'y_axis', 'mpgs']) expect(labelRank(name), name).toBe(48); // twice 24
});

const named = (rule: (name: string) => boolean, names: readonly string[]): readonly string[] => names.filter(rule);

test('some words mean classes even where the values are numbers', () => {
  expect(named(namesClasses, ['label', 'class_id', 'sub-category', 'Species', 'Labels', 'classes', 'subclassing', 'price'])).toEqual([
    'label',
    'class_id',
    'sub-category',
    'Species',
    'Labels',
    'classes',
  ]);
});

test('identifiers end in a word for one; counters are whole names', () => {
  expect(named(looksLikeId, ['PassengerId', 'sample_id', 'file', 'image path', 'row', 'idea', 'id_of_shop', 'age'])).toEqual([
    'PassengerId',
    'sample_id',
    'file',
    'image path',
    'row',
  ]);
  expect(named(looksLikeCounter, ['Index', 'Unnamed: 0', 'Unnamed: 0.1', 'rowNumber', 'rownames', '', '  ', 'row_count', 'index2', 'Unnamed plant'])).toEqual([
    'Index',
    'Unnamed: 0',
    'Unnamed: 0.1',
    'rowNumber',
    'rownames',
    '',
    '  ',
  ]);
});

test('a unit is one of three names alone, or a unit and a word for its number', () => {
  const alone = ['subject', 'Patient', 'participant', 'person', 'group'];
  const pairs = ['customerId', 'site_code', 'group no', 'id_patient', 'patient_age', 'patient_id_old', 'shop_id'];
  expect(named(looksLikeUnit, alone)).toEqual(['subject', 'Patient', 'participant']);
  expect(named(looksLikeUnit, pairs)).toEqual(['customerId', 'site_code', 'group no']);
});

test('a label’s name is known however it is written, and in the plural', () => {
  const alike = {
    SalePrice: 'saleprice',
    sale_price: 'saleprice',
    medianHouseValue: 'median_house_value',
    y_true: 'yTrue',
    Labels: 'label',
    CLASSES: 'class',
    targets: 'target',
  };
  for (const [name, other] of Object.entries(alike)) {
    expect(labelRank(name), name).toBe(labelRank(other));
    expect(labelRank(name), name).toBeLessThan(24);
  }
});

test('some names are a label’s only where no other column has one, and some mean amounts', () => {
  expect(named(isQuietLabel, ['isFraud', 'default.payment.next.month', 'Sentiment', 'income', 'fraud_score'])).toEqual([
    'isFraud',
    'default.payment.next.month',
    'Sentiment',
  ]);
  expect(named(namesTargets, ['y', 'Target', 'target_2', 'outcome', 'is_spam', 'species', 'x'])).toEqual(['y', 'Target', 'target_2', 'outcome', 'is_spam']);
  expect(named(meansAmounts, ['age', 'SalePrice', 'num_rooms', 'Rings', 'count', 'price_range', 'age_group', 'class'])).toEqual([
    'age',
    'SalePrice',
    'num_rooms',
    'Rings',
    'count',
  ]);
  expect(named(isUnnamed, ['', 'Unnamed: 3', 'Unnamed: 0_level_0', 'index'])).toEqual(['', 'Unnamed: 3', 'Unnamed: 0_level_0']);
});

test('numbered names have a stem', () => {
  expect(['pixel12', 'x_3', '63', '0.1', 'V1', 'px 1x28', 'label', 'T-shirt'].map(numberedStem)).toEqual(['pixel', 'x', '', '', 'v', 'px', null, null]);
});
