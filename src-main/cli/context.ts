/** What a command gets from the process it runs in. Tests make their own. */
import type { Lab } from '../contract/lab.ts';
import type { Terminal } from './output/terminal.ts';

export interface Context {
  readonly terminal: Terminal;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly folder: string; // relative paths start here
  readonly home: string; // AUXLAB_HOME or the platform's usual place
  readonly signal: AbortSignal; // aborted by the first SIGINT or SIGTERM
  readonly now: () => number; // ms
  readonly openLab: () => Promise<Lab>;
}

/** Opens the lab for one piece of work and closes it, whatever happens. */
export async function withLab<T>(context: Context, work: (lab: Lab) => Promise<T>): Promise<T> {
  const lab = await context.openLab();
  try {
    return await work(lab);
  } finally {
    lab.close();
  }
}
