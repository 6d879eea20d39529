/** Reads .ts time series of the UEA and UCR archives, with the _TRAIN and _TEST files of a problem joined. */
import { basename, dirname, join } from 'node:path';
import { LabError } from '../../contract/errors.ts';
import type { Format, RawDataset, ReadOptions } from '../format.ts';
import type { ReadRoom } from '../readRoom.ts';
import { listFolder, plainName, readBytes, statOf } from '../source.ts';
import { joinParts } from '../splitNames.ts';
import { decodeTs, startsAsTs } from './tsSeries.ts';

export const ts: Format = {
  id: 'ts',
  title: 'UEA/UCR time series',
  extensions: ['.ts'],
  help:
    'A .ts file with @problemName, @classLabel and @data, or a folder with NAME_TRAIN.ts and NAME_TEST.ts; ' +
    'dimensions are separated by ":", the class is last.',
  hasNeighbours: true,
  opens: ['gzip'],
  match: ({ path, isDirectory, entries, head }) => (isDirectory ? problemsOf(entries).length > 0 : /\.ts$/i.test(plainName(path)) && startsAsTs(head)),
  read,
};

async function read(path: string, _: ReadOptions, { isPart = false }: ReadRoom): Promise<RawDataset> {
  if ((await statOf(path)).isDirectory()) return readFolder(path);
  const [, problem] = partPattern.exec(basename(path)) ?? [];
  if (problem === undefined || isPart) return decodeTs(path, await readBytes(path));
  return readProblem(dirname(path), problem, await listFolder(dirname(path)));
}

const partPattern = /^(.+)_(?:train|test)\.ts(?:\.gz)?$/i;

function problemsOf(entries: readonly string[]): string[] {
  return [...new Set(entries.flatMap((name) => partPattern.exec(name)?.[1] ?? []))];
}

async function readFolder(folder: string): Promise<RawDataset> {
  const entries = await listFolder(folder);
  const problems = problemsOf(entries);
  const [problem] = problems;
  if (problem === undefined) throw new LabError('bad-input', `${folder} has no time series: expected NAME_TRAIN.ts and NAME_TEST.ts.`);
  if (problems.length > 1) throw new LabError('bad-input', `${folder} has several problems: ${problems.join(', ')}. Give one of the files.`);
  return readProblem(folder, problem, entries);
}

async function readProblem(folder: string, problem: string, entries: readonly string[]): Promise<RawDataset> {
  const find = (word: string): string | null => {
    const name = entries.find((entry) => [`${problem}_${word}.ts`, `${problem}_${word}.ts.gz`].some((wanted) => entry.toLowerCase() === wanted.toLowerCase()));
    return name === undefined ? null : join(folder, name);
  };
  const train = find('train');
  const test = find('test');
  if (train !== null && test !== null)
    return joinParts([
      { split: 'train', path: train, data: decodeTs(train, await readBytes(train)) },
      { split: 'test', path: test, data: decodeTs(test, await readBytes(test)) },
    ]);
  const only = train ?? test ?? folder;
  return decodeTs(only, await readBytes(only));
}
