import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { PlanInput } from '../../../src-main/contract/plan.ts';
import { planJsonSchema } from '../../../src-main/lab/plan/planSchema.ts';
import { readPlanFile, writePlanFile } from '../../../src-main/lab/plan/planFile.ts';
import { checkPlanShape } from '../../../src-main/lab/plan/planShape.ts';
import { temporaryFolders } from '../../support/temporary.ts';
import { metricIds } from '../../../src-main/vocabulary/metrics/index.ts';

const folder = temporaryFolders();
const minimal = {
  format: 'auxlab-plan/1',
  data: { source: 'cars.csv' },
  main: { target: 'mpg' },
  arms: [{ auxiliaries: [{ target: 'origin' }] }],
} satisfies PlanInput;

describe('reading', () => {
  test('comments and trailing commas are allowed, and a relative source starts at the plan', async () => {
    const at = folder();
    writeFileSync(
      join(at, 'plan.json'),
      '\uFEFF// cars\n{ "format": "auxlab-plan/1", "data": { "source": "../cars.csv" }, /* what */ "main": ' +
        '{ "target": "mpg" }, "arms": [{ "auxiliaries": [{ "target": "origin" },], }], }',
    );
    const plan = await readPlanFile('plan.json', at);
    expect(plan.data.source).toBe(join(at, '..', 'cars.csv'));
  });

  test('a plan that is written and read again is the same, and its source moves with it', async () => {
    const at = folder();
    const file = writePlanFile('plans/a.json', { ...minimal, data: { source: join(at, 'plans', 'data', 'cars.csv') } }, at);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ data: { source: join('data', 'cars.csv') } });
    expect((await readPlanFile(file, at)).data.source).toBe(join(at, 'plans', 'data', 'cars.csv'));
  });

  test('the files of the parts are named as the source is', async () => {
    const at = folder();
    const [source, test] = [join(at, 'plans', 'train.csv'), join(at, 'other', 'test.csv')];
    const file = writePlanFile('plans/a.json', { ...minimal, data: { source, parts: { test } } }, at);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ data: { source: 'train.csv', parts: { test } } });
    writeFileSync(file, JSON.stringify({ ...minimal, data: { source: 'train.csv', parts: { validation: 'valid.csv', test: '../other/test.csv' } } }));
    expect((await readPlanFile(file, at)).data).toEqual({ source, parts: { validation: join(at, 'plans', 'valid.csv'), test } });
  });

  test.each([
    ['{ "format": "auxlab-plan/1",\n "data": [ }', 'Plan plan.json, line 2: not valid JSON (value expected).'],
    ['', 'Plan plan.json is empty.'],
  ])('%j is refused', async (text, sentence) => {
    const at = folder();
    writeFileSync(join(at, 'plan.json'), text);
    await expect(readPlanFile('plan.json', at)).rejects.toThrow(sentence);
  });

  test('a missing plan is named', async () => {
    await expect(readPlanFile('absent.json', folder())).rejects.toThrow('Plan absent.json does not exist.');
  });
});

describe('checking', () => {
  test.each([
    [{ ...minimal, trainig: {} }, 'P: unknown key "trainig". Did you mean "training"?'],
    [{ ...minimal, training: { epoch: 3 } }, 'P: unknown key "epoch" in training. Did you mean "epochs"?'],
    [{ ...minimal, arms: [{ auxiliaries: [{ target: 'origin', wieght: 1 }] }] }, 'P: unknown key "wieght" in arms[0].auxiliaries[0]. Did you mean "weight"?'],
    [{ ...minimal, arms: [] }, 'P: arms must be a list with at least one entry. Received: [].'],
    [{ ...minimal, arms: [{ auxiliaries: [{ target: 'origin', weight: -1 }] }] }, 'P: arms[0].auxiliaries[0].weight must be a number from 0 up. Received: -1.'],
    [{ ...minimal, main: {} }, 'P: "main.target" is missing.'],
    [
      { ...minimal, main: { target: 'mpg', metric: 'acuracy' } },
      `P: main.metric must be one of ${metricIds.map((id) => `"${id}"`).join(', ')}. Received: "acuracy".`,
    ],
    [{ ...minimal, repeats: 1.5 }, 'P: repeats must be a whole number. Received: 1.5.'],
    [[], 'P: must be an object with format, data, main and arms. Received: [].'],
  ])('%j is refused with a sentence', (plan, sentence) => {
    expect(() => checkPlanShape(plan, 'P')).toThrow(sentence);
  });

  test('the JSON Schema describes the keys of a plan and leaves those with a default optional', () => {
    const schema = planJsonSchema();
    expect(schema['required']).toEqual(['format', 'data', 'main', 'arms']);
    expect(schema['additionalProperties']).toBe(false);
    expect(Object.keys(schema['properties'] as object)).toContain('training'); // a JSON Schema of an object has properties
  });
});
