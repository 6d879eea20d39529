/** A served lab on a free port with workers that train nothing and a page of two files, and ways to knock at its door. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { request, type IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { serveLab, type ServedLab, type ServeOptions } from '../../src-main/serve/serveLab.ts';
import { cookieName } from '../../src-main/serve/token.ts';
import { fakeMachine, type FakeTraining } from '../support/labHome.ts';

export async function serveFakeLab(home: string, training: FakeTraining = {}, options: Partial<ServeOptions> = {}): Promise<ServedLab> {
  const page = join(home, 'page');
  mkdirSync(join(page, 'assets'), { recursive: true });
  writeFileSync(join(page, 'index.html'), '<!doctype html><title>Auxlab</title>');
  writeFileSync(join(page, 'assets', 'index.js'), 'void 0;');
  writeFileSync(join(home, 'secret.txt'), 'secret');
  return serveLab({
    home,
    page,
    port: 0,
    desk: fakeMachine('', training),
    ...options,
  });
}

export interface Knock {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

export interface Heard {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export function cookie(lab: ServedLab): Record<string, string> {
  return { cookie: `${cookieName(lab.port)}=${lab.token}` };
}

/** As a page of this server: with its cookie and origin. */
export function ownPage(lab: ServedLab): Record<string, string> {
  return { ...cookie(lab), origin: `http://127.0.0.1:${lab.port}` };
}

export function knock(lab: ServedLab, path: string, { method = 'GET', headers = {}, body }: Knock = {}): Promise<Heard> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port: lab.port, path, method, headers, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts).toString('utf8') }));
      response.on('error', reject);
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

/** @returns the open socket, or the status with which it was refused */
export function openSocket(lab: ServedLab, headers: Readonly<Record<string, string>>, path = '/socket'): Promise<WebSocket | number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${lab.port}${path}`, { headers });
    socket.once('open', () => resolve(socket));
    socket.once('unexpected-response', (asked, response) => {
      resolve(response.statusCode ?? 0);
      asked.destroy();
    });
    socket.once('error', reject);
  });
}
