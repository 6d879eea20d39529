import { expect, test } from 'vitest';
import { entryById, paramsById, writtenForms } from '../../src-main/vocabulary/lookup.ts';

test('entries are written as the command line takes them, the last after an "or"', () => {
  expect(writtenForms([{ id: 'sgd' }, { id: 'momentum', example: 'nesterov=true' }, { id: 'adagrad' }])).toBe('sgd, momentum:nesterov=true or adagrad');
});

test('an entry and its parameters are found by its id', () => {
  const params = { rate: { kind: 'number', default: 1, help: '' } } as const;
  const list = [
    { id: 'a', params: {} },
    { id: 'b', params },
  ];
  expect(entryById(list, 'b')).toBe(list[1]);
  expect(() => entryById(list, 'c')).toThrow('Expected one of a, b. Received: c');
  expect(paramsById(list)).toEqual({ a: {}, b: params });
});
