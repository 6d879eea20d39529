import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { Plan, planFormat } from '../../src-main/contract/plan.ts';

const region = { target: 'region' };
const head = { target: 'species', depth: 'layer1' };

/** A plan of the first format, as a file has it. */
function first(part: object): Plan {
  return v.parse(Plan, {
    format: 'auxlab-plan/1',
    data: { source: '/data/flowers.csv' },
    main: { target: 'species' },
    arms: [{ auxiliaries: [region] }],
    ...part,
  });
}
const titles = (plan: Plan): (string | undefined)[] => plan.arms.map(({ title }) => title);

describe('a plan of the first format', () => {
  test('is left without the words that were made of it, and is one of this format then', () => {
    const plan = first({
      question: 'Does adding head at layer1 + region make "species" better?',
      arms: [{ title: 'head at layer1 + region', auxiliaries: [region, head] }],
    });
    expect([plan.format, plan.question, titles(plan)]).toEqual([planFormat, undefined, [undefined]]);
    const several = first({
      question: 'Which of 2 auxiliary arms makes "species" better, if any?',
      arms: [1, 2].map((weight) => ({ title: `region, weight ${weight}`, auxiliaries: [{ ...region, weight }] })),
    });
    expect([several.question, titles(several)]).toEqual([undefined, [undefined, undefined]]);
  });

  test("keeps a question and titles of their form that were made of another plan: they are the person's own", () => {
    const own = { question: 'Does adding height make "species" better?', arms: [{ title: 'head at layer1', auxiliaries: [region] }] };
    const plan = first(own);
    expect([plan.question, titles(plan)]).toEqual([own.question, ['head at layer1']]);
    expect(first({ question: 'Which of 3 auxiliary arms makes "species" better, if any?' }).question).toMatch(/^Which of 3/);
  });

  test('keeps a title of a person beside made ones, and a question that was made with it goes', () => {
    const arms = ['region, weight 1', 'Strong'].map((title, at) => ({ title, auxiliaries: [{ ...region, weight: at + 1 }] }));
    expect(titles(first({ arms }))).toEqual([undefined, 'Strong']);
    const mine = first({ question: 'Does adding Mine make "species" better?', arms: [{ title: 'Mine', auxiliaries: [region] }] });
    expect([mine.question, titles(mine)]).toEqual([undefined, ['Mine']]);
  });

  test('loses equal titles that were made when names did not yet tell such arms apart', () => {
    expect(titles(first({ arms: [1, 2].map((weight) => ({ title: 'region', auxiliaries: [{ ...region, weight }] })) }))).toEqual([undefined, undefined]);
  });
});

test('a plan of this format keeps every word, those that would be made of it too', () => {
  const own = { format: planFormat, question: 'Does adding region make "species" better?', arms: [{ title: 'region', auxiliaries: [region] }] };
  const plan = first(own);
  expect(plan).toMatchObject({ format: planFormat, question: own.question, arms: [{ title: 'region' }] });
  expect(v.parse(Plan, JSON.parse(JSON.stringify(plan)))).toEqual(plan);
});

test('a plan of no known format is refused', () => {
  expect(v.safeParse(Plan, { ...first({}), format: 'auxlab-plan/3' }).success).toBe(false);
});
