/** The rows of an ARFF file: dense and sparse, and the growing columns that take their values in. */
import { LabError } from '../../contract/errors.ts';
import { cutValues } from './arffHeader.ts';
import type { ArffAttribute } from './arffHeader.ts';
import type { RawColumn } from '../format.ts';
import { largestNumber } from '../limits.ts';

/** The values of a row, one for each attribute; '?' where one is missing.  @throws LabError naming the row */
export function rowValues(where: string, line: string, attributes: readonly ArffAttribute[]): string[] {
  if (line.startsWith('{')) return sparseValues(where, line, attributes);
  const plain = line.replace(/,\s*\{[^{}]*\}\s*$/, ''); // the weight of a row
  const values = cutValues(plain, ',');
  if (values.length === attributes.length) return values;
  const byBlanks = cutValues(plain, ' ');
  if (byBlanks.length === attributes.length) return byBlanks;
  if (values.length === attributes.length + 1 && values.at(-1) === '') return values.slice(0, -1); // a comma at the end
  throw new LabError(
    'bad-input',
    `${where}: ${values.length} ${values.length === 1 ? 'value' : 'values'}, but there are ${attributes.length} attributes. Put values with commas in quotes.`,
  );
}

/** '{1 5, 3 red}': what is not named is 0, or the first of an attribute's values. */
function sparseValues(where: string, line: string, attributes: readonly ArffAttribute[]): string[] {
  const close = line.lastIndexOf('}');
  if (close < 0) throw new LabError('bad-input', `${where}: the row starts with { and never ends with }.`);
  const values = attributes.map(({ type }) => (type.kind === 'number' ? '0' : type.kind === 'nominal' ? (type.values[0] ?? '?') : '?'));
  const inside = line.slice(1, close).trim();
  if (inside === '') return values;
  const pairs = /\s*(\d+)\s+('(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|[^,]*)(?:,|$)/gy;
  let read = 0;
  for (let found = pairs.exec(inside); found !== null && found[0] !== ''; found = pairs.exec(inside)) {
    const place = Number(found[1]);
    if (place >= attributes.length)
      throw new LabError('bad-input', `${where}: attribute ${place} is named, but there are ${attributes.length}, counted from 0.`);
    values[place] = cutValues(found[2] ?? '', ',')[0] ?? '?';
    read = pairs.lastIndex;
  }
  if (read < inside.length)
    throw new LabError('bad-input', `${where}: "${inside.slice(read, read + 40).trim()}" is no pair of an attribute's number and its value.`);
  return values;
}

/** Takes the values of one attribute in. */
export class ArffColumn {
  readonly name: string;
  readonly #attribute: ArffAttribute;
  readonly #missing: ReadonlySet<string>;
  readonly #codes: ReadonlyMap<string, number>;
  readonly #texts: (string | null)[] = [];
  #numbers = new Float64Array(0);
  #length = 0;
  #isSkipped: boolean;

  constructor(attribute: ArffAttribute, missing: ReadonlySet<string>) {
    this.name = attribute.name;
    this.#attribute = attribute;
    this.#missing = missing;
    this.#isSkipped = attribute.type.kind === 'relational';
    this.#codes = new Map(attribute.type.kind === 'nominal' ? attribute.type.values.map((value, code) => [value, code]) : []);
  }

  /** The attribute is part of a series and no column. */
  skip(): void {
    this.#isSkipped = true;
  }

  get isKept(): boolean {
    return !this.#isSkipped;
  }

  /** @throws LabError naming row and attribute */
  add(where: string, value: string): void {
    if (this.#isSkipped) return;
    const isMissing = this.#missing.has(value);
    switch (this.#attribute.type.kind) {
      case 'number':
        return this.#push(isMissing ? NaN : this.#numberOf(where, value));
      case 'nominal':
        return this.#push(isMissing ? -1 : this.#codeOf(where, value));
      case 'text':
        this.#texts.push(isMissing ? null : value);
        return;
      case 'relational':
        return;
      default:
        this.#attribute.type satisfies never;
    }
  }

  finish(name: string): RawColumn {
    const { type } = this.#attribute;
    const numbers = this.#numbers.slice(0, this.#length);
    if (type.kind === 'nominal') return { name, kind: 'coded', texts: type.values, codes: Int32Array.from(numbers) };
    return type.kind === 'number' ? { name, kind: 'number', values: numbers } : { name, kind: 'text', values: this.#texts };
  }

  #push(value: number): void {
    if (this.#length === this.#numbers.length) {
      const larger = new Float64Array(Math.max(1024, this.#numbers.length * 2));
      larger.set(this.#numbers);
      this.#numbers = larger;
    }
    this.#numbers[this.#length++] = value;
  }

  #numberOf(where: string, value: string): number {
    const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(value) ? Number(value) : NaN;
    if (Math.abs(number) <= largestNumber) return number;
    if (/^nan$/i.test(value)) return NaN;
    const problem = Number.isNaN(number) ? 'is not a number' : `is larger than ${largestNumber}, which is the most that is read`;
    throw new LabError('bad-input', `${where}, attribute "${this.name}": "${value}" ${problem}. Correct it, or name it in the option missing.`);
  }

  #codeOf(where: string, value: string): number {
    const code = this.#codes.get(value);
    if (code !== undefined) return code;
    const values = [...this.#codes.keys()];
    const shown = values.length > 20 ? `${values.slice(0, 20).join(', ')} ...` : values.join(', ');
    throw new LabError('bad-input', `${where}, attribute "${this.name}": "${value}" is none of its values (${shown}). Correct the row or the list.`);
  }
}
