import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { Bundle, BundlePoints } from '../../src-main/contract/bundle.ts';

const time = '2026-11-24T10:00:00.000Z';
const run = {
  name: 'x-baseline-1',
  arm_id: 'baseline',
  seed: 1,
  position: 0,
  status: 'finished',
  error_code: null,
  error: null,
  started: time,
  ended: null,
  epochs: 2,
  steps: 10,
  selected_epoch: 1,
  stopped_early: 0,
  wall_ms: 5,
  step_ms: 0.5,
  peak_memory_mib: null,
  parameter_count: 10,
  deployed_parameter_count: null,
  final_weights_sha256: 'ab-1_C',
  main_weights_sha256: null,
  backend: 'wasm',
  backend_version: null,
  device: null,
  captured: 1,
  threads: 1,
};
const metric = { run: 'x-baseline-1', part: 'test', task: 'main', metric: 'loss', value: null };
const recall = { run: 'x-baseline-1', task: 'main', class: 0, recall: 0.5 };
const event = { run: null, at: time, kind: 'created', detail: '' };
const bundle = {
  format: 'auxlab-bundle/1',
  version: '0.1.0',
  dataset: {},
  experiment: { id: 'x', name: '', plan: '{}', design: '{}', provenance: '{}', created: time },
  arms: [],
  runs: [run],
  metrics: [metric],
  classRecalls: [recall],
  events: [event],
  notes: '',
  tags: ['a'],
};
const text = (length: number): string => 'a'.repeat(length);

test('a bundle is taken with what it may leave open as null', () => {
  expect(v.parse(Bundle, bundle)).toEqual(bundle);
});

describe('the borders of a bundle', () => {
  test.each<[part: string, taken: readonly object[], refused: readonly object[]]>([
    ['runs', [{ name: text(200) }, { name: '0' }], [{ name: text(201) }, { name: '-a' }, { name: 'A' }, { more: 1 }]],
    ['runs', [{ seed: 2 ** 49 }], [{ seed: 2 ** 49 + 1 }, { seed: -1 }, { seed: 0.5 }]],
    ['runs', [{ position: 2_000_000 }], [{ position: 2_000_001 }, { status: 'waiting' }, { error_code: 'odd' }]],
    ['runs', [{ error: text(200_000) }], [{ error: text(200_001) }]],
    ['runs', [{ epochs: 1e12 }], [{ epochs: 1e12 + 1 }, { selected_epoch: -1 }, { stopped_early: 2 }, { captured: true }]],
    [
      'runs',
      [{ wall_ms: 2 ** 53 - 1 }, { parameter_count: 2 ** 48 }],
      [{ wall_ms: -1 }, { wall_ms: 2 ** 53 }, { wall_ms: 0.5 }, { parameter_count: 2 ** 48 + 1 }, { deployed_parameter_count: 2 ** 48 + 1 }],
    ],
    ['runs', [{ final_weights_sha256: text(128) }], [{ final_weights_sha256: text(129) }, { final_weights_sha256: '' }, { main_weights_sha256: 'a/b' }]],
    ['runs', [{ backend: text(1000) }, { threads: 1024 }], [{ backend: text(1001) }, { threads: 1025 }, { step_ms: Infinity }, { started: 'yesterday' }]],
    ['metrics', [{ task: text(4096) }, { value: -1 }, { part: 'train' }], [{ task: text(4097) }, { part: 'dev' }, { metric: 'luck' }, { run: '../x' }]],
    ['classRecalls', [{ class: 1_000_000 }, { recall: null }], [{ class: 1_000_001 }, { class: -1 }, { task: text(4097) }]],
    ['events', [{ detail: text(200_000) }, { run: 'x' }], [{ detail: text(200_001) }, { kind: 'odd' }, { at: '' }]],
  ])('%s: %j', (part, taken, refused) => {
    const entry = { runs: run, metrics: metric, classRecalls: recall, events: event }[part];
    for (const change of taken) expect(v.is(Bundle, { ...bundle, [part]: [{ ...entry, ...change }] }), JSON.stringify(change).slice(0, 80)).toBe(true);
    for (const change of refused) expect(v.is(Bundle, { ...bundle, [part]: [{ ...entry, ...change }] }), JSON.stringify(change).slice(0, 80)).toBe(false);
  });

  test('its texts and tags end where those of the window do', () => {
    const taken = [{ notes: text(100_000) }, { tags: Array(20).fill('t') }, { tags: [text(50)] }, { version: text(100) }];
    const refused = [
      { notes: text(100_001) },
      { tags: Array(21).fill('t') },
      { tags: [text(51)] },
      { tags: [''] },
      { version: text(101) },
      { more: 1 },
      { format: 'auxlab-bundle/2' },
    ];
    for (const change of taken) expect(v.is(Bundle, { ...bundle, ...change }), Object.keys(change)[0]).toBe(true);
    for (const change of refused) expect(v.is(Bundle, { ...bundle, ...change }), Object.keys(change)[0]).toBe(false);
    const named = (experiment: object): boolean => v.is(Bundle, { ...bundle, experiment: { ...bundle.experiment, ...experiment } });
    expect([named({ name: text(4096) }), named({ name: text(4097) })]).toEqual([true, false]);
    for (const key of ['plan', 'provenance']) expect([named({ [key]: text(10_000_000) }), named({ [key]: text(10_000_001) })], key).toEqual([true, false]);
    expect([named({ id: text(64) }), named({ id: text(65) }), named({ id: '../x' })]).toEqual([true, false, false]);
  });

  test('a point is a step and a value', () => {
    expect(
      v.is(BundlePoints, {
        'x-baseline-1': {
          'loss/main': [
            [0, 1.5],
            [1e12, null],
          ],
        },
      }),
    ).toBe(true);
    for (const point of [[1e12 + 1, 0], [-1, 0], [0.5, 0], [0], [0, 0, 0], [0, 'x']])
      expect(v.is(BundlePoints, { a: { b: [point] } }), String(point)).toBe(false);
  });
});
