/** `auxlab serve` without its command line: opens the desk and the server and ties them together. Composition only. */
import { join } from 'node:path';
import { LabError } from '../contract/errors.ts';
import type { DeskOptions } from '../lab/desk/desk.ts';
import { standDesk, type StandingDesk } from '../lab/desk/standingDesk.ts';
import { programVersion } from '../lab/record/provenance.ts';
import { startServer, type LabServer } from './server.ts';
import { readServedFiles } from './servedFiles.ts';
import { newToken } from './token.ts';
import { clearUnfinished, openUploads } from './uploads.ts';
import type { LabEvent } from '../contract/events.ts';

export interface ServeOptions {
  readonly home: string;
  readonly page: string; // folder of the built interface
  readonly host?: string;
  readonly port?: number | undefined; // undefined: the usual one, or any free one when that is taken
  readonly desk?: Partial<DeskOptions>;
}

export interface ServedLab {
  readonly address: string; // with the token: whoever has it may use the lab
  readonly port: number;
  readonly token: string;
  /** Pauses what trains, with checkpoints, and ends. */
  close(): Promise<void>;
}

export const usualPort = 8421;
export const loopbackHosts: readonly string[] = ['127.0.0.1', '::1', 'localhost'];

/** @throws LabError bad-input for a host that others can reach, or a port that is taken */
export async function serveLab({ home, page, host = '127.0.0.1', port, desk: own = {} }: ServeOptions): Promise<ServedLab> {
  if (!loopbackHosts.includes(host))
    throw new LabError(
      'bad-input',
      `Auxlab is served on this computer only: --host must be one of ${loopbackHosts.join(', ')}. Received: ` +
        `"${host}". From elsewhere, use an SSH tunnel: ssh -L ${usualPort}:127.0.0.1:${usualPort} HOST.`,
    );
  const files = await readServedFiles(page);
  const uploadsFolder = join(home, 'uploads');
  await clearUnfinished(uploadsFolder);
  const uploads = openUploads(uploadsFolder);
  const token = newToken();
  let server: LabServer | null = null;
  const desk: StandingDesk = standDesk(
    { ...own, home, about: { version: programVersion(), home, host: 'served', platform: process.platform, node: process.version } },
    (event) => server?.tell(event as LabEvent), // the same data, read-only
  );
  const start = (wanted: number): Promise<LabServer> => startServer({ host, port: wanted, token, files, uploads, answer: (message) => desk.answer(message) });
  try {
    server = await start(port ?? usualPort).catch((error: unknown) => {
      if (port !== undefined) throw error;
      return start(0); // another lab is served under the usual one
    });
  } catch (error) {
    await desk.close();
    throw error;
  }
  const running = server;
  const shown = host === '::1' ? '[::1]' : host;
  return {
    port: running.port,
    token,
    address: `http://${shown}:${running.port}/?token=${token}`,
    async close() {
      await desk.close();
      await Promise.all([running.close(), uploads.close()]);
    },
  };
}
