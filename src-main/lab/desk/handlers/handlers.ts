/** What every handler works with, and the type that makes the compiler name a call without one. */
import type { CallAnswer, CallArguments, CallName, CallOutput, Settings } from '../../../contract/calls.ts';
import type { Store } from '../../../store/store.ts';
import type { Context } from '../../context.ts';
import type { LongWork } from '../longWork.ts';
import type { Runner } from '../runner.ts';
import type { Emit, Told } from '../tell.ts';

export interface DeskParts {
  readonly store: Store;
  readonly context: Context;
  readonly work: LongWork;
  readonly runner: Runner;
  readonly emit: Emit;
  readonly about: CallOutput<'lab.about'>;
  readonly settings: () => Settings;
}

export type Answer<N extends CallName> = Told<CallAnswer<N>> | Promise<Told<CallAnswer<N>>>;

/** A handler for every call whose name begins so. */
export type Handlers<Area extends string> = {
  readonly [N in CallName as N extends `${Area}.${string}` ? N : never]: (input: CallArguments<N>) => Answer<N>;
};

/** Every call but those that only a desktop shell answers. */
export type AllHandlers = { readonly [N in Exclude<CallName, `host.${string}`>]: (input: CallArguments<N>) => Answer<N> };
