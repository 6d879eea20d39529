/** Errors of the window itself: what failed, and the details that "Copy diagnostics" hands on. Nobody is shown a stack. */

const most = 10;

export class Faults {
  list = $state.raw<readonly string[]>([]); // newest last

  note = (part: string, error: unknown): void => {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.list = [...this.list, `Not shown: ${part}. ${detail}`].slice(-most);
  };
}
