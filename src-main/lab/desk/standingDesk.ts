/** Keeps a desk open for a host: a store that cannot be opened is tried again with every call, so that a window can say
 *  what is wrong and go on once it is right. */
import { checkCall, replyOf, type Reply } from '../../contract/wire.ts';
import type { LabEvent } from '../../contract/events.ts';
import { openDesk, type Desk, type DeskOptions } from './desk.ts';
import type { Told } from './tell.ts';

const lookEveryMs = 500;

export interface StandingDesk {
  answer(message: unknown): Promise<Reply>;
  /** Whether something trains, for a host that wants to end.  */
  isTraining(): boolean;
  close(): Promise<void>;
}

/** @param tell takes every event   @param open how a desk is opened; another one in tests */
export function standDesk(options: DeskOptions, tell: (event: Told<LabEvent>) => void, open: (options: DeskOptions) => Desk = openDesk): StandingDesk {
  let desk: Desk | null = null;
  let isInTrouble = false;
  const look = (): void => {
    try {
      desk?.look(performance.now());
      isInTrouble = false;
    } catch (error) {
      if (!isInTrouble) tell({ name: 'lab.note', text: `The store could not be read: ${error instanceof Error ? error.message : String(error)}` });
      isInTrouble = true; // told once; the next look tries again
    }
  };
  const get = (): Desk => {
    if (desk !== null) return desk;
    desk = open(options);
    desk.on(tell);
    look(); // before the first answer, so that everything that changes after it is told
    return desk;
  };
  const timer = setInterval(look, lookEveryMs);
  return {
    async answer(message) {
      try {
        return await get().answer(message);
      } catch (error) {
        return replyOf(() => {
          if (checkCall(message).name === 'lab.about') return options.about; // what a window needs to say where the store is
          throw error;
        });
      }
    },
    isTraining: () => desk?.isTraining() ?? false,
    async close() {
      clearInterval(timer);
      await desk?.close();
    },
  };
}
