/** The door between the page and the lab: sender first, then size, shape, name and input; only then is the lab asked. */
import { LabError, toWire } from '../contract/errors.ts';
import { checkCall, type CheckedCall, type Reply } from '../contract/wire.ts';
import { isWindowAddress } from './address.ts';

/** What Electron knows about who sent a message. */
export interface Sender {
  readonly address: string; // of the frame; '' when it is gone
  readonly isMainFrame: boolean;
  readonly isOwnWindow: boolean; // one of the shell's windows, not some other web contents
}

/** @param ask passes a checked call on to the lab and answers with its Reply   @returns a function that never rejects */
export function answerMessages(ask: (call: CheckedCall) => Promise<Reply>): (message: unknown, sender: Sender) => Promise<Reply> {
  return async (message, sender) => {
    try {
      if (!isTrusted(sender)) throw new LabError('bad-input', 'Only the window itself may call the lab.');
      return await ask(checkCall(message));
    } catch (error) {
      return { ok: false, error: toWire(error) };
    }
  };
}

export function isTrusted({ address, isMainFrame, isOwnWindow }: Sender): boolean {
  return isOwnWindow && isMainFrame && isWindowAddress(address);
}
