/** What a person is told of an error: the lab's own sentence, whatever it was that failed. */
import type { LabErrorCode } from '../../src-main/contract/errors.ts';

const stopped: LabErrorCode = 'interrupted';

export function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Whether the person stopped it: nothing to complain about. */
export function isStopped(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === stopped;
}
