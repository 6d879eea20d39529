import { describe, expect, test } from 'vitest';
import { checkParams, describeRange } from '../../src-main/contract/params.ts';
import { advice, advices } from '../../src-main/methods/advisor.ts';
import { method, methods, needsHeldOutRows } from '../../src-main/methods/index.ts';
import { rangesOf, writtenRanges } from '../support/writtenRanges.ts';

const ids = methods.map((candidate) => candidate.id);

describe('the list of methods', () => {
  test('holds each id once', () => {
    expect([...new Set(ids)]).toEqual(ids);
  });

  test('begins with the plain sum and then what serves one main task', () => {
    const first = ['fixed', 'primary-pcgrad', 'gradient-cosine', 'metabalance'].filter((id) => ids.includes(id));
    expect(ids.slice(0, first.length)).toEqual(first);
  });

  test('the methods that keep validation rows for themselves are those that look ahead and those that fork', () => {
    expect(methods.filter(needsHeldOutRows)).toEqual(methods.filter(({ kind }) => kind === 'look-ahead' || kind === 'forking'));
  });

  test.each(methods)('$id explains itself', ({ title, paper, summary, whenToUse, formula, traps, cost, params }) => {
    for (const text of [title, paper, whenToUse, formula, cost, ...traps]) expect(text.trim().length).toBeGreaterThan(3);
    expect(paper).toMatch(/\b(19|20)\d\d\b/);
    expect(summary.match(/[.](\s|$)/g)?.length, summary).toBe(2);
    expect(traps.length).toBeGreaterThan(0);
    for (const spec of Object.values(params)) {
      expect(spec.help.endsWith('.'), spec.help).toBe(true);
      if (spec.kind === 'number') expect(describeRange(spec)).toMatch(/from .* to |above .* and at most /);
    }
  });

  test.each(methods)('the defaults of $id are within their own ranges', ({ id, params }) => {
    const defaults = Object.fromEntries(Object.entries(params).map(([name, spec]) => [name, spec.default]));
    expect(checkParams(`method ${id}`, params, defaults)).toEqual(defaults);
  });
});

test.each(methods)('the parameters of $id have the defaults and ranges of their first release', ({ id, params }) => {
  expect(rangesOf(params)).toMatchObject(writtenRanges('methods', id));
});

describe('refusals', () => {
  test('an unknown method is refused with the nearest names', () => {
    for (const id of ids) expect(method(id).id).toBe(id);
    expect(() => method('fix-ed')).toThrow('Unknown method "fix-ed". Did you mean fixed?');
    expect(() => method('xxxxxxxxxxxxxxxxxxxxxxxxx')).toThrow(`Unknown method "xxxxxxxxxxxxxxxxxxxxxxxxx". There are: ${ids.join(', ')}.`);
  });

  test.each(methods)('a parameter that $id does not have is refused with those that it has', ({ id, params }) => {
    const names = Object.keys(params);
    const has = names.length === 0 ? 'It has none.' : `It has: ${names.join(', ')}.`;
    expect(() => checkParams(`method ${id}`, params, { xxxxxxxxxxxxxxxxxxxx: 1 })).toThrow(`Method ${id} has no parameter "xxxxxxxxxxxxxxxxxxxx". ${has}`);
  });
});

describe('the advisor', () => {
  test.each(advices)('names existing methods for $id', ({ first, symptom, signs, why, avoid }) => {
    expect(first.length).toBeGreaterThan(0);
    for (const id of first) expect(ids).toContain(id);
    for (const text of [symptom, signs, why, ...(avoid === '' ? [] : [avoid])]) expect(text).toMatch(/[^`]\.$/);
    for (const name of `${why} ${avoid}`.match(/\b[a-z]+-[a-z]+\b/g) ?? []) if (/pcgrad|mtl|cosine|aux|imtl/.test(name)) expect(ids).toContain(name);
  });

  test('answers the four first questions and refuses others', () => {
    for (const id of ['large-auxiliary', 'conflict', 'noisy-auxiliary', 'few-labels']) expect(advice(id).id).toBe(id);
    expect(() => advice('conflicts')).toThrow('Unknown symptom "conflicts". Did you mean conflict?');
  });
});
