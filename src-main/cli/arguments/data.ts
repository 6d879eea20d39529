/** Data options -> the plan's data part. Pure. */
import { LabError } from '../../contract/errors.ts';
import type { ParamSpecs } from '../../contract/params.ts';
import { columnRoles } from '../../contract/plan.ts';
import type { ColumnRole, PlanInput } from '../../contract/plan.ts';
import { optionalNumber, readChoice, readIdWithParams, readNumber, shareAboveZero, wholeFromOne } from './values.ts';
import { withoutUndefined } from './training.ts';

/** How the file is read; `data inspect` has the same ones. */
export const readOptions = {
  format: { kind: 'text', value: 'ID', help: 'The data format, when it is not to be guessed.' },
  delimiter: { kind: 'text', value: 'C', help: 'Between the cells of a CSV file: "," ";" or tab.' },
  encoding: { kind: 'text', value: 'ID', help: 'utf-8, utf-16le, utf-16be or latin1.' },
  decimal: { kind: 'text', value: 'C', help: 'The decimal mark: "." or ",".' },
  missing: { kind: 'list', value: 'TEXT', help: 'A cell text that means "no value"; several times for several.' },
  'no-header': { kind: 'flag', help: 'The first row holds data, not names.' },
  'image-size': { kind: 'text', value: 'WxH', help: 'Resize every image.' },
} as const;

export const dataOptions = {
  ...readOptions,
  ignore: { kind: 'list', value: 'COLUMN', help: 'A column that is neither input nor task; several times for several.' },
  role: { kind: 'list', value: 'COLUMN=ROLE', help: `The role of a column: ${columnRoles.join(', ')}.` },
  split: {
    kind: 'text',
    value: 'KIND[:...]',
    help: 'stratified, random, grouped:column=NAME or column:column=NAME; shares as train=0.7,validation=0.15,test=0.15.',
  },
  'train-fraction': { kind: 'text', value: 'F', help: 'The share of the training split that is used, for low-data questions.' },
} as const;

interface ReadValues {
  readonly delimiter: string | undefined;
  readonly encoding: string | undefined;
  readonly decimal: string | undefined;
  readonly missing: readonly string[];
  readonly 'no-header': boolean;
  readonly 'image-size': string | undefined;
}

interface DataValues extends ReadValues {
  readonly format: string | undefined;
  readonly ignore: readonly string[];
  readonly role: readonly string[];
  readonly split: string | undefined;
  readonly 'train-fraction': string | undefined;
}

type Data = PlanInput['data'];
type Options = NonNullable<Data['options']>;

/** @param source an absolute path, or a sample's name   @throws LabError bad-input naming the option */
export function readData(source: string, given: DataValues): Data {
  const options = readReadOptions(given);
  const roles = readRoles(given.ignore, given.role);
  return withoutUndefined<Data>({
    source,
    format: given.format,
    options: Object.keys(options).length === 0 ? undefined : options,
    roles: Object.keys(roles).length === 0 ? undefined : roles,
    split: given.split === undefined ? undefined : readSplit(given.split),
    trainFraction: optionalNumber('train-fraction', given['train-fraction'], shareAboveZero),
  });
}

export function readReadOptions(given: ReadValues): Options {
  const size = given['image-size'] === undefined ? undefined : readImageSize(given['image-size']);
  return withoutUndefined<Options>({
    delimiter: given.delimiter === 'tab' || given.delimiter === '\\t' ? '\t' : given.delimiter,
    encoding: readChoice('encoding', given.encoding, ['utf-8', 'utf-16le', 'utf-16be', 'latin1']),
    decimal: readChoice('decimal', given.decimal, ['.', ',']),
    missing: given.missing.length === 0 ? undefined : [...given.missing],
    header: given['no-header'] ? false : undefined,
    width: size?.width,
    height: size?.height,
  });
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

function readRoles(ignore: readonly string[], texts: readonly string[]): Record<string, ColumnRole> {
  const chosen = texts.map((text) => {
    const at = text.lastIndexOf('=');
    const role = columnRoles.find((candidate) => candidate === text.slice(at + 1));
    if (at < 1 || role === undefined)
      throw new LabError('bad-input', `Option --role must be COLUMN=ROLE with a role of ${columnRoles.join(', ')}. Received: "${text}".`);
    return [text.slice(0, at), role] as const;
  });
  return Object.fromEntries([...ignore.map((column) => [column, 'ignore'] as const), ...chosen]); // defines its entries, whatever their names
}

const share = (value: number, part: string): ParamSpecs[string] => ({ kind: 'number', default: value, min: 0, max: 1, help: `share of the rows for ${part}` });
const shares: ParamSpecs = {
  train: share(0.7, 'training'),
  validation: share(0.15, 'validation'),
  test: share(0.15, 'the test'),
  seed: { kind: 'number', default: 1, min: 0, integer: true, help: 'seed of the draw' },
};
const splitSpecs: Readonly<Record<string, ParamSpecs>> = { stratified: shares, random: shares, grouped: shares, column: {} };

function readSplit(text: string): NonNullable<Data['split']> {
  // The column is a free text, so it is taken out before the numbers are checked.
  const colon = text.indexOf(':');
  const parts = colon < 0 ? [] : text.slice(colon + 1).split(',');
  const column = parts.find((part) => part.startsWith('column='))?.slice('column='.length);
  const rest = parts.filter((part) => !part.startsWith('column='));
  const { id, params } = readIdWithParams('split', `${colon < 0 ? text : text.slice(0, colon)}:${rest.join(',')}`, splitSpecs);
  if ((id === 'grouped' || id === 'column') && (column === undefined || column === ''))
    throw new LabError('bad-input', `Split ${id} needs the column, for example --split ${id}:column=patient.`);
  // splitSpecs has the kinds and names of the plan's schema
  return { kind: id, ...params, ...(column !== undefined && { column }) } as NonNullable<Data['split']>;
}
