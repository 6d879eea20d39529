/** Runs a reading at most once at a time. What is asked for meanwhile is answered by one more reading at the end, however often it was asked. */
export function latestOnly(read: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;

  const run = (): Promise<void> => {
    running = read().finally(() => (running = null));
    return running;
  };

  return () => {
    if (running === null) return run();
    next ??= running
      .catch(() => undefined)
      .then(() => {
        next = null;
        return run();
      });
    return next;
  };
}
