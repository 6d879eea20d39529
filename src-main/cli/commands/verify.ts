/** `auxlab verify`: reference vectors, and the identity of arms whose weights are 0 with their baseline: proofs for a terminal, which no window asks for. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { LabError } from '../../contract/errors.ts';
import { readNumber, wholeFromOne } from '../arguments/values.ts';
import { defineCommand, exitCode, jsonOption } from '../command.ts';
import { withLab } from '../context.ts';
import type { Context } from '../context.ts';

export const verify = defineCommand({
  name: 'verify',
  usage: 'FILE | --identity PLAN [--steps N]',
  help:
    'Check the methods or the statistics against a file of reference vectors; ' +
    'or, with --identity, that auxiliary arms with all weights 0 train exactly as the baseline does.',
  positionals: [0, 1],
  options: {
    identity: { kind: 'text', value: 'PLAN', help: 'Compare losses and weights of the arms of this plan bit for bit.' },
    steps: { kind: 'text', value: 'N', help: 'Steps to train for --identity. Default: 20.' },
    ...jsonOption,
  },
  examples: ['auxlab verify vectors.json', 'auxlab verify --identity plan.json --steps 50'],
  run: async ({ positionals: [file], options }, context) => {
    if ((file === undefined) === (options.identity === undefined))
      throw new LabError('bad-input', '"auxlab verify" needs a file of reference vectors, or --identity PLAN.');
    if (options.identity === undefined && options.steps !== undefined) throw new LabError('bad-input', 'Option --steps goes with --identity.');
    const checks = file === undefined ? await identityChecks(options.identity ?? '', options.steps, context) : await vectorChecks(file, context);
    const failed = checks.filter(({ status }) => status === 'failed').length;
    const skipped = checks.filter(({ status }) => status === 'skipped').length;
    const passed = checks.length - failed - skipped;
    if (options.json) context.terminal.print(JSON.stringify({ passed, failed, skipped, checks }, null, 2));
    else {
      for (const { id, status, detail } of checks) context.terminal.print(`${status.padEnd(7)}  ${id}: ${detail}`);
      context.terminal.print(`${passed} passed, ${failed} failed, ${skipped} skipped.`);
    }
    return failed > 0 ? exitCode.runsFailed : exitCode.ok;
  },
});

interface Check {
  readonly id: string;
  readonly status: 'passed' | 'failed' | 'skipped';
  readonly detail: string;
}

async function identityChecks(planFile: string, stepsText: string | undefined, context: Context): Promise<readonly Check[]> {
  const steps = stepsText === undefined ? 20 : readNumber('Option --steps', stepsText, wholeFromOne);
  const { readPlanFile } = await import('../../lab/plan/planFile.ts');
  const plan = await readPlanFile(planFile, context.folder);
  const results = await withLab(context, (lab) => lab.verifyIdentity(plan, steps));
  return results.map(({ arm, network, steps: compared, identical, detail }) => ({
    id: `${arm} on ${network}, ${compared} steps`,
    status: identical ? 'passed' : 'failed',
    detail,
  }));
}

async function vectorChecks(file: string, context: Context): Promise<readonly Check[]> {
  const document = await readJson(file, context.folder);
  const { verifyVectors } = await import('../../lab/run/verifyVectors.ts');
  return verifyVectors(document, file).map(({ id, ok, skipped, detail }) => ({ id, status: ok ? 'passed' : skipped ? 'skipped' : 'failed', detail }));
}

async function readJson(file: string, folder: string): Promise<unknown> {
  const text = await readFile(resolve(folder, file), 'utf8').catch((error: unknown) => {
    throw new LabError(
      'bad-input',
      `${file} cannot be read: ${error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'it does not exist' : String(error)}.`,
      { cause: error },
    );
  });
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new LabError('bad-input', `${file} is not valid JSON: ${error instanceof Error ? error.message : String(error)}.`, { cause: error });
  }
}
