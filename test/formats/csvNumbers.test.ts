/** Numbers as people write them. Each table is one that somebody could hand in; expected values are what the cells say to their writer. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readTable } from '../../src-main/formats/tables/csv.ts';
import { isTooPrecise, parseNumber, shortNumber, writtenNumber } from '../../src-main/formats/tables/csvNumbers.ts';
import type { RawDataset, ReadOptions } from '../../src-main/formats/format.ts';
import { columnOf, plain } from './support.ts';

function table(text: string, options: ReadOptions = {}): RawDataset {
  return readTable('t.csv', Buffer.from(text), options);
}

function valuesOf(cells: readonly string[], options: ReadOptions = {}): unknown {
  return plain(table(`a;b\n${cells.map((cell) => `${cell};x`).join('\n')}\n`, options))['a'];
}

describe('thousands', () => {
  test.each([
    ['commas', ['13,417', '385', '2,748,553'], [13417, 385, 2748553]],
    ['commas before a decimal point', ['1,234.56', '12.5', '1,000,000.25'], [1234.56, 12.5, 1000000.25]],
    ['points', ['1.000.000', '2.000.000'], [1000000, 2000000]],
    ['points before a decimal comma', ['1.234,56', '7,5'], [1234.56, 7.5]],
    ['blanks', ['1 234', '12 345 678'], [1234, 12345678]],
    ['no-break spaces', ['1\u00a0234,5', '2\u00a0000,5'], [1234.5, 2000.5]],
    ['narrow no-break spaces', ['1\u202f234,5', '2\u202f000,5'], [1234.5, 2000.5]],
    ['apostrophes', ["1'234.50", '7’000'], [1234.5, 7000]],
    ['the groups of India', ['12,34,567', '1,00,000'], [1234567, 100000]],
  ])('%s', (_, cells, expected) => {
    expect(valuesOf(cells)).toEqual(expected);
  });

  test('a comma before three digits is never taken for a decimal comma without another sign of it', () => {
    expect(valuesOf(['13,417', '16,200', '15,590'])).toEqual([13417, 16200, 15590]);
    expect(table('s\tv\n13,417\t22,808\n16,200\t27,540\n').notes).toEqual([
      'Delimiter tab (sniffed).',
      'Column "s": "13,417" is read as 13417.',
      'Column "v": "22,808" is read as 22808.',
      'If numbers are read wrongly, set the options decimal and thousands.',
    ]);
  });

  test('where other columns have the decimal comma, three decimals are decimals and points are thousands', () => {
    expect(plain(table('a;b;c\n13,417;1,5;13.417\n16,200;2,25;16.200\n'))).toEqual({ a: [13.417, 16.2], b: [1.5, 2.25], c: [13417, 16200] });
    expect(plain(table('a;b;c\n13,417;1.5;x\n16,200;2.25;x\n'))['a']).toEqual([13417, 16200]);
  });

  test('the options decide', () => {
    expect(valuesOf(['13,417', '16,200'], { decimal: ',' })).toEqual([13.417, 16.2]);
    expect(valuesOf(['13,417', '16,200'], { thousands: 'none' })).toEqual([13.417, 16.2]);
    expect(valuesOf(['13.417', '16.200'], { thousands: '.' })).toEqual([13417, 16200]);
    expect(valuesOf(['13.417', '16.200'])).toEqual([13.417, 16.2]);
  });

  test('groups that are none make a text, and it is said', () => {
    expect(valuesOf(['1,23,4', '2,3'])).toEqual(['1,23,4', '2,3']);
    expect(valuesOf(['192.168.0.1', '10.0.0.1'])).toEqual(['192.168.0.1', '10.0.0.1']);
    expect(table('a;b\n1.234,56;x\n1,234.56;y\n').notes).toContain(
      'Column "a" is text: its numbers are written in ways that contradict each other, and nobody can tell thousands from decimals. ' +
        'Write them alike, or set the options decimal and thousands.',
    );
  });

  test('what settles the decimal mark may come after the first thousand rows', () => {
    const rows = Array.from({ length: 1500 }, (_, i) => `${(i % 9) + 1}.${100 + (i % 900)};x\n`);
    const data = table(`a;b\n${rows.join('')}1.234.567;x\n`);
    expect([columnOf(data, 'a').kind, plain(data)['a']?.[0], plain(data)['a']?.at(-1)]).toEqual(['number', 1100, 1234567]);
    const late = table(`a;b\n${rows.join('')}1.5;x\n1.234.567;x\n`);
    expect(late.notes).toContain('Column "a" is text because of "1.234.567" in row 1503.');
  });
});

describe('signs', () => {
  test.each([
    ['currencies before and behind', ['$2,293.16', '-$5', '$ 3'], [2293.16, -5, 3]],
    ['the euro behind a decimal comma', ['1.234,50 €', '3,00 €'], [1234.5, 3]],
    ['pounds', ['£1,000', '£20'], [1000, 20]],
    ['yen', ['¥1,000', '¥20'], [1000, 20]],
    ['currency codes', ['USD 5.5', 'USD 1,000'], [5.5, 1000]],
    ['percent signs', ['24%', '5.5 %'], [24, 5.5]],
    ['the typographic minus', ['−6.96', '51.63'], [-6.96, 51.63]],
    ['the en dash as minus', ['–1.5', '2'], [-1.5, 2]],
    ['what is owed, in brackets', ['(3.50)', '4'], [-3.5, 4]],
  ])('%s', (_, cells, expected) => {
    expect(valuesOf(cells)).toEqual(expected);
  });

  test('amounts in different currencies, and percent beside bare numbers, are no numbers of one kind', () => {
    expect(table('a,b\n$1,2\n€5,3\n').notes).toContain('Column "a" is text: its numbers have different currencies ("€5" in row 3). Write them alike.');
    for (const cells of ['1%\n0.3\n', '0.3\n1%\n'])
      expect(table(`a\n${cells}`).notes.join(' ')).toMatch(
        /Column "a" is text: some of its numbers have a percent sign \("1%" in row [23]\) and some have none\. Write them alike\./,
      );
    expect(valuesOf(['0', '5%'])).toEqual([0, 5]);
  });
});

describe('whole numbers that a number cannot hold', () => {
  test('ids and labels of more than 15 digits stay text where neighbours would become one', () => {
    const data = table('x,user\n1,1234567890123456789\n2,1234567890123456790\n3,1234567890123456791\n');
    expect(plain(data)['user']).toEqual(['1234567890123456789', '1234567890123456790', '1234567890123456791']);
    expect(data.notes[1]).toBe(
      'Column "user" is text: "1234567890123456789" in row 2 is a whole number of more digits than a number can tell apart. As text no two values become one.',
    );
    expect(valuesOf(['-9007199254740993', '5'])).toEqual(['-9007199254740993', '5']);
    expect(valuesOf(['9007199254740991', '5'])).toEqual([9007199254740991, 5]);
  });

  test('one such number far below makes the whole column text, leading zeros and all', () => {
    const rows = Array.from({ length: 2000 }, (_, i) => `00${i}`);
    const data = table(`id,x\n${[...rows, '12345678901234567891234567'].map((id) => `${id},1`).join('\n')}\n`);
    expect([columnOf(data, 'id').kind, plain(data)['id']?.[7], plain(data)['id']?.at(-1)]).toEqual(['coded', '007', '12345678901234567891234567']);
  });

  test('what a program writes as the shortest name of a double is a number', () => {
    fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => !isTooPrecise(String(value))));
    fc.assert(
      fc.property(fc.bigInt({ min: 2n ** 53n, max: 10n ** 24n }), (value) => isTooPrecise(String(value)) === (String(value) !== String(Number(value)))),
    );
  });
});

describe('numerals', () => {
  test('plain digits have the value of JavaScript, whatever their marks', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.constantFrom('', '-', '+'), digits, fc.option(digits), fc.constantFrom('.', ','), (sign, whole, decimals, mark) => {
        const text = sign + whole + (decimals === null ? '' : mark + decimals);
        const bytes = Buffer.from(text);
        const expected = Number(text.replace(',', '.')) + 0;
        const short = shortNumber(bytes, 0, bytes.length, mark.charCodeAt(0));
        expect(Object.is(short, expected) || (Number.isNaN(short) && text.replace(/\D/g, '').length > 15)).toBe(true);
        expect(Object.is(parseNumber(text, mark === ',' ? ',' : '.'), expected)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test.each(['0x10', '1_000', '1e', 'e5', '.', '-', '', '1.2.3', '--1', '1-2', '12:30', '2024-01-02', '1 2', '+', '$', '%', '1%%', 'NaN', '०'])(
    '%j is no number',
    (cell) => {
      expect(parseNumber(cell, '.')).toBeNaN();
      expect(writtenNumber(cell, { decimal: '.', thousands: undefined })).toBeNull();
    },
  );

  test('a column of numbers with a few words is text, and what stands in the way is said', () => {
    const cells = Array.from({ length: 20 }, (_, i) => (i % 3 === 0 ? `${i}.5` : 'n.d.'));
    expect(table(`a,b\n${cells.map((cell) => `${cell},x`).join('\n')}\n`).notes).toContain(
      'Column "a": 7 of its 20 values are numbers, the others are "n.d." (13). Correct them, or name them in the option missing to read numbers.',
    );
    expect(valuesOf(cells, { missing: ['n.d.'] })).toEqual(cells.map((cell) => (cell === 'n.d.' ? NaN : Number(cell))));
  });

  test('numbers with a unit behind them are text, and it is said', () => {
    expect(table('a,b\n12.5 kg,1\n7 kg,2\n3 kg,3\n,4\n').notes).toContain(
      'Column "a" is text: its numbers have "kg" behind them ("12.5 kg"). Write the numbers alone to have them read as numbers.',
    );
    expect(table('a,b\n4a,1\n4b,2\n5a,3\n6b,4\n').notes.join(' ')).not.toContain('behind them');
  });
});
