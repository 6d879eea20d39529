/** What the command line answers without training: help, lists, checks and refusals. */
import { execFile, spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { commands } from '../../src-main/cli/commands.ts';
import { Plan } from '../../src-main/contract/plan.ts';
import { sampleOf } from '../../src-main/contract/samples.ts';
import { parsePlan } from '../../src-main/lab/plan/planFile.ts';
import { withMethods, withNetworks, withSamples } from '../support/entriesThere.ts';
import { main, root, startedProgram, type Outcome } from './startedProgram.ts';

const { auxlab, environment, inHome, start } = startedProgram();

describe('without training', () => {
  test('--version prints the version of the package', async () => {
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string }; // our own package.json
    expect(await auxlab('--version')).toEqual({ code: 0, out: `${version}\n`, err: '' });
  });

  test('help lists every command, and the same comes without a word', async () => {
    const { code, out, err } = await auxlab('help');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    for (const { name } of commands) expect(out).toContain(`\n  ${name} `);
    expect((await auxlab()).out).toBe(out);
  });

  test('help on a command, --help behind it and a group of commands show usage and options', async () => {
    const { out } = await auxlab('help', 'compare');
    expect(out).toMatch(/^Usage: auxlab compare DATA --main TARGET/);
    expect(out).toContain('--train-fraction F');
    expect((await auxlab('compare', '--help')).out).toBe(out);
    expect((await auxlab('runtime', '--help')).out).toMatch(/Usage: auxlab runtime list[\s\S]*Usage: auxlab runtime remove NAME/);
  });

  test('the launcher starts the same program and hands its exit code on', async () => {
    const launcher = join(root, 'src-main/cli/auxlab.js');
    expect((await start(launcher, ['--version'])).out).toBe((await auxlab('--version')).out);
    expect(await start(launcher, ['nonsense'])).toMatchObject({ code: 2, out: '' });
  });

  test('methods and networks are listed, described and given as JSON', async () => {
    expect((await auxlab('methods')).out).toContain('fixed');
    expect((await auxlab('methods', 'fixed')).out).toContain('Paper: ');
    expect((await auxlab('networks', 'mlp')).out).toContain('Depths for heads: layer1, layer2, end');
    expect(JSON.parse((await auxlab('networks', '--json')).out)).toContainEqual(
      expect.objectContaining({ id: 'mlp', inputs: expect.arrayContaining(['table']) }),
    );
    expect((await auxlab('methods', '--advice', 'list')).out).toContain('conflict');
  });

  test('the schema of plans is JSON that names the keys of a plan', async () => {
    const schema: unknown = JSON.parse((await auxlab('plan', 'schema')).out);
    expect(schema).toMatchObject({ type: 'object', required: expect.arrayContaining(['format', 'data', 'main', 'arms']), additionalProperties: false });
  });

  const examples = join(root, 'resources/examples');
  for (const name of readdirSync(examples)) {
    const { data, network, arms } = v.parse(Plan, parsePlan(readFileSync(join(examples, name), 'utf8'), name));
    const needed = {
      ...withSamples(sampleOf(data.source).id),
      ...withNetworks(network.id ?? 'mlp'),
      ...withMethods(...arms.map(({ method }) => method?.id ?? 'fixed')),
    };
    test(`the plan ${name} that comes as an example fits its data`, needed, async () => {
      expect(await auxlab('plan', 'check', join(examples, name))).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/^The plan fits its data: /) });
    });
  }

  test.each(['method-vectors.json', 'statistics-vectors.json'])('verify finds no deviation in %s', async (name) => {
    const { code, out } = await auxlab('verify', join(root, 'test/fixtures', name), '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ failed: 0 });
  });

  test('a reader that leaves early is no error', async () => {
    const outcome = await new Promise<Outcome>((done) => {
      const child = spawn(process.execPath, [main, 'methods', '--json'], { env: environment() });
      let err = '';
      child.stdout.destroy();
      child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
      child.on('close', (code) => done({ code, out: '', err }));
    });
    expect(outcome).toEqual({ code: 0, out: '', err: '' });
  });

  test('compiled code is kept in the data directory, or where NODE_COMPILE_CACHE says', async () => {
    const keep = (place: string): Promise<unknown> =>
      promisify(execFile)(process.execPath, [main, '--version'], { env: { ...environment(), NODE_COMPILE_CACHE: place } });
    const [named, own] = [inHome('named'), inHome('data/cache/code')];
    await keep(named);
    expect(existsSync(own)).toBe(false);
    expect(readdirSync(named)).not.toEqual([]);
    await keep('');
    expect(readdirSync(own)).not.toEqual([]);
  });
});

