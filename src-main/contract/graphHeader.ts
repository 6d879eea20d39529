/** The JSON of a recorded graph: what it was recorded from, and where in the graph lies what was declared. Written by one worker, read by the next. */
import * as v from 'valibot';
import { recordUpTo } from './bounded.ts';
import { Digest } from './identifiers.ts';

export const graphFormat = 1;

const most = { computations: 100, feeds: 10_000, state: 1_000_000 } as const;
/** Without a comma, with which lists of them are joined. */
const Ref = v.pipe(v.string(), v.regex(/^[A-Za-z0-9.][A-Za-z0-9_./-]{0,500}:\d{1,4}$/, 'must be an output of a node'));

const GraphHeader = v.strictObject({
  format: v.literal(graphFormat),
  signature: Digest,
  computations: recordUpTo(v.strictObject({ feeds: recordUpTo(Ref, most.feeds), output: Ref }), most.computations),
  state: recordUpTo(v.strictObject({ value: Ref, feed: Ref, done: Ref }), most.state),
});
export type GraphHeader = v.InferOutput<typeof GraphHeader>;

/** @returns null when it is not of this form or of another format */
export function asGraphHeader(content: unknown): GraphHeader | null {
  const checked = v.safeParse(GraphHeader, content);
  return checked.success ? checked.output : null;
}
