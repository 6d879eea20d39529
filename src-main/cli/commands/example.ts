/** `auxlab example`: what an auxiliary loss can do, on data that come with the program. */
import { resolve } from 'node:path';
import { unknownName } from '../../contract/errors.ts';
import type { ExperimentProgress, RunOptions } from '../../contract/lab.ts';
import { program } from '../../contract/programName.ts';
import { defineCommand, exitCode, jsonOption } from '../command.ts';
import { examples, planOf, type Example } from '../examples.ts';
import { runExperiment } from '../experiment.ts';
import { wrapText } from '../output/table.ts';

export const example = defineCommand({
  name: 'example',
  usage: '[NAME] [--list] [--report FILE.html] [--json]',
  help: `Ask a question that the program brings along, to its verdict; the first one in ${examples[0].takes}.`,
  positionals: [0, 1],
  options: {
    list: { kind: 'flag', help: 'Show all examples, and run none.' },
    report: { kind: 'text', value: 'FILE.html', help: 'Where the report goes. Default: the folder "reports" of AUXLAB_HOME.' },
    ...jsonOption,
  },
  examples: examples.map(({ id }) => `auxlab example ${id}`),
  run: async ({ positionals: [id = examples[0].id], options }, context) => {
    const wanted = examples.find((each) => each.id === id);
    const names = examples.map((each) => each.id);
    if (wanted === undefined) throw unknownName('example', id, names);
    const width = Math.min(110, context.terminal.columns);
    if (options.list) {
      context.terminal.print(options.json ? JSON.stringify(examples.map(entryOf), null, 2) : examples.map((each) => exampleText(each, width)).join('\n\n'));
      return exitCode.ok;
    }
    const { readPlanFile } = await import('../../lab/plan/planFile.ts');
    const plan = await readPlanFile(planOf(wanted), context.folder);
    const report = options.report === undefined ? undefined : resolve(context.folder, options.report);
    const lesson = [wanted.lesson, `It takes about ${wanted.takes}.`].map((text) => wrapText(text, width)).join('\n');
    const code = await runExperiment(context, { json: options.json, report, offer: 'none' }, (lab, running) =>
      lab.runPlan(
        plan,
        beforeTraining(running, () => context.terminal.remark(lesson)),
      ),
    );
    if (code === exitCode.ok && !options.json) context.terminal.print(nextCommands(wanted));
    return code;
  },
});

/** What is missing on this computer is said first, by the lab, and the lesson before the first thing that takes its time. */
function beforeTraining(running: RunOptions, tell: () => void): RunOptions {
  let isTold = false;
  return {
    ...running,
    onProgress(progress: ExperimentProgress) {
      if (!isTold && progress.phase !== 'reading data') {
        isTold = true;
        tell();
      }
      running.onProgress?.(progress);
    },
  };
}

/** Another example, and the person's own file. */
function nextCommands(shown: Example): string {
  const other = examples[(examples.indexOf(shown) + 1) % examples.length] ?? shown;
  const entries = [
    [`${program} example ${other.id}`, other.title],
    [`${program} data inspect FILE`, 'Your own data: the columns that can be learned, then'],
    [`${program} compare FILE --main COLUMN --aux OTHER`, 'does learning OTHER help with COLUMN?'],
  ] as const;
  const width = Math.max(...entries.map(([command]) => command.length));
  return ['', 'What next:', ...entries.map(([command, what]) => `  ${command.padEnd(width)}  ${what}`)].join('\n');
}

function entryOf({ id, title, lesson, takes, ...rest }: Example): Readonly<Record<string, string>> {
  return { id, title, lesson, takes, plan: planOf({ id, title, lesson, takes, ...rest }) };
}

function exampleText({ id, title, lesson, takes }: Example, width: number): string {
  return [`${program} example ${id}`, wrapText(title, width, '  '), wrapText(lesson, width, '  '), wrapText(`About ${takes}.`, width, '  ')].join('\n');
}
