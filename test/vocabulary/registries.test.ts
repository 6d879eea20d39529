import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { ParamSpecs as ParamSpecsSchema } from '../../src-main/contract/areas/common.ts';
import { anyParams, oneOf } from '../../src-main/contract/paramSchema.ts';
import { LearningRatePlan, OptimizerPlan } from '../../src-main/contract/plan.ts';
import { SchedulePlan } from '../../src-main/contract/task.ts';
import { methods } from '../../src-main/methods/index.ts';
import { networks } from '../../src-main/networks/index.ts';
import { plain } from '../../src-main/vocabulary/arithmetic.ts';
import { losses, lossesOf } from '../../src-main/vocabulary/losses/index.ts';
import { metrics, metricsOf } from '../../src-main/vocabulary/metrics/index.ts';
import { optimizers, optimizerOf } from '../../src-main/vocabulary/optimizers/index.ts';
import { ownValues, type ParamSpecs } from '../../src-main/vocabulary/params.ts';
import { rateSchedules, rateScheduleOf } from '../../src-main/vocabulary/rateSchedules/index.ts';
import { taskKindIds } from '../../src-main/vocabulary/taskKinds.ts';
import { rangesOf, writtenRanges } from '../support/writtenRanges.ts';
import { weightSchedules, weightScheduleOf } from '../../src-main/vocabulary/weightSchedules/index.ts';

const lists = { metrics, losses, optimizers, weightSchedules, rateSchedules };
const withParams: Readonly<Record<string, readonly { readonly id: string; readonly params: ParamSpecs }[]>> = {
  losses,
  optimizers,
  weightSchedules,
  rateSchedules,
};
const usual = <Entry extends { readonly params: ParamSpecs }>({ params }: Entry) => ownValues<ParamSpecs>(params, {});

