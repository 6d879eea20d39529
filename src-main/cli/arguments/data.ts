/** Data options -> the plan's data part. Pure. */
import { LabError } from '../../contract/errors.ts';
import type { ParamSpecs } from '../../contract/params.ts';
import { columnRoles, duplicateRules } from '../../contract/plan.ts';
import type { PlanInput } from '../../contract/plan.ts';
import { columnTypes } from '../../contract/reading.ts';
import { readingFlags, readReadingFlags } from '../../contract/readingFlags.ts';
import type { ReadingFlagName } from '../../contract/readingFlags.ts';
import { optionalNumber, readIdWithParams, readNumber, shareAboveZero, wholeFromOne } from './values.ts';
import { withoutUndefined } from './training.ts';

/** How the data are read and what their columns are; `data inspect` has the same ones. */
export const readOptions = {
  format: { kind: 'text', value: 'ID', help: 'The data format, when it is not to be guessed.' },
  ...readingFlags,
  'no-header': { kind: 'flag', help: 'The first row holds data, not names; the same as --header none.' },
  missing: { kind: 'list', value: 'TEXT', help: 'A cell text that means "no value"; several times for several.' },
  'image-size': { kind: 'text', value: 'WxH', help: 'Resize every image.' },
  'validation-data': { kind: 'text', value: 'FILE', help: 'A file of the same form whose rows are the validation part.' },
  'test-data': { kind: 'text', value: 'FILE', help: 'A file of the same form whose rows are the test part.' },
  type: { kind: 'list', value: 'COLUMN=TYPE', help: `What a column holds: ${columnTypes.join(', ')}.` },
  ignore: { kind: 'list', value: 'COLUMN', help: 'A column that is neither input nor task; several times for several.' },
  role: { kind: 'list', value: 'COLUMN=ROLE', help: `The role of a column: ${columnRoles.join(', ')}.` },
} as const;

export const splitOption = {
  split: {
    kind: 'text',
    value: 'KIND[:...]',
    help:
      'stratified, random, grouped:column=NAME, time:column=NAME or column:column=NAME; shares as train=0.7,validation=0.15,test=0.15; ' +
      'duplicates=together keeps rows with the same inputs in one part.',
  },
} as const;

export const dataOptions = {
  ...readOptions,
  ...splitOption,
  'train-fraction': { kind: 'text', value: 'F', help: 'The share of the training split that is used, for low-data questions.' },
} as const;

type ReadValues = Readonly<Partial<Record<ReadingFlagName, string | undefined>>> & {
  readonly format: string | undefined;
  readonly missing: readonly string[];
  readonly 'no-header': boolean;
  readonly 'image-size': string | undefined;
  readonly 'validation-data': string | undefined;
  readonly 'test-data': string | undefined;
  readonly type: readonly string[];
  readonly ignore: readonly string[];
  readonly role: readonly string[];
};

type DataValues = ReadValues & { readonly split: string | undefined; readonly 'train-fraction': string | undefined };

type Data = PlanInput['data'];
type Options = NonNullable<Data['options']>;

/** @param source an absolute path, or a sample's name
 *  @param placed makes a path absolute
 *  @throws LabError bad-input naming the option */
export function readData(source: string, given: DataValues, placed: (path: string) => string): Data {
  return withoutUndefined<Data>({
    ...readSource(source, given, placed),
    split: given.split === undefined ? undefined : readSplit(given.split),
    trainFraction: optionalNumber('train-fraction', given['train-fraction'], shareAboveZero),
  });
}

/** What `data inspect` asks: the source, how it is read and what its columns are.  @throws LabError bad-input naming the option */
export function readSource(source: string, given: ReadValues, placed: (path: string) => string): Data {
  const parts = withoutUndefined<NonNullable<Data['parts']>>({
    validation: placedOrNone(given['validation-data'], placed),
    test: placedOrNone(given['test-data'], placed),
  });
  return withoutUndefined<Data>({
    source,
    format: given.format,
    parts: orNone(parts),
    options: orNone(readReadOptions(given)),
    types: orNone(byColumn('type', 'TYPE', given.type, columnTypes)),
    roles: orNone({
      ...byColumn(
        'role',
        'ROLE',
        given.ignore.map((column) => `${column}=ignore`),
        columnRoles,
      ),
      ...byColumn('role', 'ROLE', given.role, columnRoles),
    }),
  });
}

