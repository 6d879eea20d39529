/** What a person hears before training without TensorFlow, and what their answer does. The runs train nothing. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { forecastText, roughTime } from '../../src-main/cli/output/forecastText.ts';
import { runProgram } from '../../src-main/cli/program.ts';
import type { Forecast } from '../../src-main/contract/forecast.ts';
import type { Lab } from '../../src-main/contract/lab.ts';
import { openFakeLab, writeFlowers } from '../support/labHome.ts';
import { temporaryFolders } from '../support/temporary.ts';
import { keptTerminal, type KeptTerminal } from './terminals.ts';

const folder = temporaryFolders();
const minutes = (count: number): number => count * 60_000;
const long: Forecast = {
  ms: minutes(25),
  bound: 'about',
  runs: 12,
  device: 'CPU (JavaScript)',
  smaller: { kind: 'network', layers: 2, units: 64, ms: 40_000 },
};

/** A lab that takes its trial's time for that of a long experiment. */
function foretelling(lab: Lab, forecast: Forecast): Lab {
  return { ...lab, runPlan: (plan, options = {}) => lab.runPlan(plan, { ...options, onForecast: async () => (await options.onForecast?.(forecast)) ?? true }) };
}

async function compare(
  forecast: Forecast,
  answer: boolean | undefined,
  more: readonly string[] = [],
): Promise<{ code: number; terminal: KeptTerminal; home: string }> {
  const home = folder();
  const terminal = keptTerminal(answer === undefined ? {} : { answer });
  const { signal } = new AbortController();
  const openLab = (): Promise<Lab> => Promise.resolve(foretelling(openFakeLab(home), forecast));
  const words = ['compare', writeFlowers(home), '--main', 'species', '--aux', 'region', '--epochs', '2', '--repeats', '1', ...more];
  const code = await runProgram(words, { terminal, env: {}, folder: home, home, signal, now: () => performance.now(), openLab });
  return { code, terminal, home };
}

async function experimentCount(home: string): Promise<number> {
  const lab = openFakeLab(home);
  const { length } = await lab.call('experiments.list', {});
  lab.close();
  return length;
}

describe('a long experiment', () => {
  test('is told with what would take less time, and trains after a yes', async () => {
    const { code, terminal, home } = await compare(long, true);
    expect(terminal.remarks.slice(0, 2)).toEqual([
      'Training takes about 25 min: 12 runs on the CPU (JavaScript); a few steps were timed and thrown away.',
      'A smaller network takes about 40 s, and the verdict is then about that one: --network mlp:layers=2,units=64',
    ]);
    expect(terminal.questions).toEqual(['Train for about 25 min?']);
    expect(code).toBe(0);
    expect(await experimentCount(home)).toBe(1);
  });

  test('stores nothing after a no and ends as an interrupted one', async () => {
    const { code, terminal, home } = await compare(long, false);
    expect(code).toBe(130);
    expect(terminal.printed).toEqual([]);
    expect(terminal.remarks.at(-1)).toBe('Not trained, as answered. No experiment was stored.');
    expect(await experimentCount(home)).toBe(0);
    for (const kept of ['plans', 'reports']) expect(readdirSync(home), kept).not.toContain(kept);
    expect(readdirSync(join(home, 'datasets')).filter((name) => name !== 'sources')).toHaveLength(1); // the data as they were read, for the next try
  });

  test('is told and trained where nobody can be asked, and with --json', async () => {
    const alone = await compare(long, undefined);
    expect(alone.code).toBe(0);
    expect(alone.terminal.remarks[0]).toMatch(/^Training takes about 25 min/);
    const program = await compare(long, false, ['--json']);
    expect(program.code).toBe(0);
    expect(program.terminal.questions).toEqual([]);
    expect(program.terminal.remarks[0]).toMatch(/^Training takes about 25 min/);
    expect(JSON.parse(program.terminal.printed.join(''))).toMatchObject({ status: 'finished' });
  });

  test('is not asked about up to ten minutes', async () => {
    expect((await compare({ ...long, ms: minutes(10) }, false)).terminal.questions).toEqual([]);
  });

  test('of which only a floor is known may be a long one, so a person is asked', async () => {
    expect((await compare({ ...long, ms: minutes(8), bound: 'more-than' }, false)).terminal.questions).toEqual(['Train for more than 8 min?']);
  });
});

describe('the words of a forecast', () => {
  test('are as exact as it is', () => {
    const times = [1, 42, 58, 100, 605, 3400, 7300, 40_000, 400_000].map((seconds) => roughTime({ ms: seconds * 1000, bound: 'about' }));
    expect(times).toEqual([
      'about 5 s',
      'about 40 s',
      'about 1 min',
      'about 1.5 min',
      'about 10 min',
      'about 57 min',
      'about 2 h',
      'about 11 h',
      'about 5 days',
    ]);
    expect(roughTime({ ms: minutes(3), bound: 'more-than' })).toBe('more than 3 min');
    expect(roughTime({ ms: minutes(3), bound: 'at-most' })).toBe('at most about 3 min');
  });

  test('say a floor as one, and ask in the terms of a plan file where there is one', () => {
    expect(forecastText({ ...long, bound: 'more-than', runs: 1 }, 'plan')).toEqual([
      'Training takes more than 25 min: 1 run on the CPU (JavaScript); in ten seconds of trying not one step came to its end.',
      'A smaller network takes about 40 s, and the verdict is then about that one: "network": { "id": "mlp", "params": { "layers": 2, "units": 64 } }',
    ]);
    const smaller = { kind: 'epochs', epochs: 4, ms: minutes(9) } as const;
    expect(forecastText({ ...long, device: null, smaller }, 'options')).toEqual([
      'Training takes about 25 min: 12 runs; a few steps were timed and thrown away.',
      'With fewer epochs it takes about 9 min: --epochs 4',
    ]);
    expect(forecastText({ ...long, smaller }, 'plan')[1]).toBe('With fewer epochs it takes about 9 min: "epochs": 4');
    expect(forecastText(long, 'none')).toHaveLength(1);
  });
});
