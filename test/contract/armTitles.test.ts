import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { armKey, firstTwins } from '../../src-main/contract/armIdentity.ts';
import { armTitles, toldApart, type NamedArm } from '../../src-main/contract/armTitles.ts';
import type { SchedulePlan } from '../../src-main/contract/task.ts';

type Task = NamedArm['tasks'][number];

function task(target: string, part: Partial<Task> = {}): Task {
  return {
    target,
    kind: 'classification',
    loss: 'cross-entropy',
    lossParams: {},
    labelSmoothing: 0,
    classWeights: 'none',
    depth: 'end',
    weight: 0.3,
    schedule: { id: 'constant' },
    balanced: true,
    bounds: null,
    ...part,
  };
}

function arm(tasks: readonly Task[], method: Partial<NamedArm['method']> = {}, title?: string): NamedArm {
  return { tasks, method: { id: 'fixed', params: {}, ...method }, title };
}

const titles = (...arms: NamedArm[]): string[] => armTitles(arms, 'digit');
const head = (part: Partial<Task> = {}): Task => task('digit', { depth: 'block2', ...part });
const numeric = (part: Partial<Task> = {}): Task => task('size', { kind: 'regression', loss: 'mse', ...part });

describe('what an arm is called', () => {
  test('alone, or beside arms with other tasks or methods: its tasks, kinds of schedule and method', () => {
    const curriculum = { id: 'curriculum', from: 1, to: 3 } as const;
    expect(titles(arm([task('parity'), head({ weight: 0.2 })]))).toEqual(['head at block2 + parity']);
    expect(
      titles(
        arm([head(), head({ depth: 'block3' })]),
        arm([head({ weight: 1, depth: 'block3' })]),
        arm([task('parity', { depth: 'block1', schedule: curriculum }), numeric()], { id: 'primary-pcgrad' }),
      ),
    ).toEqual(['heads at block2, block3', 'head at block3', 'parity at block1 + size, curriculum, primary-pcgrad']);
  });

  test('of arms with the same tasks, what differs and nothing else', () => {
    expect(titles(arm([head({ weight: 0.3 })]), arm([head({ weight: 1 })]))).toEqual(['head at block2, weight 0.3', 'head at block2, weight 1']);
    const pair = (to: number): NamedArm =>
      arm(
        [task('parity'), numeric()].map((one) => ({ ...one, schedule: { id: 'curriculum', from: 1, to } as const })),
        { id: 'primary-pcgrad' },
      );
    expect(titles(pair(3), pair(5))).toEqual([
      'parity + size, curriculum from 1 to 3, primary-pcgrad',
      'parity + size, curriculum from 1 to 5, primary-pcgrad',
    ]);
  });

  test.each<[string, readonly [NamedArm, NamedArm], readonly [string, string]]>([
    [
      'a parameter of the method',
      [arm([task('parity')], { id: 'gradnorm', params: { alpha: 1.5, rate: 1 } }), arm([task('parity')], { id: 'gradnorm', params: { alpha: 2, rate: 1 } })],
      ['parity, gradnorm alpha=1.5', 'parity, gradnorm alpha=2'],
    ],
    ['a loss', [arm([numeric()]), arm([numeric({ loss: 'huber' })])], ['size, mse loss', 'size, huber loss']],
    [
      'the delta of a loss',
      [arm([numeric({ loss: 'huber' })]), arm([numeric({ loss: 'huber', lossParams: { delta: 2 } })])],
      ['size, huber delta 1', 'size, huber delta 2'],
    ],
    ['label smoothing', [arm([task('parity')]), arm([task('parity', { labelSmoothing: 0.1 })])], ['parity', 'parity, label smoothing 0.1']],
    ['class weights', [arm([task('parity')]), arm([task('parity', { classWeights: 'balanced' })])], ['parity', 'parity, balanced classes']],
    ['freezing', [arm([task('parity')]), arm([task('parity', { balanced: false })])], ['parity', 'parity, frozen weight']],
    ['bounds', [arm([task('parity')]), arm([task('parity', { bounds: { min: 0.5, max: 2 } })])], ['parity', 'parity, bounds 0.5 to 2']],
    [
      'the weight of one task of several',
      [arm([task('parity'), head()]), arm([task('parity'), head({ weight: 1 })])],
      ['head at block2 + parity, weight 0.3 at block2', 'head at block2 + parity, weight 1 at block2'],
    ],
    [
      'the weight of every task alike',
      [arm([task('parity'), numeric()]), arm([task('parity', { weight: 1 }), numeric({ weight: 1 })])],
      ['parity + size, weight 0.3', 'parity + size, weight 1'],
    ],
    [
      'weights that are exchanged',
      [arm([task('parity', { weight: 1 }), numeric()]), arm([task('parity'), numeric({ weight: 1 })])],
      ['parity + size, weight 1 for parity, weight 0.3 for size', 'parity + size, weight 0.3 for parity, weight 1 for size'],
    ],
    [
      'which task has the schedule',
      [
        arm([task('parity', { schedule: { id: 'linear-decay', from: 0, to: 4 } }), numeric()]),
        arm([task('parity'), numeric({ schedule: { id: 'linear-decay', from: 0, to: 4 } })]),
      ],
      ['parity + size, linear decay from 0 to 4 for parity', 'parity + size, linear decay from 0 to 4 for size'],
    ],
    [
      'one of two tasks at one place',
      [arm([task('parity'), task('parity', { weight: 1 })]), arm([task('parity'), task('parity', { weight: 2 })])],
      ['parity + parity, weight 1 for parity no. 2', 'parity + parity, weight 2 for parity no. 2'],
    ],
    [
      'one of two tasks at one place, in whatever order the plan has them',
      [arm([task('parity', { weight: 1 }), task('parity')]), arm([task('parity'), task('parity', { weight: 2 })])],
      ['parity + parity, weight 1 for parity no. 2', 'parity + parity, weight 2 for parity no. 2'],
    ],
  ])('told apart by %s', (_, arms, expected) => {
    expect(titles(...arms)).toEqual(expected);
  });

  test('a kind of schedule is told where only the other task of an arm differs from those of its kind', () => {
    const curriculum = (to: number) => task('parity', { schedule: { id: 'curriculum', from: 1, to } });
    expect(titles(arm([task('parity'), curriculum(3)]), arm([task('parity'), task('parity')]), arm([curriculum(4), curriculum(3)]))).toEqual([
      'parity + parity, curriculum',
      'parity + parity',
      'parity + parity, curriculum from 1 to 4 for parity no. 2',
    ]);
  });

  test("a person's titles stay, and a made name avoids them and the baseline's", () => {
    expect(titles(arm([task('parity')]), arm([numeric()], {}, 'parity'), arm([numeric({ weight: 1 })], {}, 'parity'))).toEqual([
      'parity, 2nd',
      'parity',
      'parity',
    ]);
    expect(titles(arm([task('baseline')]))).toEqual(['baseline, 2nd']);
  });

  test('column names that read like the rest of a name are numbered', () => {
    expect(titles(arm([task('a + b')]), arm([task('a'), task('b')]))).toEqual(['a + b', 'a + b, 2nd']);
  });

  test('numbers are written as they are said', () => {
    const said = '2nd 3rd 4th 5th 6th 7th 8th 9th 10th 11th 12th 13th 14th 15th 16th 17th 18th 19th 20th 21st 22nd 23rd 24th'.split(' ');
    said.forEach((number, at) => {
      const taken = ['parity', ...said.slice(0, at).map((earlier) => `parity, ${earlier}`)];
      expect(titles(arm([task('parity')]), ...taken.map((title) => arm([numeric()], {}, title)))[0]).toBe(`parity, ${number}`);
    });
  });

  test('a long name gives way in the middle and keeps what differs', () => {
    const wide = Array.from({ length: 20 }, (_, i) => task(`a long column name ${i}`));
    const [light, heavy] = titles(arm(wide), arm(wide.map((one) => ({ ...one, weight: 1 }))));
    expect(light).toMatch(/^a long column name 0 \+ .+….+ name 19, weight 0\.3$/);
    expect(heavy).toMatch(/, weight 1$/);
    expect(light?.length).toBe(120);
  });

  test('a cut makes no twins, and no half characters', () => {
    const wide = (middle: string): NamedArm => arm(['x'.repeat(90), middle, 'y'.repeat(90)].map((target) => task(target)));
    expect(new Set(titles(...Array.from({ length: 23 }, (_, i) => wide(`m${i}`)))).size).toBe(23);
    const [name] = titles(arm([task('\u{1F600}'.repeat(100))]));
    expect(name?.isWellFormed()).toBe(true);
  });
});

