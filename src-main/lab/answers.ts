/** Answers the calls of the contract out of a lab. Knows no transport. */
import * as v from 'valibot';
import { calls, type CallArguments, type CallName, type CallOutput } from '../contract/calls.ts';
import { LabError } from '../contract/errors.ts';
import type { Lab } from '../contract/lab.ts';
import { checkCall, replyOf, type Reply } from '../contract/wire.ts';
import { buildReport } from '../report/index.ts';
import { renderHtml } from '../report/html.ts';

/** What a host says about itself and how it opens its lab; an opening that fails is tried again with the next call. */
export interface AnswerOptions {
  readonly about: CallOutput<'lab.about'>;
  readonly lab: () => Lab;
}

type Handlers = { readonly [N in CallName]?: (input: CallArguments<N>) => CallOutput<N> };

/** @returns a function that never throws: what goes wrong is a Reply */
export function answerCalls({ about, lab }: AnswerOptions): (message: unknown) => Promise<Reply> {
  const handlers: Handlers = {
    'lab.about': () => about,
    'experiments.list': () => v.parse(calls['experiments.list'].output, lab().list()),
    'experiments.show': ({ id }) => v.parse(calls['experiments.show'].output, lab().show(id)),
    'experiments.report': ({ id }) => renderHtml(buildReport({ experiment: lab().show(id), series: lab().series(id) })),
  };
  return (message) =>
    replyOf(() => {
      const { name, input } = checkCall(message);
      const handler = handlers[name] as ((input: unknown) => unknown) | undefined; // checkCall held the input against this name's schema
      if (handler === undefined) throw new LabError('bad-input', `This host does not answer ${name}.`);
      return handler(input);
    });
}
