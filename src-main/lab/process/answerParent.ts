/** The other side of askChild.ts: a process that answers its parent's one question and ends. */
import { flushCompileCache } from 'node:module';
import { toWire } from '../../contract/errors.ts';

/** @param work gets the order as it came; it must check it. What it tells on the way reaches the parent. */
export function answerParent(work: (order: unknown, tell: (progress: unknown) => void) => Promise<unknown>): void {
  flushCompileCache(); // the parent ends this process as soon as it has its answer
  const tell = (progress: unknown): void => void process.send?.({ progress });
  process.on('disconnect', () => process.exit(0));
  process.once('message', (message: { readonly order: unknown }) => {
    void work(message.order, tell)
      .then((value) => ({ value }))
      .catch((error: unknown) => ({ error: toWire(error) }))
      .then((answer) => process.send?.(answer, () => process.exit(0)));
  });
}
