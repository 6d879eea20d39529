/** Answers about data sets. */
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import type { CallArguments, CallOutput } from '../../../contract/calls.ts';
import { isSample, samples } from '../../../contract/samples.ts';
import { columnOf } from '../../../data/columns.ts';
import type { PreparedDataset } from '../../../data/dataset.ts';
import { guessTaskKind, resolveRoles } from '../../../data/roles.ts';
import { formats } from '../../../formats/index.ts';
import { describeData } from '../../plan/inspect.ts';
import { absoluteSource } from '../../plan/planFile.ts';
import { readingText } from '../../plan/readingText.ts';
import { rowsOf, sequencesOf, thumbnailsOf } from '../previews.ts';
import { previewSplit } from '../splitPreview.ts';
import type { DeskParts, Handlers } from './handlers.ts';

const sampleKinds: Readonly<Record<string, 'table' | 'image' | 'sequence'>> = { 'auto-mpg': 'table', 'japanese-vowels': 'sequence' };

export function dataHandlers({ store, context, work }: DeskParts): Handlers<'data'> {
  const read = (data: CallArguments<'data.rows'>['data']): Promise<PreparedDataset> => context.data.read(data);
  return {
    'data.formats': () => formats.map(({ id, title, extensions, help }) => ({ id, title, extensions: [...extensions], help })),
    'data.samples': () =>
      samples.map(({ id, title, sentence, main, auxiliaries, licence, source }) => ({
        id,
        source: `sample:${id}`,
        title,
        sentence,
        kind: sampleKinds[id] ?? 'image',
        main,
        auxiliaries: [...auxiliaries],
        licence,
        origin: source,
      })),
    'data.inspect': ({ data, job }) =>
      work.run(job, `Reading ${isSample(data.source) ? data.source : basename(data.source)}`, async ({ say }, signal) => {
        const sizeBytes = await context.data.sizeOf(data.source);
        say('Reading and checking the file');
        const dataset = await context.data.read(data, signal, (progress) => {
          const { message, fraction } = readingText(progress);
          say(message, fraction);
        });
        const picture = describe(dataset, data, sizeBytes);
        store.desk.recentData.note({
          source: dataset.source,
          name: dataset.name,
          kind: picture.input.kind,
          row_count: dataset.rows,
          opened: context.clock.now().toISOString(),
        });
        return picture;
      }),
    'data.rows': async ({ data, ...page }) => rowsOf(await read(data), page),
    'data.thumbnails': async ({ data, side, ...page }) => thumbnailsOf(await read(data), page, side),
    'data.sequences': async ({ data, points, ...page }) => sequencesOf(await read(data), page, points),
    'data.split': async ({ data, target, seed }) =>
      previewSplit(await read(data), { roles: data.roles, split: data.split, target, seed, trainFraction: data.trainFraction }),
    'data.recent': () =>
      store.desk.recentData
        .all()
        .map(({ source, name, kind, row_count: rows, opened }) => ({ source, name, kind, rows, opened, isThere: isSample(source) || existsSync(source) })),
    'data.forget': ({ source }) => {
      store.desk.recentData.forget(absoluteSource(source, process.cwd()));
      return {};
    },
  };
}

function describe(dataset: PreparedDataset, data: CallArguments<'data.inspect'>['data'], sizeBytes: number | null): CallOutput<'data.inspect'> {
  const roles = resolveRoles(dataset, data.roles);
  const report = describeData(dataset, data.roles, data.split);
  return {
    source: dataset.source,
    name: report.name,
    format: report.format,
    digest: report.digest,
    rows: report.rows,
    sizeBytes,
    input: { kind: report.input.kind, shape: [...report.input.shape] },
    columns: report.columns.map(({ classes, examples, role, ...column }) => ({
      ...column,
      examples: [...examples],
      role: roles[column.name] ?? 'ignore',
      guessed: role,
      classes: classes === null ? null : classes.map((one) => ({ ...one })),
      histogram: column.histogram === null ? null : [...column.histogram],
      task: guessTaskKind(columnOf(dataset, column.name), dataset),
    })),
    targets: [...report.targets],
    networks: [...report.networks],
    notes: [...report.notes],
    warnings: [...report.warnings],
    reading: { ...dataset.found },
    remedies: report.remedies.map((remedy) => (remedy === null ? null : { ...remedy })),
  };
}
