import { expect, test } from 'vitest';
import { labelRank, looksLikeCounter, looksLikeId, looksLikeUnit, namesClasses } from '../../src-main/data/columnNames.ts';

test('names of what is to be predicted are ranked: whole names by their place in the list of 23, then parts that are one of its first seven', () => {
  const ranks = { target: 0, Label: 1, digit: 7, type: 22, target_value: 23, 'price (label)': 24, classId: 25, final_response: 29 };
  for (const [name, rank] of Object.entries(ranks)) expect(labelRank(name), name).toBe(rank);
});

test('a weaker name as a part, a part in the middle and a single letter say nothing, as an empty name does', () => {
  for (const name of ['', 'digit_sum', 'my_target_value', 'y_axis', 'mpgs']) expect(labelRank(name), name).toBe(46); // twice 23
});

const named = (rule: (name: string) => boolean, names: readonly string[]): readonly string[] => names.filter(rule);

test('some words mean classes even where the values are numbers', () => {
  expect(named(namesClasses, ['label', 'class_id', 'sub-category', 'Species', 'subclassing', 'price'])).toEqual([
    'label',
    'class_id',
    'sub-category',
    'Species',
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
  expect(named(looksLikeCounter, ['Index', 'Unnamed: 0', 'rowNumber', '', '  ', 'row_count', 'index2'])).toEqual([
    'Index',
    'Unnamed: 0',
    'rowNumber',
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
