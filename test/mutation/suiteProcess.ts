/** A process with one long-lived vitest. It serves one source file as it is told, in memory, and runs the test files that it is told, in their order, up to
 *  the first failure. Nothing is written to the disk. */
import { patienceMs } from '../support/patience.ts';
import { BaseSequencer, createVitest, type TestModule, type TestSpecification } from 'vitest/node';

export interface Order {
  readonly file: string; // whose text is replaced
  readonly text: string | null; // null: as it stands on the disk
  readonly tests: readonly string[]; // paths
  readonly limitMs: number; // of processor time, after which this process ends: a busy machine makes nothing endless
}

export interface Outcome {
  readonly failed: readonly string[]; // 'path: test', of what failed first
  readonly ms: number; // of processor time
}

class AsTold extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files;
  }
}

const [root = ''] = process.argv.slice(2);
let replaced: { readonly file: string; readonly text: string } | null = null;

const vitest = await createVitest(
  {
    root,
    config: false,
    watch: false,
    include: ['test/**/*.test.ts'],
    environment: 'node',
    pool: 'threads', // they end with this process, in an endless loop too
    isolate: false,
    fileParallelism: false,
    bail: 1,
    fsModuleCache: false, // it is keyed by the file on the disk
    sequence: { sequencer: AsTold },
    testTimeout: patienceMs,
    hookTimeout: patienceMs,
    globalSetup: ['test/support/installRuntime.ts'],
    reporters: [{}],
    env: { TF_CPP_MIN_LOG_LEVEL: '2', TF_NUM_INTRAOP_THREADS: '1', TF_NUM_INTEROP_THREADS: '1' },
  },
  {
    plugins: [{ name: 'mutant', enforce: 'pre', load: (id) => (replaced !== null && id.split('?')[0] === replaced.file ? replaced.text : null) }],
  },
);
await vitest.standalone();
const project = vitest.getRootProject();

async function carryOut({ file, text, tests, limitMs }: Order): Promise<Outcome> {
  const begin = spentMs();
  const watch = setInterval(() => spentMs() - begin > limitMs && process.kill(process.pid, 'SIGKILL'), 200); // the tests have a thread of their own
  replaced = text === null ? null : { file, text };
  vitest.invalidateFile(file);
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(tests.map((test) => project.createSpecification(test)));
  vitest.invalidateFile(file);
  clearInterval(watch);
  const run = testModules.filter(({ moduleId }) => tests.includes(moduleId)); // those of earlier orders are listed too
  return {
    failed: [...run.flatMap(failuresOf), ...unhandledErrors.map(() => 'an error outside of the tests')],
    ms: spentMs() - begin,
  };
}

function spentMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function failuresOf(module: TestModule): string[] {
  const failed = [...module.children.allTests('failed')].map(({ fullName }) => `${module.moduleId}: ${fullName}`);
  return failed.length > 0 || module.ok() ? failed : [`${module.moduleId}: it does not load`];
}

process.on('message', (order: Order) => void carryOut(order).then((outcome) => process.send?.(outcome)));
process.on('disconnect', () => process.exit());
process.send?.('ready');
