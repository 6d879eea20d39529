/** Which test files load a source file, directly or through others, read from their imports without running anything. */
import path from 'node:path';
import { filesBelow, importsOf } from '../support/imports.ts';

/** Test folders whose files train or open windows: too slow to be run for every mutant. */
const slow = ['deep', 'desktop', 'endToEnd', 'engine', 'renderer', 'shell'];
/** Whatever loads this may start programs, which would not see the mutant. */
const programs = 'node:child_process';

export class ImportGraph {
  readonly #root: string;
  readonly #loads = new Map<string, readonly string[]>();
  readonly #reached = new Map<string, ReadonlyMap<string, number>>();

  constructor(root: string) {
    this.#root = root;
    for (const test of filesBelow(path.join(root, 'test'), /\.test\.ts$/)) {
      if (slow.includes(path.relative(path.join(root, 'test'), test).split(path.sep)[0] ?? '')) continue;
      const steps = this.#stepsFrom(test);
      if (!steps.has(programs)) this.#reached.set(test, steps);
    }
  }

  /** The tests that load a file, those of its own folder first and then by the number of imports between: the nearest notice most.
   *  @returns paths */
  testsOf(file: string): string[] {
    const folder = path.join(this.#root, 'test', path.relative(path.join(this.#root, 'src-main'), path.dirname(file)));
    const distance = (test: string): number => (this.#reached.get(test)?.get(file) ?? NaN) + (path.dirname(test) === folder ? 0 : 100);
    return [...this.#reached.keys()].filter((test) => this.#reached.get(test)?.has(file)).sort((a, b) => distance(a) - distance(b));
  }

  #stepsFrom(test: string): ReadonlyMap<string, number> {
    const steps = new Map([[test, 0]]);
    for (const [file, count] of steps) for (const loaded of this.#loadedBy(file)) if (!steps.has(loaded)) steps.set(loaded, count + 1);
    return steps;
  }

  #loadedBy(file: string): readonly string[] {
    const known = this.#loads.get(file);
    if (known !== undefined) return known;
    if (file === programs) return [];
    const targets = importsOf(file).filter(({ target, isType }) => !isType && (target === programs || /^\..*\.(ts|js)$/.test(target)));
    const loaded = targets.map(({ target }) => (target === programs ? programs : path.resolve(path.dirname(file), target)));
    this.#loads.set(file, loaded);
    return loaded;
  }
}
