/** What a page takes of its main thread, as a ratio to plain work in the same page: a time in milliseconds says more about what else the machine does.
 *  Counts processor time, so that waiting for a busy processor, for the lab or for a frame is none. */
import type { Page } from 'playwright';

export interface PageEffort {
  /** How many times plain work what comes of an act takes, and the milliseconds of the main thread that it took. */
  of(act: () => Promise<unknown>): Promise<{ readonly times: number; readonly ms: number }>;
  /** The same of the cheapest of three times, because collections of garbage and neighbours only add.  @param undo makes the page ready for the next time */
  least(act: () => Promise<unknown>, undo: () => Promise<unknown>): Promise<{ readonly times: number; readonly ms: number }>;
  /** The same of everything since the page's process began. */
  soFar(): Promise<{ readonly times: number; readonly ms: number }>;
}

/** Two hundred thousand numbers written and read back: about 40 ms where this was made. */
const plainWork = 'JSON.parse(JSON.stringify(Array.from({ length: 200_000 }, (_, i) => Math.sin(i)))).length';

export async function pageEffort(page: Page): Promise<PageEffort> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const threadMs = async (): Promise<number> => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    const seconds = metrics.find(({ name }) => name === 'ThreadTime')?.value;
    if (seconds === undefined) throw new Error('This browser does not say what its main thread takes.');
    return 1000 * seconds;
  };
  const msOf = async (act: () => Promise<unknown>): Promise<number> => {
    const before = await threadMs();
    await act();
    return (await threadMs()) - before;
  };
  const inTimes = async (ms: number): Promise<{ times: number; ms: number }> => {
    let plainMs = Infinity;
    for (let round = 0; round < 3; round++) plainMs = Math.min(plainMs, await msOf(() => page.evaluate(plainWork)));
    return { times: ms / plainMs, ms };
  };
  const leastMs = async (act: () => Promise<unknown>, undo: () => Promise<unknown>): Promise<number> => {
    let least = await msOf(act);
    for (let round = 1; round < 3; round++) {
      await undo();
      least = Math.min(least, await msOf(act));
    }
    return least;
  };
  return {
    of: async (act) => inTimes(await msOf(act)),
    least: async (act, undo) => inTimes(await leastMs(act, undo)),
    soFar: async () => inTimes(await threadMs()),
  };
}
