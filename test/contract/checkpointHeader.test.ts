import { expect, test } from 'vitest';
import { asCheckpointHeader, asCheckpointMeta } from '../../src-main/contract/checkpointHeader.ts';

const text = (length: number): string => 'a'.repeat(length);
const state = {
  step: 3,
  weighting: { method: { any: 'thing' }, last: { factors: [1, null], managed: [false, true] } },
  gates: [{ factor: 1, lastMetric: null }],
  epochLosses: [[0.5, null]],
  lossSums: [1, 2],
  best: { epoch: 1, metric: 0.5, validation: { main: { accuracy: 0.5, loss: null } } },
  epochsWithoutGain: 0,
  stoppingMetric: null,
  wallMs: 0,
  isOver: false,
  points: [
    ['loss/main', 1, 0.5],
    ['loss/main', 2, null],
  ],
  branch: 0,
};
const meta = { format: 2, job: 'a'.repeat(64), state, moments: ['m'] };
const tasks = (count: number): object => Object.fromEntries(Array.from({ length: count }, (_, at) => [`t${at}`, {}]));
const withState = (part: object): unknown => asCheckpointMeta({ ...meta, state: { ...state, ...part } });

test('the state of a run is taken whole', () => {
  expect(JSON.parse(JSON.stringify(asCheckpointMeta(meta)))).toEqual(meta);
  // figures for who computes with them
  expect(asCheckpointMeta(meta)).toMatchObject({ state: { epochLosses: [[0.5, NaN]], lossSums: [1, 2], stoppingMetric: null } });
  expect(withState({ best: null, weighting: { method: null, last: null } })).not.toBeNull();
});

test('a state of another format is told from one that is none', () => {
  expect(asCheckpointMeta({ ...meta, format: 1 })).toBe('other version');
  expect(asCheckpointMeta({ format: 3 })).toBe('other version');
  for (const content of [null, {}, { format: 'x' }, { ...meta, more: 1 }, { ...meta, job: 'x' }]) expect(asCheckpointMeta(content)).toBeNull();
});

test.each<[taken: object, refused: object]>([
  [{ step: 1e12 }, { step: 1e12 + 1 }],
  [{ step: 0 }, { step: -1 }],
  [{ wallMs: 0.5 }, { wallMs: -0.5 }],
  [{ lossSums: Array(101).fill(0) }, { lossSums: Array(102).fill(0) }], // the main task and a hundred others
  [{ gates: Array(101).fill(state.gates[0]) }, { gates: Array(102).fill(state.gates[0]) }],
  [{ branch: 1000 }, { branch: 1001 }],
  [{ epochsWithoutGain: 1e9 }, { epochsWithoutGain: 1e9 + 1 }],
  [{ points: [[text(4200), 0, 0]] }, { points: [[text(4201), 0, 0]] }],
  [{ best: { ...state.best, epoch: 1e9 } }, { best: { ...state.best, epoch: 1e9 + 1 } }],
  [{ best: { ...state.best, validation: tasks(101) } }, { best: { ...state.best, validation: tasks(102) } }],
  [{ stoppingMetric: 1 }, { stoppingMetric: NaN }],
  [{ isOver: true }, { isOver: 1 }],
])('%j is taken and what lies beyond is not', (taken, refused) => {
  expect(withState(taken)).not.toBeNull();
  expect(withState(refused)).toBeNull();
});

test('moments and arrays have bounds, too', () => {
  expect(asCheckpointMeta({ ...meta, moments: [text(100)] })).not.toBeNull();
  expect(asCheckpointMeta({ ...meta, moments: [text(101)] })).toBeNull();
  expect(asCheckpointMeta({ ...meta, moments: Array(1001).fill('m') })).toBeNull();
  expect(asCheckpointHeader({ meta, arrays: [[text(2000), 2 ** 40]] })).toEqual({ meta, arrays: [[text(2000), 2 ** 40]] });
  for (const array of [
    [text(2001), 1],
    ['a', 2 ** 40 + 1],
    ['a', -1],
    ['a', 1, 2],
  ])
    expect(asCheckpointHeader({ meta, arrays: [array] })).toBeNull();
  expect(asCheckpointHeader({ meta, arrays: [], more: 1 })).toBeNull();
});
