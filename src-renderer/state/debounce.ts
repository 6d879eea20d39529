/** Does the work once things have been quiet for a moment. */

export interface Debounced {
  (): void;
  /** Does it now if it is due.  @returns when it is done */
  flush(): Promise<void>;
  cancel(): void;
}

export function debounced(work: () => Promise<void>, quietMs: number): Debounced {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const run = async (): Promise<void> => {
    timer = null;
    await work();
  };
  const ask = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => void run(), quietMs);
  };
  return Object.assign(ask, {
    async flush(): Promise<void> {
      if (timer === null) return;
      clearTimeout(timer);
      await run();
    },
    cancel(): void {
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
  });
}
