/** How a person says on the command line how data are read: one table for the flags, their help, and the command that says a plan's choices again. */
import { LabError } from './errors.ts';
import { axesOrders, dateOrders, encodings, thousandsMarks, type ReadOptions } from './reading.ts';

interface ReadingFlag<Value> {
  readonly kind: 'text';
  readonly value: string; // how the help calls it
  readonly help: string;
  /** null: not understood. */
  read(text: string): Value | null;
  write(value: Value): string;
  readonly must: string; // what it must be, for the refusal
}

/** A flag whose value is of some type. */
type AnyFlag = Omit<ReadingFlag<never>, 'read'> & { read(text: string): unknown };

type Choice<Key extends keyof ReadOptions> = ReadingFlag<NonNullable<ReadOptions[Key]>>;

const spelled: Readonly<Record<string, string>> = { '\t': 'tab', ' ': 'space', "'": 'apostrophe' }; // what a shell would take for something else

/** One of a closed set; some marks have a word too. */
function oneOf<const C extends string>(choices: readonly C[], value: string, help: string): ReadingFlag<C> {
  return {
    kind: 'text',
    value,
    help,
    read: (text) => choices.find((choice) => choice === text || spelled[choice] === text) ?? null,
    write: (choice) => spelled[choice] ?? choice,
    must: `one of ${choices.map((choice) => spelled[choice] ?? choice).join(', ')}`,
  };
}

function anyText(value: string, help: string): ReadingFlag<string> {
  return { kind: 'text', value, help, read: (text) => (text === '' ? null : text), write: (text) => text, must: 'a text that is not empty' };
}

const delimiter: Choice<'delimiter'> = {
  kind: 'text',
  value: 'C',
  help: 'Between the cells of a text table: "," ";" tab, space, or whitespace for runs of blanks.',
  read: (text) => (text === '\\t' ? '\t' : (Object.keys(spelled).find((mark) => spelled[mark] === text) ?? text)),
  write: (mark) => spelled[mark] ?? mark,
  must: 'a text',
};

const header: Choice<'header'> = {
  kind: 'text',
  value: 'N|none',
  help: 'The line that holds the names, counted from 1; what stands above it is left out. "none": there are no names.',
  read: (text) => (text === 'none' ? false : text === 'first' ? true : /^[1-9]\d{0,5}$/.test(text) ? Number(text) : null),
  write: (line) => (line === false ? 'none' : line === true ? 'first' : String(line)),
  must: 'none, first, or the number of a line from 1 up',
};

const range: Choice<'range'> = {
  kind: 'text',
  value: 'used|full|LOW,HIGH',
  help: 'Pictures of 16 bits: what becomes black and white. "used": the smallest and largest value that occur; "full": 0 and 65535.',
  read(text) {
    if (text === 'used' || text === 'full') return text;
    const [low, high, more] = text.split(',').map((part) => (part.trim() === '' ? NaN : Number(part)));
    return low !== undefined && high !== undefined && more === undefined && low < high && Number.isFinite(high - low) ? [low, high] : null;
  },
  write: (value) => (typeof value === 'string' ? value : value.join(',')),
  must: 'used, full, or two numbers such as 0,4095',
};

/** By flag, which is also the field of the reading options. */
export const readingFlags = {
  delimiter,
  encoding: oneOf(encodings, 'ID', `How the text is encoded: ${encodings.join(', ')}.`),
  decimal: oneOf(['.', ','], 'C', 'The decimal mark: "." or ",".'),
  thousands: oneOf(thousandsMarks, 'C', 'The mark between thousands: "," "." space, apostrophe or none.'),
  dates: oneOf(dateOrders, 'ORDER', 'Dates such as 3/4/2021: day-first or month-first.'),
  header,
  sheet: anyText('NAME|N', 'Which sheet of a spreadsheet, by name or number.'),
  entry: anyText('NAME', 'Which table or array of an archive or HDF5 file.'),
  axes: oneOf(axesOrders, 'ORDER', 'Arrays of pictures and of series: channels-last or channels-first.'),
  range,
} as const satisfies { readonly [Key in keyof ReadOptions]?: Choice<Key> };

export type ReadingFlagName = keyof typeof readingFlags;

/** What was said with the flags.  @throws LabError bad-input naming the flag */
export function readReadingFlags(given: Readonly<Partial<Record<ReadingFlagName, string | undefined>>>): ReadOptions {
  const read = Object.entries<AnyFlag>(readingFlags).flatMap(([name, flag]) => {
    const text = given[name as ReadingFlagName]; // a key of the table
    if (text === undefined) return [];
    const value = flag.read(text);
    if (value === null) throw new LabError('bad-input', `Option --${name} must be ${flag.must}. Received: "${text}".`);
    return [[name, value] as const];
  });
  return Object.fromEntries(read); // each value read by the flag of its field
}

/** The flags that say what the options say. */
export function writeReadingFlags(options: ReadOptions): readonly (readonly [flag: string, text: string])[] {
  return Object.entries<AnyFlag>(readingFlags).flatMap(([name, flag]) => {
    const value = options[name as ReadingFlagName]; // a key of the table
    return value === undefined ? [] : [[name, flag.write(value as never)] as const]; // of the field that the flag is for
  });
}
