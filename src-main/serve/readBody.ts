/** Reads the body of a request up to a limit. */
import type { IncomingMessage } from 'node:http';
import { LabError } from '../contract/errors.ts';

/** @throws LabError bad-input when there is more */
export async function readBody(request: IncomingMessage, limitBytes: number): Promise<string> {
  const tooLarge = (): LabError => new LabError('bad-input', `This request must have at most ${limitBytes} bytes.`);
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) throw tooLarge();
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > limitBytes) throw tooLarge();
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
