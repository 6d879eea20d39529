import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Forecast } from '../../../src-main/contract/forecast.ts';
import type { PlanInput } from '../../../src-main/contract/plan.ts';
import { createLab } from '../../../src-main/lab/lab.ts';
import { contextOf } from '../../../src-main/lab/context.ts';
import { planRuns } from '../../../src-main/lab/plan/jobs.ts';
import { keepData, placesOf, readAndResolve, settle } from '../../../src-main/lab/run/prepare.ts';
import { tellForecast } from '../../../src-main/lab/run/trial.ts';
import { fakeWorkers, flowersPlan, openFakeLab, writeFlowers } from '../../support/labHome.ts';
import { temporaryFolders } from '../../support/temporary.ts';

const folder = temporaryFolders();
afterEach(() => void vi.unstubAllEnvs());
const noTensorFlow = { folder: null, isGpu: false, note: null };

describe('a trial', () => {
  test('changes no bit of the runs that follow, and leaves nothing behind', async () => {
    vi.stubEnv('TMPDIR', folder());
    const plan = (home: string): PlanInput =>
      flowersPlan(writeFlowers(home), { repeats: 1, engine: { backend: 'cpu' }, network: { id: 'mlp', params: { units: 8 } } });
    const told: Forecast[] = [];
    const weightsOf = async (watch: Parameters<ReturnType<typeof createLab>['runPlan']>[1]): Promise<unknown> => {
      const home = folder();
      const lab = createLab({ home });
      const { arms } = await lab.runPlan(plan(home), watch);
      expect(lab.query('SELECT count(*) FROM run').rows).toEqual([[2]]);
      lab.close();
      expect(readdirSync(`${home}/checkpoints`)).toEqual([]);
      return arms.flatMap(({ runs }) => runs.map((run) => run.finalWeightsSha256));
    };
    const without = await weightsOf({});
    const withTrial = await weightsOf({
      onForecast: (forecast) => {
        told.push(forecast);
        return Promise.resolve(true);
      },
    });
    expect(withTrial).toEqual(without);
    expect(without).toContainEqual(expect.stringMatching(/^[0-9a-f]{64}$/));
    expect(told).toMatchObject([{ runs: 2, bound: 'about', device: 'CPU (JavaScript)', smaller: null }]);
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('auxlab-trial'))).toEqual([]);
  });

  test('that is answered with a no stores no experiment', async () => {
    const home = folder();
    const lab = openFakeLab(home);
    const refusing = lab.runPlan(flowersPlan(writeFlowers(home)), { onForecast: () => Promise.resolve(false) });
    await expect(refusing).rejects.toMatchObject({ code: 'interrupted', message: 'Not trained, as answered. No experiment was stored.' });
    expect(await lab.call('experiments.list', {})).toEqual([]);
    expect(readdirSync(home)).not.toContain('plans');
    lab.close();
  });

  test('is made before an experiment goes on as well, for the runs that it still has', async () => {
    const home = folder();
    const lab = openFakeLab(home, 'crash@auxiliary/2');
    const { experimentId } = await lab.runPlan(flowersPlan(writeFlowers(home)));
    const told: Forecast[] = [];
    const resuming = lab.resume(experimentId, {
      onForecast: (forecast) => {
        told.push(forecast);
        return Promise.resolve(false);
      },
    });
    await expect(resuming).rejects.toThrow(`Not trained, as answered. Experiment ${experimentId} is left as it was.`);
    expect(told).toMatchObject([{ runs: 1, smaller: null }]);
    lab.close();
  });

  test('that is answered with a no adds no pairs either, and counts those that were asked for', async () => {
    const home = folder();
    const lab = openFakeLab(home);
    const { experimentId, plan } = await lab.runPlan(flowersPlan(writeFlowers(home)));
    const before = await lab.call('experiments.show', { id: experimentId });
    const told: Forecast[] = [];
    const onForecast = (forecast: Forecast): Promise<boolean> => {
      told.push(forecast);
      return Promise.resolve(false);
    };
    await expect(lab.resume(experimentId, { repeats: plan.repeats + 3, onForecast })).rejects.toThrow(`Experiment ${experimentId} is left as it was.`);
    expect(told).toMatchObject([{ runs: 6 }]); // three pairs of two arms
    expect(await lab.call('experiments.show', { id: experimentId })).toEqual(before);
    await lab.resume(experimentId, { repeats: plan.repeats + 1 });
    expect((await lab.call('experiments.show', { id: experimentId })).arms.map(({ runs }) => runs.length)).toEqual([plan.repeats + 1, plan.repeats + 1]);
    lab.close();
  });

  test('is not made where TensorFlow trains', async () => {
    const home = folder();
    const lab = openFakeLab(home, '', { chooseRuntime: () => Promise.resolve({ ...noTensorFlow, folder: '/runtime' }) });
    const { status } = await lab.runPlan(flowersPlan(writeFlowers(home)), { onForecast: () => Promise.reject(new Error('asked')) });
    expect(status).toBe('finished');
    lab.close();
  });

  test('ends at its limit where no step does, and says that it takes longer', async () => {
    const home = folder();
    const context = contextOf({ home, startWorker: fakeWorkers('slow@baseline/1'), machine: () => ({ cores: 2, availableMiB: 8000 }) });
    const { plan, design, dataset } = await readAndResolve(flowersPlan(writeFlowers(home)), context, {});
    const settled = settle(design, plan, noTensorFlow, 4, context);
    const runs = planRuns(settled, plan.seed, plan.repeats).map(({ arm }) => ({ arm: arm.id, doneSteps: 0 }));
    const trial = { plan, runs, places: placesOf(keepData(dataset, context), noTensorFlow, context), storedId: null };
    const told: Forecast[] = [];
    const onForecast = (forecast: Forecast): Promise<boolean> => {
      told.push(forecast);
      return Promise.resolve(true);
    };
    const startedAt = performance.now();
    await tellForecast(settled, trial, context, { onForecast }, 6000);
    expect(performance.now() - startedAt).toBeGreaterThan(5900);
    expect(told).toMatchObject([{ bound: 'more-than', runs: 4, device: 'CPU' }]);
    // two of the four runs are the baseline's, each of 20 steps of more than a second, even if it took five of the six to start
    expect(told[0]?.ms).toBeGreaterThan(20_000);
  });
});
