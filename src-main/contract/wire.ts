/** How calls and answers look on the way between processes, and the check that every door makes before it believes a message. */
import * as v from 'valibot';
import { calls, isCallName, LabEvent, type CallName } from './calls.ts';
import { errorCodes, LabError, toWire } from './errors.ts';

export const WireErrorSchema = v.object({ code: v.picklist(errorCodes), message: v.string(), detail: v.exactOptional(v.string()) });

/** Errors travel as data: Electron passes only the message of a thrown one. */
export const Reply = v.variant('ok', [
  v.strictObject({ ok: v.literal(true), value: v.unknown() }),
  v.strictObject({ ok: v.literal(false), error: WireErrorSchema }),
]);
export type Reply = v.InferOutput<typeof Reply>;

/** The largest question, in characters of its JSON; answers may be long, questions are short. */
export const callSizeLimit = 524_288;

const CallMessage = v.strictObject({ name: v.string(), input: v.unknown() });

export interface CheckedCall {
  readonly name: CallName;
  readonly input: unknown; // fits the schema of the name
}

/** Size, shape, name, input: in this order.  @throws LabError bad-input saying which of them a message breaks */
export function checkCall(message: unknown): CheckedCall {
  const size = jsonSize(message);
  if (size > callSizeLimit) throw new LabError('bad-input', `A call must have at most ${callSizeLimit} characters. Received: ${size}.`);
  const call = v.safeParse(CallMessage, message);
  if (!call.success) throw new LabError('bad-input', `A call must have a name and an input. ${v.summarize(call.issues)}`);
  const { name, input } = call.output;
  if (!isCallName(name)) throw new LabError('bad-input', `There is no call "${name.slice(0, 100)}".`);
  const parsed = v.safeParse(calls[name].input, input);
  if (!parsed.success) throw new LabError('bad-input', `The input of ${name} is not usable. ${v.summarize(parsed.issues)}`);
  return { name, input: parsed.output };
}

/** @throws LabError bad-input when the event is not in the contract */
export function checkEvent(message: unknown): LabEvent {
  const event = v.safeParse(LabEvent, message);
  if (!event.success) throw new LabError('bad-input', `An event is not in the contract. ${v.summarize(event.issues)}`);
  return event.output;
}

/** Runs the work and answers with what it gives or throws. */
export async function replyOf(work: () => unknown): Promise<Reply> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    return { ok: false, error: toWire(error) };
  }
}

function jsonSize(message: unknown): number {
  try {
    return JSON.stringify(message)?.length ?? 0;
  } catch (error) {
    throw new LabError('bad-input', 'A call must be plain data: text, numbers, lists and objects.', { cause: error });
  }
}

/** What a lab process is sent: a call under a number that its answer carries back. */
export const ToLab = v.strictObject({ id: v.number(), call: v.unknown() });
export type ToLab = v.InferOutput<typeof ToLab>;

export const FromLab = v.union([v.strictObject({ id: v.number(), reply: Reply }), v.strictObject({ event: LabEvent })]);
export type FromLab = v.InferOutput<typeof FromLab>;