describe('arms that are the same', () => {
  test('ids, titles and the order of tasks make no difference, nor does what a loss does not read', () => {
    const one = arm(
      [task('parity'), numeric({ lossParams: { delta: 2 }, labelSmoothing: 0.1, classWeights: 'balanced' })],
      { id: 'gradnorm', params: { a: 1, b: 2 } },
      'One',
    );
    const other = arm([numeric(), { ...task('parity'), ...{ id: 'other' } }], { id: 'gradnorm', params: { b: 2, a: 1 } }, 'Other');
    expect(armKey(one)).toBe(armKey(other));
    expect(firstTwins([arm([numeric()]), one, arm([task('parity')]), other])).toEqual([1, 3]);
    expect(firstTwins([arm([numeric()]), one])).toBeNull();
  });
});

test('results show ids beside titles that are equal', () => {
  const arms = [{ id: 'a', title: 'Mine' }, { id: 'b', title: 'Other' }, { id: 'c', title: 'Mine' }]; // prettier-ignore
  expect(toldApart(arms).map(({ title }) => title)).toEqual(['Mine (a)', 'Other', 'Mine (c)']);
});

/** Few values each, so that arms often differ in a single thing. */
const schedules: readonly SchedulePlan[] = [
  { id: 'constant' },
  { id: 'curriculum', from: 1, to: 3 },
  { id: 'curriculum', from: 1, to: 4 },
  { id: 'gated', start: 0.1, grow: 1.5, shrink: 0.5, min: 0.01, max: 1 },
];
const targets = [
  'digit',
  'parity',
  'size',
  'a + b',
  'a',
  'b',
  'baseline',
  'parity, weight 1',
  `${'a very long column name '.repeat(4)}1`,
  `${'a very long column name '.repeat(4)}2`,
];
const anyTask: fc.Arbitrary<Task> = fc
  .record({
    target: fc.constantFrom(...targets),
    loss: fc.constantFrom('cross-entropy', 'mse', 'huber'),
    lossParams: fc.constantFrom({}, { delta: 2 }, { delta: 0.1 + 0.2 }),
    labelSmoothing: fc.constantFrom(0, 0.1),
    classWeights: fc.constantFrom('none', 'balanced'),
    depth: fc.constantFrom('end', 'block1', 'block2'),
    weight: fc.constantFrom(0, 0.3, 1, 1e-9),
    schedule: fc.constantFrom(...schedules),
    balanced: fc.boolean(),
    bounds: fc.constantFrom(null, { min: 0, max: 1 }, { min: 0.5, max: 1 }),
  })
  .map((part) => ({ ...part, kind: part.target === 'size' ? 'regression' : 'classification' }));
