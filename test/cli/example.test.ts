/** The examples, in the process of the test: with workers that train nothing where one runs. */
import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { examples, planOf } from '../../src-main/cli/examples.ts';
import { runProgram } from '../../src-main/cli/program.ts';
import type { Lab } from '../../src-main/contract/lab.ts';
import { withSamples } from '../support/entriesThere.ts';
import { openFakeLab } from '../support/labHome.ts';
import { temporaryFolders } from '../support/temporary.ts';
import { forecastSentence } from './forecastSentence.ts';
import { keptTerminal, type KeptTerminal } from './terminals.ts';

const folder = temporaryFolders();

async function auxlab(words: readonly string[], openLab?: (home: string, terminal: KeptTerminal) => Lab): Promise<{ code: number; terminal: KeptTerminal }> {
  const home = folder();
  const terminal = keptTerminal();
  const { signal } = new AbortController();
  const context = { terminal, env: {}, folder: home, home, signal, now: () => performance.now() };
  const code = await runProgram(words, openLab === undefined ? context : { ...context, openLab: () => Promise.resolve(openLab(home, terminal)) });
  return { code, terminal };
}

describe('the examples', () => {
  test('each have a plan and a lesson of two sentences', () => {
    for (const each of examples) {
      expect(existsSync(planOf(each)), each.id).toBe(true);
      expect(
        each.lesson.split(/[.?](?: |$)/).filter((part) => part !== ''),
        each.id,
      ).toHaveLength(2);
    }
    expect(new Set(examples.map(({ id }) => id)).size).toBe(examples.length);
  });

  test('are listed as text and as one JSON document, without running one', async () => {
    const { terminal } = await auxlab(['example', '--list']);
    for (const { id, title } of examples) expect(terminal.printed.join('\n')).toContain(`npx auxlab example ${id}\n  ${title}`);
    const listed: unknown = JSON.parse((await auxlab(['example', '--list', '--json'])).terminal.printed.join(''));
    expect(listed).toMatchObject(examples.map(({ id, lesson, takes }) => ({ id, lesson, takes, plan: expect.stringMatching(/\.json$/) })));
  });

  test('answer an unknown name with the nearest one', async () => {
    const { code, terminal } = await auxlab(['example', 'incepton']);
    expect({ code, printed: terminal.printed, remarks: terminal.remarks }).toEqual({
      code: 2,
      printed: [],
      remarks: ['Unknown example "incepton". Did you mean inception?'],
    });
  });
});

describe('an example', withSamples('digits'), () => {
  const missing = 'No C++ compiler was found.';
  const openBare = (home: string, { remark: onNote }: KeptTerminal): Lab =>
    openFakeLab(home, '', { onNote, chooseRuntime: () => Promise.resolve({ folder: null, isGpu: false, note: missing }) });
  const words = (text: string): string => text.replace(/\s+/g, ' ');

  test('says first what is missing, then its lesson, then how long it takes; after the verdict come report and next commands', async () => {
    const { code, terminal } = await auxlab(['example'], openBare);
    expect(code).toBe(0);
    expect(terminal.remarks[0]).toBe(missing);
    expect(words(terminal.remarks[1] ?? '')).toBe(`${examples[0].lesson} It takes about ${examples[0].takes}.`);
    expect(terminal.remarks[2]).toMatch(forecastSentence('12 runs', 'CPU'));
    expect(terminal.remarks.filter((remark) => remark.includes(missing))).toHaveLength(1);
    const printed = terminal.printed.join('\n');
    expect(printed).not.toContain(missing); // the record keeps that TensorFlow was missing, not what to install
    const places = [
      /^Helps$/m,
      /^Report: .*\.html$/m,
      /^ {2}npx auxlab example inception /m,
      /^ {2}npx auxlab data inspect FILE /m,
      /^ {2}npx auxlab compare FILE /m,
    ];
    const found = places.map((pattern) => printed.search(pattern));
    expect(found).not.toContain(-1);
    expect(found).toEqual([...found].sort((a, b) => a - b));
  });

  test('prints nothing but its document with --json', async () => {
    const { terminal } = await auxlab(['example', 'crowded', '--json'], openBare);
    expect(JSON.parse(terminal.printed.join(''))).toMatchObject({ name: 'Digits: a heavy auxiliary task in a narrow network', status: 'finished' });
    expect(words(terminal.remarks.join(' '))).toContain('An auxiliary loss can hurt');
  });
});
