/** The reading options as fields of a form: one table says how each is asked for and how its value is written. Pure. */
import { encodingTitles, type ReadOptions } from '../../../src-main/contract/reading.ts';
import { readingFlags } from '../../../src-main/contract/readingFlags.ts';
import { data as texts } from '../../texts/data.ts';

export type OptionName = keyof ReadOptions;

/** How a value is asked for: one of a list, a text, whole pixels, texts between commas, a place for the names, or two grey values. */
export type ReadingControl =
  | { readonly kind: 'choice'; readonly choices: Readonly<Record<string, string>> } // what is written -> its title
  | { readonly kind: 'text'; readonly hint: string }
  | { readonly kind: 'pixels' }
  | { readonly kind: 'list'; readonly hint: string }
  | { readonly kind: 'header' }
  | { readonly kind: 'range' };

export const readingControls: Readonly<Record<OptionName, ReadingControl>> = {
  delimiter: { kind: 'choice', choices: texts.delimiters },
  encoding: { kind: 'choice', choices: encodingTitles },
  decimal: { kind: 'choice', choices: texts.decimals },
  thousands: { kind: 'choice', choices: texts.thousands },
  dates: { kind: 'choice', choices: texts.dateOrders },
  header: { kind: 'header' },
  missing: { kind: 'list', hint: texts.missingHint },
  sheet: { kind: 'text', hint: texts.sheetHint },
  entry: { kind: 'text', hint: texts.entryHint },
  axes: { kind: 'choice', choices: texts.axesOrders },
  range: { kind: 'range' },
  width: { kind: 'pixels' },
  height: { kind: 'pixels' },
};

/** What is written of a value; '' when there is none. */
export function writtenOption(name: OptionName, options: ReadOptions): string {
  const value = options[name];
  if (value === undefined) return '';
  if (name === 'missing') return (options.missing ?? []).join(', ');
  if (name === 'width' || name === 'height') return String(options[name]);
  return readingFlags[name].write(value as never); // of the field that the flag is for
}

/** The option that a text says; without a value when it is empty or not understood. */
export function readOption(name: OptionName, text: string): ReadOptions {
  if (text.trim() === '' && text !== ' ') return {};
  if (name === 'missing') return { missing: listOf(text) };
  if (name === 'width' || name === 'height') return /^[1-9]\d{0,4}$/.test(text.trim()) ? { [name]: Number(text) } : {};
  const value = readingFlags[name].read(text);
  return value === null ? {} : { [name]: value };
}

function listOf(text: string): string[] {
  return [...new Set(text.split(',').map((mark) => mark.trim()))].filter((mark) => mark !== '').slice(0, 100);
}

/** What was found, in words; null when the reader does not tell. */
export function foundInWords(name: OptionName, found: ReadOptions): string | null {
  const control = readingControls[name];
  const written = writtenOption(name, found);
  if (written === '') return null;
  if (control.kind === 'choice') return Object.hasOwn(control.choices, written) ? (control.choices[written] ?? written) : written;
  if (control.kind === 'header') {
    const { header } = found;
    return lowered(typeof header === 'number' ? texts.inLine(header) : header === true ? texts.headers.first : texts.headers.none);
  }
  if (control.kind === 'range' && Array.isArray(found.range)) return texts.lowToHigh(String(found.range[0]), String(found.range[1]));
  return written;
}

function lowered(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