describe('a refusal is one sentence on standard error, nothing on standard output and exit code 2', () => {
  const refusals: [string[], string][] = [
    [['comprae'], 'Unknown command "comprae". Did you mean compare?'],
    [['data'], '"auxlab data" needs one of: inspect.'],
    [['runtime', 'instal'], 'Unknown command after "auxlab runtime": "instal". Did you mean install?'],
    [['compare', 'sample:digits', '--epoch', '3'], 'Unknown option "--epoch" of "auxlab compare". Did you mean --epochs?'],
    [
      ['compare', 'sample:digits', '--main', 'digit'],
      'No auxiliary task: give --aux TARGET for another label column, or --heads N for intermediate classifiers of the main target.',
    ],
    [['compare', 'sample:digit', '--main', 'digit', '--aux', 'parity'], 'Unknown sample "digit". Did you mean digits?'],
    [['run', 'missing.json'], 'Plan missing.json does not exist.'],
    [['resume'], 'There is nothing to resume: no experiment has unfinished runs.'],
    [['report'], 'There is no experiment yet. "npx auxlab example" runs the first one.'],
    [['compare', '', '--main', 'y', '--aux', 'a'], 'The data need a name: a file, a folder or sample:NAME. Received: "".'],
    [
      ['compare', 'sample:digits', '--main', 'digit', '--aux', 'parity', '--repeats', '1000000000'],
      'The plan: repeats must be a number up to 10000. Received: 1000000000.',
    ],
    [
      ['compare', 'sample:digits', '--main', 'digit', '--aux', 'parity', '--threads', '100000'],
      'The plan: engine.threads must be a number up to 1024. Received: 100000.',
    ],
    [
      ['compare', 'sample:digits', '--main', 'digit', '--aux', 'parity', '--seed', '9007199254740991'],
      'The plan: seed must be a number up to 281474976710656. Received: 9007199254740991.',
    ],
    [
      ['compare', 'sample:digits', '--main', 'digit', '--aux', 'parity', '--method', 'fixed', '--method', 'fixed'],
      'Arms 1 ("parity") and 2 ("parity, 2nd") are the same: equal tasks and an equal method. Change one of them, or leave it out.',
    ],
    [['export', 'x'], 'No experiment and no run has the ID "x". "auxlab list" shows the experiments, "auxlab show ID --json" the runs of one.'],
    [['verify'], '"auxlab verify" needs a file of reference vectors, or --identity PLAN.'],
    [['verify', 'missing.json'], 'missing.json cannot be read: it does not exist.'],
    [['methods', 'fixd'], 'Unknown method "fixd". Did you mean fixed?'],
    [['networks', 'mlpp'], 'Unknown network "mlpp". Did you mean mlp?'],
    [['runtime', 'install', 'gpu'], 'Unknown runtime "gpu". There are: cpu, cuda.'],
  ];
  for (const [words, sentence] of refusals)
    test(JSON.stringify(words), words.includes('sample:digits') ? withSamples('digits') : {}, async () => {
      expect(await auxlab(...words)).toEqual({ code: 2, out: '', err: `${sentence}\n` });
    });

  test('more heads than the network has places for', { ...withSamples('digits'), ...withNetworks('cnn') }, async () => {
    expect(await auxlab('compare', 'sample:digits', '--main', 'digit', '--heads', '9')).toEqual({
      code: 2,
      out: '',
      err: 'Option --heads: network cnn has 3 depths for intermediate heads (block1, block2, block3). Received: 9.\n',
    });
  });

  test('a plan with an unknown key names the key and the nearest one', async () => {
    await writeFile(
      inHome('plan.json'),
      '{ "format": "auxlab-plan/1", "data": { "source": "x.csv" }, "main": { "target": ' +
        '"y" }, "training": { "epoch": 3 }, "arms": [{ "auxiliaries": [{ "target": "a" }] }] }',
    );
    expect(await auxlab('run', 'plan.json')).toEqual({ code: 2, out: '', err: 'Plan plan.json: unknown key "epoch" in training. Did you mean "epochs"?\n' });
  });

  test('a missing data file is named', async () => {
    expect(await auxlab('compare', 'missing.csv', '--main', 'y', '--aux', 'a')).toEqual({
      code: 2,
      out: '',
      err: `${inHome('missing.csv')} does not exist.\n`,
    });
  });

  test('with --json standard output stays empty', async () => {
    expect(await auxlab('compare', 'missing.csv', '--main', 'y', '--aux', 'a', '--json')).toMatchObject({ code: 2, out: '' });
  });
});
