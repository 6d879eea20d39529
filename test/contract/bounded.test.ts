import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { entryOf, recordOf, recordUpTo } from '../../src-main/contract/bounded.ts';
import { parseParams } from '../../src-main/contract/params.ts';
import { DataPlan } from '../../src-main/contract/plan.ts';
import { checkPlanShape } from '../../src-main/lab/plan/planShape.ts';
import { planJsonSchema } from '../../src-main/lab/plan/planSchema.ts';

/** Names that every object inherits or treats in its own way; race data have a column "constructor". */
const names = ['constructor', 'prototype', '__proto__', 'toString', 'hasOwnProperty'];
const under = <T>(value: T) => Object.fromEntries(names.map((name) => [name, value]));

describe('values by names that people gave', () => {
  test('every name is a plain entry, and no prototype changes', () => {
    const read = v.parse(recordOf(recordOf(v.number())), JSON.parse(JSON.stringify(under(under(1)))));
    expect(Object.entries(read)).toEqual(names.map((name) => [name, under(1)]));
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  test.each([
    ['a list', []],
    ['a text', 'x'],
    ['nothing', null],
    ['a number', 1],
  ])('%s is none', (_, value) => {
    expect(v.safeParse(recordOf(v.number()), value).issues?.[0]).toMatchObject({ type: 'record', expected: 'Object' });
  });

  test('a wrong value is told with its place', () => {
    const { issues } = v.safeParse(recordOf(recordOf(v.number())), { a: { b: 1 }, constructor: { c: 2, d: 'x' } });
    expect(issues?.map((issue) => v.getDotPath(issue))).toEqual(['constructor.d']);
    expect(issues?.[0]).toMatchObject({ type: 'number', received: '"x"' });
  });

  test('too many are refused', () => {
    expect(v.is(recordUpTo(v.number(), 2), { a: 1, b: 2 })).toBe(true);
    expect(v.is(recordUpTo(v.number(), 2), { a: 1, b: 2, c: 3 })).toBe(false);
  });

  test('a name that is not there has no value', () => {
    expect(names.map((name) => entryOf({ speed: 1 }, name))).toEqual(names.map(() => undefined));
    expect(entryOf(under(3), '__proto__')).toBe(3);
  });
});

describe('what is made of them', () => {
  test('a plan keeps the role of such a column', () => {
    expect(Object.entries(v.parse(DataPlan, { source: 'laps.csv', roles: under('ignore') }).roles)).toEqual(names.map((name) => [name, 'ignore']));
  });

  test('a wrong role is told with its column', () => {
    const plan = { format: 'auxlab-plan/1', data: { source: 'laps.csv', roles: { constructor: 'label' } }, main: { target: 'speed' }, arms: [] };
    expect(() => checkPlanShape(plan, 'Plan laps.json')).toThrow(/data\.roles\.constructor must be one of "input", "target".* Received: "label"\./);
  });

  test('editors are told what a role may be', () => {
    expect(JSON.stringify(planJsonSchema())).toContain(
      '"roles":{"type":"object","propertyNames":{"type":"string"},"additionalProperties":{"enum":["input","target"',
    );
  });

  test.each(names)('a parameter called "%s" is refused, not overlooked', (name) => {
    expect(() => parseParams('method fixed', {}, `${name}=1`)).toThrow(`Method fixed has no parameter "${name}".`);
  });
});
