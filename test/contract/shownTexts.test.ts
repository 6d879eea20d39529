import { expect, test } from 'vitest';
import * as v from 'valibot';
import { Plan, planFormat, type PlanInput } from '../../src-main/contract/plan.ts';
import { shownTexts } from '../../src-main/contract/shownTexts.ts';

const region = { target: 'region' };
const layer1 = { target: 'species', depth: 'layer1' };

function plan(part: Partial<PlanInput> = {}): Plan {
  return v.parse(Plan, { format: planFormat, data: { source: '/data/flowers.csv' }, main: { target: 'species' }, arms: [{ auxiliaries: [region] }], ...part });
}
const shown = (part: Partial<PlanInput> = {}) => shownTexts(plan(part), 'flowers.csv');

test('what nobody wrote is made of the plan and follows it', () => {
  expect(shown()).toEqual({ name: 'species of flowers.csv', question: 'Does adding region make "species" better?', titles: ['Baseline', 'region'] });
  expect(shown({ main: { target: 'height' }, arms: [{ auxiliaries: [region, { target: 'height', depth: 'layer1' }] }] })).toEqual({
    name: 'height of flowers.csv',
    question: 'Does adding head at layer1 + region make "height" better?',
    titles: ['Baseline', 'head at layer1 + region'],
  });
  expect(shown({ arms: [1, 2].map((weight) => ({ auxiliaries: [{ ...region, weight }] })) })).toMatchObject({
    question: 'Which of 2 auxiliary arms makes "species" better, if any?',
    titles: ['Baseline', 'region, weight 1', 'region, weight 2'],
  });
});

test('what a person wrote is shown as it is, in the form of made words too; blanks are no words', () => {
  const own = { name: 'species of roses.csv', question: 'Which of 7 auxiliary arms makes "height" better, if any?' };
  expect(shown({ ...own, arms: [{ title: 'head at layer9', auxiliaries: [region] }] })).toEqual({ ...own, titles: ['Baseline', 'head at layer9'] });
  expect(shown({ arms: [{ title: 'Mine', auxiliaries: [region] }] }).question).toBe('Does adding Mine make "species" better?');
  expect(shown({ name: ' ', question: ' \n' })).toEqual(shown());
});

test('what is switched off is in no name, and a default of the method may be written out', () => {
  expect(shown({ arms: [{ auxiliaries: [{ ...region, enabled: false }, layer1] }] }).titles).toEqual(['Baseline', 'head at layer1']);
  const methods = [{ id: 'gradnorm', params: { alpha: { kind: 'number', default: 1.5, help: '' } } }] as const;
  const alphas = [{}, { alpha: 2 }].map((params) => ({ auxiliaries: [region], method: { id: 'gradnorm', params } }));
  expect(shownTexts(plan({ arms: alphas }), '', methods).titles).toEqual(['Baseline', 'region, gradnorm alpha=1.5', 'region, gradnorm alpha=2']);
});

test('equal titles are followed by the id of the arm, or by its number where the plan has no id', () => {
  const arms = ['Mine', 'Mine', 'Baseline'].map((title, at) => ({ title, auxiliaries: [{ ...region, weight: at }], ...(at === 0 && { id: 'a' }) }));
  expect(shown({ arms }).titles).toEqual(['Baseline (baseline)', 'Mine (a)', 'Mine (2)', 'Baseline (3)']);
});

test('made names are cut where names of arms are cut', () => {
  const { name } = shown({ main: { target: 'x'.repeat(200) } });
  expect(name).toHaveLength(120); // cutName.ts
  expect(name).toMatch(/^x{60}….*of flowers\.csv$/);
});