describe.each(Object.entries(lists))('%s', (_, list) => {
  test('ids are written as options take them, and no two are equal', () => {
    const ids = list.map(({ id }): string => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
  });

  test('every entry has a title and, where it is no plain word, a source', () => {
    for (const entry of list) {
      expect(entry.title, entry.id).not.toBe('');
      if ('source' in entry) expect(entry.source, entry.id).not.toBe('');
    }
  });
});

describe.each(Object.entries(withParams))('parameters of %s', (kind, list) => {
  test('have the defaults and ranges of their first release', () => {
    for (const { id, params } of list) expect(rangesOf(params), id).toMatchObject(writtenRanges(kind, id));
  });

  test.each(list.map((entry) => [entry.id, entry] as const))('%s: each is explained, and its default is a value of it', (__, { id, params }) => {
    for (const [name, spec] of Object.entries(params)) {
      expect(spec.help, name).not.toBe('');
      expect(() => v.parse(oneOf([{ id, params }]), { id, ...ownValues(params, {}) })).not.toThrow();
    }
  });
});

test('a description of parameters reaches the window whole', () => {
  const all = [...methods, ...networks, ...Object.values(withParams).flat()].map(({ params }): ParamSpecs => params);
  for (const params of all) expect(v.parse(ParamSpecsSchema, params)).toEqual(params);
  expect(all.some((params) => Object.values(params).some((spec) => 'exclusiveMax' in spec))).toBe(true);
});

test.each([
  ['optimizers', optimizers],
  ['rate schedules', rateSchedules],
] as const)('%s lie flat in a plan, so a name that two of them use means one thing: the same range and default', (_, list) => {
  const seen = new Map<string, string>();
  for (const { id, params } of list)
    for (const [name, { help: __, ...spec }] of Object.entries(params as ParamSpecs)) {
      const before = seen.get(name);
      if (before !== undefined) expect(JSON.stringify(spec), `${name} of ${id}`).toBe(before);
      seen.set(name, JSON.stringify(spec));
    }
  expect(Object.keys(anyParams(list as readonly { id: string; params: ParamSpecs }[])).sort()).toEqual([...seen.keys()].sort());
});

test('every kind of task has a usual metric and a usual loss, and each entry one kind', () => {
  for (const kind of taskKindIds) expect([metricsOf(kind)[0], lossesOf(kind)[0]]).not.toContain(undefined);
  expect(taskKindIds.flatMap(metricsOf)).toHaveLength(metrics.length);
  expect(taskKindIds.flatMap(lossesOf)).toHaveLength(losses.length);
});

describe('a plan', () => {
  test.each(optimizers.map(({ id }) => id))('keeps of optimizer %s what belongs to it, and nothing of the others', (id) => {
    // as older versions wrote all of them
    const everything = { momentum: 0.5, nesterov: true, beta1: 0.8, beta2: 0.99, rho: 0.7, epsilon: 1e-6, weightDecay: 0.1 };
    const { id: kept, learningRate, ...params } = v.parse(OptimizerPlan, { id, learningRate: 0.02, ...everything });
    expect([kept, learningRate]).toEqual([id, 0.02]);
    expect(Object.keys(params).sort()).toEqual(Object.keys(optimizerOf(id).params).sort());
    expect(everything).toMatchObject(Object.fromEntries(Object.entries(params).filter(([name]) => name in everything)));
    expect(v.parse(OptimizerPlan, { id, ...params, learningRate })).toEqual({ id, learningRate, ...params });
  });

  test('refuses a setting that no optimizer has, and values out of range', () => {
    for (const given of [{ gamma: 1 }, { beta1: 1 }, { beta1: -0.1 }, { epsilon: 0 }, { weightDecay: -1 }, { nesterov: 1 }, { id: 'constructor' }])
      expect(v.safeParse(OptimizerPlan, given).success, JSON.stringify(given)).toBe(false);
  });

  test.each(rateSchedules.map(({ id }) => id))('fills in the parameters of learning-rate schedule %s', (id) => {
    expect(v.parse(LearningRatePlan, { id, warmUp: undefined })).toEqual({ id, ...usual(rateScheduleOf(id)) });
  });

  test('has a schedule of weights with its own parameters and no others; what is required has no default', () => {
    expect(v.parse(SchedulePlan, { id: 'linear-decay', to: 3 })).toEqual({ id: 'linear-decay', from: 0, to: 3 });
    for (const given of [
      { id: 'curriculum', from: 1 },
      { id: 'curriculum', to: 1 },
      { id: 'cosine-decay', from: 1 },
    ])
      expect(v.safeParse(SchedulePlan, given).success, JSON.stringify(given)).toBe(false);
    expect(v.safeParse(SchedulePlan, { id: 'constant', from: 1 }).success).toBe(false);
  });
});

describe.each(weightSchedules.map(({ id }) => [id, weightScheduleOf(id)] as const))('weight schedule %s', (_, schedule) => {
  const params = { ...usual(schedule), ...(schedule.params['to'] === undefined ? {} : { from: 2, to: 5 }) };
  const gate = schedule.gate?.initial(params) ?? { factor: 1, lastMetric: null };

  test('gives a share from 0 to 1 at every time, and 0 only where it says that it can rest', () => {
    const shares = Array.from({ length: 81 }, (__, k) => schedule.share(params, k / 10, gate));
    for (const share of shares) expect(share >= 0 && share <= 1).toBe(true);
    if (shares.includes(0)) expect(schedule.canRest(params)).toBe(true);
  });

  test('says in words what it is, with its numbers', () => {
    expect(schedule.misfit?.(params) ?? null).toBeNull();
    for (const value of Object.values(params)) expect(schedule.words(params)).toContain(String(value));
  });
});

describe.each(rateSchedules.map(({ id }) => [id, rateScheduleOf(id)] as const))('learning-rate schedule %s', (_, schedule) => {
  test('gives a share above 0 and at most 1 within a run', () => {
    for (let k = 0; k < 100; k++) {
      const share = schedule.share(usual(schedule), k / 10, 10);
      expect(share > 0 && share <= 1 + 1e-12, `${k / 10}: ${share}`).toBe(true);
    }
  });
});

describe.each(optimizers.map(({ id }) => [id, optimizerOf(id)] as const))('optimizer %s', (_, optimizer) => {
  test('goes down a bowl, whatever its slots and scalars', () => {
    const params = usual(optimizer);
    let [parameter, slots]: [number, readonly number[]] = [1, optimizer.slots.map(({ initial }) => initial)];
    for (let step = 0; step < 300; step++) {
      const scalars = optimizer.scalars(params, step);
      const [next, ...rest] = optimizer.update(
        plain,
        {
          parameter,
          gradient: 2 * parameter,
          learningRate: 0.05,
          slot: (position) => slots[position] ?? NaN,
          scalar: (position) => scalars[position] ?? NaN,
        },
        params,
      );
      parameter = next ?? NaN;
      expect(rest).toHaveLength(optimizer.slots.length);
      slots = rest;
    }
    expect(Math.abs(parameter)).toBeLessThan(0.15);
  });

  test('with a fused kernel, names inputs that the step has, each once', () => {
    const inputs = optimizer.kernel?.(usual(optimizer)).inputs.filter((input) => typeof input === 'string') ?? [];
    expect(new Set(inputs).size).toBe(inputs.length);
    if (inputs.length > 0) expect(inputs.includes('slots')).toBe(optimizer.slots.length > 0);
  });
});

describe.each(losses.map((loss) => [loss.id, loss] as const))('loss %s', (_, loss) => {
  test('is 0 without an error, grows with it and stays finite', () => {
    const params = usual(loss);
    const values = Array.from({ length: 60 }, (__, k) => loss.of(plain, k / 3, params));
    expect(values[0]).toBeCloseTo(0, 12);
    values.slice(1).forEach((value, k) => expect(value, String(k)).toBeGreaterThan(values[k] ?? NaN));
    expect(values.every(Number.isFinite)).toBe(true);
  });
});