function readReadOptions(given: ReadValues): Options {
  if (given['no-header'] && given.header !== undefined)
    throw new LabError('bad-input', 'Options --no-header and --header say the same thing; give one of them.');
  const size = given['image-size'] === undefined ? undefined : readImageSize(given['image-size']);
  return withoutUndefined<Options>({
    ...readReadingFlags(given['no-header'] ? { ...given, header: 'none' } : given),
    missing: given.missing.length === 0 ? undefined : [...given.missing],
    width: size?.width,
    height: size?.height,
  });
}

function orNone<T extends object>(value: T): T | undefined {
  return Object.keys(value).length === 0 ? undefined : value;
}

function placedOrNone(path: string | undefined, placed: (path: string) => string): string | undefined {
  return path === undefined ? undefined : placed(path);
}

function readImageSize(text: string): { readonly width: number; readonly height: number } {
  const [width, height, more] = text.toLowerCase().split('x');
  if (width === undefined || height === undefined || more !== undefined)
    throw new LabError('bad-input', `Option --image-size must be WIDTHxHEIGHT, for example 64x64. Received: "${text}".`);
  return {
    width: readNumber('Option --image-size: the width', width, wholeFromOne),
    height: readNumber('Option --image-size: the height', height, wholeFromOne),
  };
}

/** "COLUMN=WORD" several times; a column's name may have an equals sign itself. */
function byColumn<const C extends string>(option: string, noun: string, texts: readonly string[], choices: readonly C[]): Record<string, C> {
  const chosen = texts.map((text) => {
    const at = text.lastIndexOf('=');
    const choice = choices.find((candidate) => candidate === text.slice(at + 1));
    if (at < 1 || choice === undefined)
      throw new LabError('bad-input', `Option --${option} must be COLUMN=${noun} with a ${noun.toLowerCase()} of ${choices.join(', ')}. Received: "${text}".`);
    return [text.slice(0, at), choice] as const;
  });
  return Object.fromEntries(chosen); // defines its entries, whatever their names
}

const share = (value: number, part: string): ParamSpecs[string] => ({ kind: 'number', default: value, min: 0, max: 1, help: `share of the rows for ${part}` });
const shares: ParamSpecs = {
  train: share(0.7, 'training'),
  validation: share(0.15, 'validation'),
  test: share(0.15, 'the test'),
  seed: { kind: 'number', default: 1, min: 0, integer: true, help: 'seed of the draw' },
};
const drawn: ParamSpecs = {
  ...shares,
  duplicates: { kind: 'choice', default: 'anywhere', choices: [...duplicateRules], help: 'where rows with the same inputs stand' },
};
const splitSpecs: Readonly<Record<NonNullable<NonNullable<Data['split']>['kind']>, ParamSpecs>> = {
  stratified: drawn,
  random: drawn,
  grouped: drawn,
  column: {},
  time: shares,
};
const columnExamples: Readonly<Record<string, string>> = { grouped: 'patient', column: 'fold', time: 'date' };

/** @throws LabError bad-input naming the option */
export function readSplit(text: string): NonNullable<Data['split']> {
  // The column is a free text, so it is taken out before the numbers are checked.
  const colon = text.indexOf(':');
  const parts = colon < 0 ? [] : text.slice(colon + 1).split(',');
  const column = parts.find((part) => part.startsWith('column='))?.slice('column='.length);
  const rest = parts.filter((part) => !part.startsWith('column='));
  const { id, params } = readIdWithParams('split', `${colon < 0 ? text : text.slice(0, colon)}:${rest.join(',')}`, splitSpecs);
  const example = columnExamples[id];
  if (example !== undefined && (column === undefined || column === ''))
    throw new LabError('bad-input', `Split ${id} needs the column, for example --split ${id}:column=${example}.`);
  // splitSpecs has the kinds and names of the plan's schema
  return { kind: id, ...params, ...(column !== undefined && { column }) } as NonNullable<Data['split']>;
}
