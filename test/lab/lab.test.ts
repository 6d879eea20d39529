import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { ExperimentProgress } from '../../src-main/contract/lab.ts';
import { readPlanFile } from '../../src-main/lab/plan/planFile.ts';
import { flowersPlan, holdRuns, openFakeLab, patientLimits, writeFlowers } from '../support/labHome.ts';
import { temporaryFolders } from '../support/temporary.ts';

const folder = temporaryFolders();
const labProcess = fileURLToPath(new URL('../support/labProcess.ts', import.meta.url));

describe('an experiment', () => {
  test('runs every arm with every seed, keeps what it said, and is found again', async () => {
    const home = folder();
    const notes: string[] = [];
    const pictures: ExperimentProgress[] = [];
    const lab = openFakeLab(home, '', { onNote: (note) => notes.push(note) });
    const source = writeFlowers(home);
    const document = await lab.runPlan(flowersPlan(source, { repeats: 5 }), { onProgress: (picture) => pictures.push(picture) });

    expect(document).toMatchObject({ status: 'finished', verdict: 'inconclusive', metric: 'accuracy', margin: 0.005, higherIsBetter: true });
    expect(document.engine).toEqual({ backend: 'tensorflow', version: '0.0.0', device: 'CPU', captured: true, threads: 1 });
    expect(document.arms.map(({ id, method, runs }) => [id, method, runs.map(({ seed, status }) => `${seed} ${status}`)])).toEqual(
      ['baseline', 'auxiliary'].map((id) => [id, id === 'baseline' ? 'none' : 'fixed', [1, 2, 3, 4, 5].map((seed) => `${seed} finished`)]),
    );
    // the worker's gains are 0.02, and 0.001 more with odd seeds: (3 x 0.021 + 2 x 0.02) / 5
    expect(document.comparisons[0]?.difference.mean).toBeCloseTo(0.0206, 10);
    expect(document.warnings).toContain('Seeds measure training noise on one split of the data; another split may give another answer.');
    expect(document.warnings).toContain('region: equal epochs, but 50 % more time a step than the baseline.');
    expect(document.provenance).toMatchObject({
      seeds: [1, 2, 3, 4, 5],
      data: { rows: 60, split: { train: 42 } },
      environment: { TF_NUM_INTRAOP_THREADS: '1' },
    });
    expect(notes).toContain('2 runs side by side, 1 thread each (2 cores, 10 runs).');
    expect(pictures.at(-1)).toMatchObject({ phase: 'training', finishedRuns: 10, totalRuns: 10, fraction: 1 });

    expect(await lab.call('experiments.show', { id: document.experimentId.slice(0, 12) })).toEqual(document);
    expect(await lab.call('experiments.list', {})).toMatchObject([
      { experimentId: document.experimentId, status: 'finished', verdict: 'inconclusive', runs: 10, finishedRuns: 10 },
    ]);
    const runId = document.arms[1]?.runs[0]?.id ?? '';
    expect(lab.series(document.experimentId).get(runId)?.[0]).toMatchObject({ name: 'loss/main', steps: Array.from({ length: 20 }, (_, step) => step) });
    expect(lab.query("SELECT count(*) AS reads FROM event WHERE kind = 'test-split-read'").rows).toEqual([[10]]);
    expect(readdirSync(join(home, 'checkpoints'))).toEqual([]);

    const planFile = join(home, 'plans', `${document.experimentId}.json`);
    expect(document.provenance.command).toBe(`npx auxlab run ${planFile}`);
    expect(await lab.checkPlan(await readPlanFile(planFile, home))).toEqual(document.plan);
    lab.close();
  });

  test('a bad plan is refused and stores no experiment', async () => {
    const home = folder();
    const lab = openFakeLab(home);
    await expect(lab.runPlan(flowersPlan(writeFlowers(home), { main: { target: 'nothing like it' } }))).rejects.toThrow('Unknown column "nothing like it".');
    expect(await lab.call('experiments.list', {})).toEqual([]);
    expect(readdirSync(join(home, 'datasets')).filter((name) => name.startsWith('reading-'))).toEqual([]); // the data were read, and stay prepared
    await expect(lab.call('experiments.show', { id: 'x' })).rejects.toThrow('No experiment begins with "x". None has run yet.');
    await expect(lab.resume(null)).rejects.toThrow('There is nothing to resume: no experiment has unfinished runs.');
    lab.close();
  });

  test('an experiment has an end of pairs, and a network must fit into memory', async () => {
    const home = folder();
    const lab = openFakeLab(home);
    const { experimentId } = await lab.runPlan(flowersPlan(writeFlowers(home), { repeats: 1 }));
    await expect(lab.resume(experimentId, { repeats: 10_001 })).rejects.toThrow('An experiment has at most 10000 pairs. Received: 10001 repeats.');
    // 31 layers of 8192 x 8192 and smaller ones: 2.08e9 parameters of 20 bytes in training; the lab's machine has 8000 MiB
    const large = flowersPlan(writeFlowers(home), { network: { id: 'mlp', params: { layers: 32, units: 8192 } } });
    await expect(lab.runPlan(large)).rejects.toThrow(
      'Network mlp has 2081 million parameters, which need about 39 GiB of memory in training; 7 GiB are free. Use a smaller network.',
    );
    expect(await lab.call('experiments.list', {})).toHaveLength(1);
    lab.close();
  });

  test('few rows are said aloud: a batch larger than the training split, a test row that moves the metric past the margin', async () => {
    const home = folder();
    const lab = openFakeLab(home);
    const plan = flowersPlan(writeFlowers(home), { repeats: 1, training: { epochs: 2, batch: 64 } });
    expect((await lab.runPlan({ ...plan, margin: 0.5 })).warnings).toContain('The margin of 0.5 is 50 percentage points; half a point would be 0.005.');
    const { warnings } = await lab.runPlan({ ...plan, data: { ...plan.data, trainFraction: 0.2 } });
    expect(warnings).toContain('The training split has only 8 rows.');
    expect(warnings).toContain('A batch of 64 is more than the 8 training rows, so every step sees all of them.');
    expect(warnings).toContain('The test split has 9 rows, so a single one is 11 percentage points of accuracy, more than the margin of 0.5.');
    lab.close();
  });

  test('a run is exported with what its worker was told, without places of this computer', async () => {
    const home = folder();
    const lab = openFakeLab(home);
    const document = await lab.runPlan(flowersPlan(writeFlowers(home), { repeats: 1 }));
    const name = document.arms[1]?.runs[0]?.id ?? '';
    const { experiment, arm, run, series, job, weights } = lab.exportRun(name);
    expect([experiment.experimentId, arm.id, run.id, series[0]?.name]).toEqual([document.experimentId, 'auxiliary', name, 'loss/main']);
    expect(job).toMatchObject({
      format: 'auxlab-job/1',
      runId: name,
      seed: 1,
      data: { digest: document.provenance.data.digest },
      tasks: [{ id: 'main' }, { id: 'region' }],
    });
    for (const key of ['datasetFolder', 'runtimeFolder', 'checkpointFile', 'weightsFile']) expect(job).not.toHaveProperty(key);
    expect(weights).toBeNull(); // this worker keeps none
    expect(lab.exportRun(document.arms[0]?.runs[0]?.id.slice(0, -2) ?? '').arm.id).toBe('baseline');
    expect(() => lab.exportRun(document.experimentId)).toThrow(/^2 runs begin with "/);
    expect(() => lab.exportRun('')).toThrow('No run has the ID "".');
    lab.close();
  });
});

describe('pausing', () => {
  test('a signal writes checkpoints, and resuming ends with the numbers of a run never interrupted', async () => {
    const home = folder();
    const plan = flowersPlan(writeFlowers(home));
    const lab = openFakeLab(home, '', { held: holdRuns(home) });
    const controller = new AbortController();
    const document = await lab.runPlan(plan, {
      signal: controller.signal,
      onProgress: (picture) => {
        if (picture.runs.some(({ step }) => step > 3)) controller.abort();
      },
    });
    expect(document.status).toBe('interrupted');
    expect(document.arms.flatMap(({ runs }) => runs.map(({ status }) => status))).toEqual(Array(4).fill('interrupted'));
    expect(readdirSync(join(home, 'checkpoints'))).toHaveLength(2);
    lab.close();

    const again = openFakeLab(home);
    const resumed = await again.resume(null);
    expect(resumed.status).toBe('finished');
    const straight = openFakeLab(folder());
    const reference = await straight.runPlan(plan);
    const losses = (lab: typeof again, id: string): unknown => [...lab.series(id).values()];
    expect(losses(again, resumed.experimentId)).toEqual(losses(straight, reference.experimentId));
    expect(resumed.comparisons).toEqual(reference.comparisons);
    expect(readdirSync(join(home, 'checkpoints'))).toEqual([]);
    again.close();
    straight.close();
  });

  test('a worker that does not answer is ended, and its run is interrupted all the same', async () => {
    const home = folder();
    const lab = openFakeLab(home, 'deaf@baseline/1', { limits: { ...patientLimits, pauseMs: 400 }, held: holdRuns(home) });
    const controller = new AbortController();
    const document = await lab.runPlan(flowersPlan(writeFlowers(home), { repeats: 1, engine: { workers: 1 } }), {
      signal: controller.signal,
      onProgress: (picture) => {
        if (picture.runs.some(({ step }) => step > 0)) controller.abort();
      },
    });
    expect(document.arms.flatMap(({ runs }) => runs.map(({ status }) => status))).toEqual(['interrupted', 'interrupted']);
    lab.close();
  });

  test('a lab killed with SIGKILL leaves interrupted runs that end as if nothing had happened', async () => {
    const home = folder();
    const source = writeFlowers(home);
    const child = fork(labProcess, [home, source], { execArgv: ['--disable-warning=ExperimentalWarning'] });
    await new Promise<void>((resolve) => {
      child.on('message', (step) => {
        if (Number(step) >= 8) resolve();
      });
    });
    child.kill('SIGKILL');
    await once(child, 'close');

    const notes: string[] = [];
    const lab = openFakeLab(home, '', { onNote: (note) => notes.push(note) });
    expect(await lab.call('experiments.list', {})).toMatchObject([{ status: 'interrupted', runs: 4 }]);
    expect(notes[0]).toBe('4 runs were interrupted. Go on with: npx auxlab resume');
    const resumed = await lab.resume(null);
    const straight = openFakeLab(folder());
    const reference = await straight.runPlan(flowersPlan(source));
    expect(resumed.status).toBe('finished');
    expect([...lab.series(resumed.experimentId).values()]).toEqual([...straight.series(reference.experimentId).values()]);
    expect(lab.query("SELECT count(*) AS reads FROM event WHERE kind = 'test-split-read'").rows).toEqual([[4]]);
    lab.close();
    straight.close();
  });

  test('adding pairs leaves finished runs as they are and says so', async () => {
    const home = folder();
    const lab = openFakeLab(home);
    const first = await lab.runPlan(flowersPlan(writeFlowers(home)));
    const more = await lab.resume(null, { repeats: 3 });
    expect(more.plan.repeats).toBe(3);
    expect(more.arms.map(({ runs }) => runs.slice(0, 2))).toEqual(first.arms.map(({ runs }) => runs));
    expect(more.arms.map(({ runs }) => runs.map(({ seed }) => seed))).toEqual([[1, 2, 3], [1, 2, 3]]); // prettier-ignore
    expect(more.warnings).toContain('Pairs were added after results could be seen, which makes the interval a little too narrow.');
    expect(JSON.parse(readFileSync(join(home, 'plans', `${first.experimentId}.json`), 'utf8'))).toMatchObject({ repeats: 3 });
    await expect(lab.resume(first.experimentId, { repeats: 1 })).rejects.toThrow('has 3 pairs already. Received: 1 repeats');
    lab.close();
  });

  test('an experiment that another process runs is left to it', async () => {
    const home = folder();
    const plan = flowersPlan(writeFlowers(home), { repeats: 1 });
    const held = holdRuns(home);
    const lab = openFakeLab(home, '', { held });
    const other = openFakeLab(home);
    const running = lab.runPlan(plan);
    while ((await other.call('experiments.list', {}))[0]?.status !== 'running') await new Promise((resolve) => setTimeout(resolve, 10));
    await expect(other.resume(null)).rejects.toThrow('is being run by another process. Wait for it, or stop it first.');
    held.letGo();
    expect((await running).status).toBe('finished');
    other.close();
    lab.close();
  });
});