const anyArm: fc.Arbitrary<NamedArm> = fc.record({
  tasks: fc.array(anyTask, { minLength: 1, maxLength: 3 }),
  method: fc.constantFrom(
    { id: 'fixed', params: {} },
    { id: 'gradnorm', params: { alpha: 1.5, every: 1 } },
    { id: 'gradnorm', params: { alpha: 1.5, every: 2 } },
    { id: 'gradnorm', params: { alpha: 2, every: 1 } },
  ),
  title: fc.constantFrom(undefined, undefined, undefined, 'parity', 'Mine'),
});
/** An arm and changes of it, one thing each. */
const kin = fc
  .tuple(anyArm, fc.array(fc.tuple(fc.nat(2), anyTask, fc.constantFrom('weight', 'loss', 'schedule', 'bounds', 'balanced', 'depth', 'labelSmoothing'))))
  .map(([first, changes]): NamedArm[] => [
    first,
    ...changes.map(([at, other, key]) => ({
      ...first,
      tasks: first.tasks.map((one, i) => (i === at % first.tasks.length ? { ...one, [key]: other[key] } : one)),
    })),
  ]);
const differentArms = fc
  .tuple(fc.array(anyArm, { maxLength: 6 }), kin)
  .map((groups) => groups.flat().filter((one, at, all) => all.findIndex((other) => armKey(other) === armKey(one)) === at));

test('whatever arms there are, made names are distinct, at most 120 characters, the same again, and know nothing of ids', () => {
  fc.assert(
    fc.property(differentArms, (arms) => {
      const names = armTitles(arms, 'digit');
      const made = names.filter((_, at) => arms[at]?.title === undefined);
      expect(new Set(made).size).toBe(made.length);
      for (const name of made) {
        expect(name.length).toBeGreaterThan(0);
        expect(name.length).toBeLessThanOrEqual(120);
        expect(name.toLowerCase()).not.toBe('baseline');
        expect(['parity', 'Mine'].filter((given) => arms.some(({ title }) => title === given))).not.toContain(name);
      }
      const renamed = arms.map((one, at) => ({ ...one, id: `arm-${at * 7}`, tasks: one.tasks.map((each, i) => ({ ...each, id: `task-${i}-${at}` })) }));
      expect(armTitles(renamed, 'digit')).toEqual(names);
    }),
    { numRuns: 500 },
  );
});

/** A name that needs a number says too little: with ordinary column names and few tasks there must be none. */
test('arms with ordinary column names never need a number', () => {
  const plain = differentArms.map((arms) =>
    arms.map((one) => ({ ...one, title: undefined })).filter(({ tasks }) => tasks.every(({ target }) => ['digit', 'parity', 'size'].includes(target))),
  );
  fc.assert(
    fc.property(plain, (arms) => {
      for (const name of armTitles(arms, 'digit').filter((one) => one.length < 120)) expect(name).not.toMatch(/, \d+(st|nd|rd|th)$/);
    }),
    { numRuns: 500 },
  );
});
