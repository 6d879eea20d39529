import { describe, expect, test } from 'vitest';
import type { TaskJob } from '../../../../src-main/engine/protocol.ts';
import { methods, needsHeldOutRows } from '../../../../src-main/methods/index.ts';
import type { JobOptions, Outcome } from '../../../support/engineRuns.ts';
import { runInProcess, sampleJob } from '../../../support/engineRuns.ts';
import { methodsOf, withMethods, withSamples } from '../../../support/entriesThere.ts';
import { temporaryFolders } from '../../../support/temporary.ts';

const folder = temporaryFolders();
const base: JobOptions = {
  sample: 'digits',
  network: 'mlp',
  main: 'digit',
  auxiliaries: [
    { id: 'parity', target: 'parity' },
    { id: 'size', target: 'size' },
  ],
  training: { epochs: 10, maxSteps: 40, diagnosticsEvery: 10 },
};

async function run(options: Partial<JobOptions>): Promise<Outcome> {
  return runInProcess(await sampleJob(folder(), 'run', { ...base, ...options }));
}

function weights({ points }: Outcome, task: string): number[] {
  return Array.from({ length: 40 }, (_, step) => points.get(`weight/${task} ${step}`) ?? NaN);
}

/** Methods of four kinds that move the weights of single steps, as far as they are in the list. */
const moving = methodsOf('uncertainty', 'gls', 'pcgrad', 'auto-lambda');

/** The first of these methods that is in the list, else the first of them: its tests are then left out. */
const among = (...ids: readonly [string, ...string[]]): string => methodsOf(...ids)[0] ?? ids[0];
const shrinking = among('gls', 'stch'); // a formula of the losses that lowers small ones
const lengths = 'metabalance'; // over the Gramian
const projecting = among('primary-pcgrad', 'pcgrad');

const tasks = (parity: Partial<TaskJob>): NonNullable<JobOptions['auxiliaries']> => [
  { id: 'parity', target: 'parity', ...parity },
  { id: 'size', target: 'size' },
];

describe('what a method may do with single tasks', withSamples(base.sample), () => {
  test.each(moving)('%s leaves a frozen task at the weight of the plan', async (method) => {
    const outcome = await run({ method, auxiliaries: tasks({ balanced: false }), methodParams: {} });
    expect(weights(outcome, 'parity')).toEqual(Array(40).fill(0.3));
    expect(new Set(weights(outcome, 'size')).size).toBeGreaterThan(1);
  });

  test('bounds hold the factor, whatever the method wants', withMethods(shrinking), async () => {
    const bounds = { min: 0.9, max: 1.1 };
    const outcome = await run({ method: shrinking, auxiliaries: tasks({ bounds }) });
    const factors = weights(outcome, 'parity').map((weight) => weight / 0.3);
    expect(Math.min(...factors)).toBeGreaterThanOrEqual(0.9 - 1e-9);
    expect(Math.max(...factors)).toBeLessThanOrEqual(1.1 + 1e-9);
    expect(Math.min(...weights(outcome, 'size').map((weight) => weight / 0.3))).toBeLessThan(0.9); // the method alone goes lower
  });

  test('a schedule and a method are multiplied, and a task that rests takes no part in the balance', withMethods(shrinking), async () => {
    const curriculum = { id: 'curriculum', from: 1, to: 1.5 } as const; // an epoch has 20 steps
    const outcome = await run({ method: shrinking, auxiliaries: tasks({ schedule: curriculum }) });
    const parity = weights(outcome, 'parity');
    expect(parity.slice(0, 20)).toEqual(Array(20).fill(0));
    expect(parity.slice(21).every((weight) => weight > 0)).toBe(true);
    const alone = await run({ method: shrinking, auxiliaries: [{ id: 'size', target: 'size' }], training: { ...base.training, maxSteps: 15 } });
    for (let step = 0; step < 15; step++) expect(outcome.points.get(`weight/size ${step}`)).toBeCloseTo(alone.points.get(`weight/size ${step}`) ?? NaN, 5);
  });
});

describe('a method that looks only now and then', withSamples(base.sample), () => {
  test('keeps its factors between two looks, and its diagnostics come from the whole trunk', withMethods(lengths), async () => {
    const outcome = await run({ method: lengths, methodParams: { every: 4 } });
    const found = weights(outcome, 'parity');
    found.forEach((weight, step) => (step % 4 === 0 ? undefined : expect(weight, `step ${step}`).toBe(found[step - 1])));
    expect(new Set(found).size).toBe(10);
    for (const step of [0, 10, 20, 30]) expect(Number.isFinite(outcome.points.get(`main-progress ${step}`))).toBe(true);
  });

  test('with every = 1 and factors given to the gate it takes the steps of the two halves', withMethods(projecting), async () => {
    const [halves, gated] = await Promise.all([run({ method: projecting }), run({ method: projecting, methodParams: { every: 2 } })]);
    for (const step of [0, 1]) expect(gated.points.get(`loss/main ${step}`)).toBeCloseTo(halves.points.get(`loss/main ${step}`) ?? NaN, 5);
  });

  test('at the shared representation it judges by other gradients and still trains', withMethods(lengths), async () => {
    const outcome = await run({ method: lengths, methodParams: { representation: true } });
    expect(outcome.result?.test['main']?.accuracy).toBeGreaterThan(0.3); // ten classes: chance is 0.1
    expect(new Set(weights(outcome, 'parity')).size).toBeGreaterThan(10);
  });
});

test.each(methods.filter(needsHeldOutRows))(
  'the held-out rows of $id are validation rows by which no epoch is selected, the same for every seed',
  withSamples(base.sample),
  async ({ id }) => {
    const home = folder();
    const { setUpRun } = await import('../../../../src-main/engine/training/runSetup.ts');
    const { testBackend } = await import('../../../support/tensorFlow.ts');
    const backend = await testBackend();
    const [plain, kept] = await Promise.all([sampleJob(home, 'plain', base), sampleJob(home, 'kept', { ...base, method: id })]);
    const [whole, divided, other] = await Promise.all([plain, kept, { ...kept, seed: 9 }].map((job) => setUpRun(job, backend)));
    const heldOut = [...(divided?.heldOut?.rows ?? [])];
    const selection = [...(divided?.split.validation ?? [])];
    expect([...heldOut, ...selection].sort((a, b) => a - b)).toEqual([...(whole?.split.validation ?? [])]);
    expect(heldOut.some((row) => selection.includes(row))).toBe(false);
    expect([...(other?.heldOut?.rows ?? [])]).toEqual(heldOut);
    expect(divided?.split.train).toEqual(whole?.split.train);
    expect(divided?.split.test).toEqual(whole?.split.test);
    for (const setup of [whole, divided, other]) await setup?.engine.dispose();
  },
);
