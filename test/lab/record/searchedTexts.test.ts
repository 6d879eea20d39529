/** Words of an experiment on their way through store, plan file, bundle and reading: a person's own stay, made ones are made where they are shown. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import * as v from 'valibot';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Lab } from '../../../src-main/contract/lab.ts';
import { Plan } from '../../../src-main/contract/plan.ts';
import { readPlanFile } from '../../../src-main/lab/plan/planFile.ts';
import { flowersPlan, openFakeLab, writeFlowers } from '../../support/labHome.ts';
import { packParts, partsOf } from '../../support/strangers.ts';
import { temporaryFolders } from '../../support/temporary.ts';

const folder = temporaryFolders();

interface Kept {
  readonly home: string;
  readonly id: string;
  readonly file: Uint8Array;
}

/** Runs a plan on the flowers and exports it. */
async function kept(part: Parameters<typeof flowersPlan>[1]): Promise<Kept> {
  const home = folder();
  const lab = openFakeLab(home);
  const { experimentId: id } = await lab.runPlan(flowersPlan(writeFlowers(home), part));
  const file = Buffer.from((await lab.call('bundle.export', { id })).content, 'base64');
  lab.close();
  return { home, id, file };
}

async function opened<T>(home: string, look: (lab: Lab) => Promise<T>): Promise<T> {
  const lab = openFakeLab(home);
  try {
    return await look(lab);
  } finally {
    lab.close();
  }
}

const wordsIn = (home: string, id: string) =>
  opened(home, async (lab) => {
    const { name, question, arms, plan } = await lab.call('experiments.show', { id });
    const searched = lab.query(`SELECT name, question, (SELECT group_concat(title, ', ') FROM (SELECT title FROM arm ORDER BY position)) FROM experiment`).rows;
    return { name, question, titles: arms.map(({ title }) => title), plan: [plan.name, plan.question, plan.arms[0]?.title], searched };
  });

async function imported(file: Uint8Array): Promise<string> {
  const home = folder();
  const path = join(home, 'came.auxlab');
  writeFileSync(path, file);
  const lab = openFakeLab(home);
  await lab.call('bundle.import', { path });
  lab.close();
  return home;
}

const made = {
  name: 'species of flowers.csv',
  question: 'Does adding region make "species" better?',
  titles: ['Baseline', 'region'],
  searched: [['species of flowers.csv', 'Does adding region make "species" better?', 'Baseline, region']],
};

describe('what a person wrote, to the letter what would be made of the plan,', () => {
  const own = { name: made.name, question: made.question, arms: [{ title: 'region', auxiliaries: [{ target: 'region' }] }] };
  let there: Kept;
  beforeAll(async () => {
    there = await kept(own);
  });

  test("stays the plan's own in the store, in the plan file and through a bundle", async () => {
    const words = { ...made, plan: [own.name, own.question, 'region'] };
    await expect(wordsIn(there.home, there.id)).resolves.toEqual(words);
    await expect(wordsIn(await imported(there.file), there.id)).resolves.toEqual(words);
    const plan = v.parse(Plan, await readPlanFile(join(there.home, 'plans', `${there.id}.json`), there.home));
    expect([plan.name, plan.question, plan.arms[0]?.title]).toEqual(words.plan);
  });
});

describe('what nobody wrote', () => {
  let there: Kept;
  beforeAll(async () => {
    there = await kept({});
  });

  test('is shown and searched, and stands in no plan and no design', async () => {
    const words = { ...made, plan: [undefined, undefined, undefined] };
    await expect(wordsIn(there.home, there.id)).resolves.toEqual(words);
    await expect(wordsIn(await imported(there.file), there.id)).resolves.toEqual(words);
    expect(readFileSync(join(there.home, 'plans', `${there.id}.json`), 'utf8')).not.toMatch(/"(name|question|title)"/);
    const { plan, design } = partsOf(there.file).bundle['experiment'] as Record<'plan' | 'design', unknown>;
    expect(JSON.stringify(plan)).not.toMatch(/"(name|question|title)"/);
    expect(JSON.stringify(design)).not.toMatch(/"(question|title)"/); // its one name is that of the data
  });

  test('a question in the bundle beside the plan is not believed', async () => {
    const parts = partsOf(there.file);
    Object.assign(parts.bundle['experiment'] as object, { question: 'WINS?' });
    expect((await wordsIn(await imported(packParts(parts)), there.id)).question).toBe(made.question);
  });

  /** As the version before wrote it: made words in the plan, titles in the design. */
  function older(experiment: { plan: unknown; design: unknown }, title: string, question: string): void {
    const { plan, design } = experiment as { plan: { arms: object[] }; design: { arms: object[] } };
    Object.assign(plan, { format: 'auxlab-plan/1', name: made.name, question, arms: plan.arms.map((arm) => ({ ...arm, title })) });
    Object.assign(design, { format: 3, arms: design.arms.map((arm, at) => ({ ...arm, title: at === 0 ? 'Baseline' : title })) });
  }

  test.each([
    ['made words follow the plan', 'region', made.question, undefined, undefined],
    ['own words stay', 'Mine', 'Does adding height make "species" better?', 'Mine', 'Does adding height make "species" better?'],
  ])('in a bundle and in a store of an earlier version %s', async (_, title, question, ownTitle, ownQuestion) => {
    const parts = partsOf(there.file);
    older(parts.bundle['experiment'] as unknown as Parameters<typeof older>[0], title, question);
    const words = { name: made.name, question, titles: ['Baseline', title], plan: [made.name, ownQuestion, ownTitle] };
    const home = await imported(packParts(parts));
    await expect(wordsIn(home, there.id)).resolves.toMatchObject(words);

    const { plan, design } = parts.bundle['experiment'] as Record<'plan' | 'design', unknown>;
    const database = new Sqlite(join(there.home, 'lab.sqlite'));
    database.prepare('UPDATE experiment SET plan = ?, design = ?, question = ?').run(JSON.stringify(plan), JSON.stringify(design), question);
    database.close();
    await expect(wordsIn(there.home, there.id)).resolves.toMatchObject(words);
  });
});
