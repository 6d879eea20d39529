/** Ctrl+C and SIGTERM: the first asks the command to stop (runs pause with checkpoints), the second ends the program at once. */
import type { Terminal } from './output/terminal.ts';

/** npm, a terminal and the launcher may each hand on the same Ctrl+C; signals this close together are one. */
const sameSignalMs = 500;

export interface SignalSource {
  on(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
  off(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
}

/** @param kill ends the program at once with the exit code
 *  @returns the signal that pauses, and the function that stops listening */
export function pauseOnSignal(
  source: SignalSource,
  terminal: Terminal,
  now: () => number,
  kill: (code: number) => void,
): { readonly signal: AbortSignal; readonly stop: () => void } {
  const controller = new AbortController();
  let firstAt: number | null = null;
  const listener = (): void => {
    if (firstAt === null) {
      firstAt = now();
      terminal.remark('Stopping. A second Ctrl+C ends at once.');
      controller.abort();
    } else if (now() - firstAt >= sameSignalMs) kill(130);
  };
  source.on('SIGINT', listener);
  source.on('SIGTERM', listener);
  return {
    signal: controller.signal,
    stop: () => {
      source.off('SIGINT', listener);
      source.off('SIGTERM', listener);
    },
  };
}
