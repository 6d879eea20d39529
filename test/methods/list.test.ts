import { describe, expect, test } from 'vitest';
import { checkParams, describeRange } from '../../src-main/contract/params.ts';
import { advice, advices } from '../../src-main/methods/advisor.ts';
import { method, methods } from '../../src-main/methods/index.ts';
import { rangesOf, writtenRanges } from '../support/writtenRanges.ts';

const ids = methods.map((candidate) => candidate.id);

describe('the list of methods', () => {
  test('holds each id once', () => {
    expect([...new Set(ids)]).toEqual(ids);
  });

  test('begins with the plain sum and then what serves one main task', () => {
    expect(ids.slice(0, 4)).toEqual(['fixed', 'primary-pcgrad', 'gradient-cosine', 'metabalance']);
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
    expect(method('pcgrad').id).toBe('pcgrad');
    expect(() => method('pc-grad')).toThrow('Unknown method "pc-grad". Did you mean pcgrad');
    expect(() => method('xxxxxxxxxxxxxxxxxxxxxxxxx')).toThrow(`Unknown method "xxxxxxxxxxxxxxxxxxxxxxxxx". There are: ${ids.join(', ')}.`);
  });

  test('a parameter out of its range is refused with the range', () => {
    const check = (id: string, given: Record<string, unknown>) => () => checkParams(`method ${id}`, method(id).params, given);
    expect(check('cagrad', { c: -1 })).toThrow('Method cagrad: c must be a number from 0 to 10. Received: -1.');
    expect(check('stch', { mu: 0 })).toThrow('Method stch: mu must be a number above 0 and at most 1000000. Received: 0.');
    expect(check('ol-aux', { every: 2.5 })).toThrow('Method ol-aux: every must be a whole number from 1 to 10000. Received: 2.5.');
    expect(check('gradient-cosine', { gate: 'soft' })).toThrow('Method gradient-cosine: gate must be one of weighted, sign. Received: "soft".');
    expect(check('uncertainty', { pinMain: 1 })).toThrow('Method uncertainty: pinMain must be true or false. Received: 1.');
    expect(check('gradnorm', { alhpa: 1 })).toThrow(
      'Method gradnorm has no parameter "alhpa". Did you mean alpha? It has: alpha, learningRate, every, representation.',
    );
  });
});

describe('the advisor', () => {
  test.each(advices)('names existing methods for $id', ({ first, symptom, signs, why, avoid }) => {
    expect(first.length).toBeGreaterThan(0);
    for (const id of first) expect(ids).toContain(id);
    for (const text of [symptom, signs, why, avoid]) expect(text.endsWith('.'), text).toBe(true);
    for (const name of `${why} ${avoid}`.match(/\b[a-z]+-[a-z]+\b/g) ?? []) if (/pcgrad|mtl|cosine|aux|imtl/.test(name)) expect(ids).toContain(name);
  });

  test('answers the four first questions and refuses others', () => {
    for (const id of ['large-auxiliary', 'conflict', 'noisy-auxiliary', 'few-labels']) expect(advice(id).id).toBe(id);
    expect(() => advice('conflicts')).toThrow('Unknown symptom "conflicts". Did you mean conflict?');
  });
});
