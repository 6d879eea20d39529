/** What an app:// address answers: a built file, an experiment's report, or a refusal. Electron only carries the requests here. */
import type { Client } from '../contract/client.ts';
import { LabError } from '../contract/errors.ts';
import { readAddress } from './address.ts';
import { answerHeaders, troublePage } from '../serve/headers.ts';
import type { ServedFile } from '../serve/servedFiles.ts';
import { reportPolicy, windowPolicy } from './contentPolicy.ts';

export interface Request {
  readonly method: string;
  readonly url: string;
}

/** @param lab asked for reports   @returns a function that answers every request and never rejects */
export function answerRequests(files: ReadonlyMap<string, ServedFile>, lab: Pick<Client, 'call'>): (request: Request) => Promise<Response> {
  return async ({ method, url }) => {
    if (method !== 'GET') return plain(405, 'Only GET is served.');
    const address = readAddress(url);
    if (address === null) return plain(404, 'There is nothing at this address.');
    switch (address.kind) {
      case 'window':
        return served(files.get(address.path));
      case 'report':
        return report(address.id, lab);
      default:
        return address satisfies never;
    }
  };
}

function served(found: ServedFile | undefined): Response {
  if (found === undefined) return plain(404, 'There is nothing at this address.');
  return new Response(new Uint8Array(found.content), { headers: answerHeaders(found.type, windowPolicy) });
}

async function report(id: string, lab: Pick<Client, 'call'>): Promise<Response> {
  const headers = answerHeaders('text/html; charset=utf-8', reportPolicy);
  try {
    return new Response(await lab.call('experiments.report', { id }), { headers });
  } catch (error) {
    const status = error instanceof LabError && error.code === 'not-found' ? 404 : 500;
    return new Response(troublePage('The report could not be made', error instanceof Error ? error.message : String(error)), { status, headers });
  }
}

function plain(status: number, text: string): Response {
  return new Response(text, { status, headers: answerHeaders('text/plain; charset=utf-8', windowPolicy) });
}
