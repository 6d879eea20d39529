/** The served lab: one loopback server with pages, uploads and a socket, all behind the same door. Carries messages, decides nothing about them. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import * as v from 'valibot';
import type { LabEvent } from '../contract/calls.ts';
import { LabError } from '../contract/errors.ts';
import { socketPath } from '../contract/socket.ts';
import { uploadLimits, uploadPath } from '../contract/upload.ts';
import { callSizeLimit, replyOf, ToLab, type Reply } from '../contract/wire.ts';
import { ownHost, refusalOf, type Visit } from './door.ts';
import { answerHeaders, reportPolicy } from './headers.ts';
import { pageAnswer, refusal, tokenPage, type PageAnswer } from './pages.ts';
import { readBody } from './readBody.ts';
import type { ServedFile } from './servedFiles.ts';
import { isToken, setCookie } from './token.ts';
import type { Uploads } from './uploads.ts';

export interface ServerOptions {
  readonly host: string;
  readonly port: number; // 0: any free one
  readonly token: string;
  readonly files: ReadonlyMap<string, ServedFile>; // the built page
  readonly uploads: Uploads;
  readonly answer: (message: unknown) => Promise<Reply>;
}

export interface LabServer {
  readonly port: number;
  tell(event: LabEvent): void;
  close(): Promise<void>;
}

const pingMs = 30_000;
const slowClientBytes = 8 * 2 ** 20; // waiting for a client that does not read; live points are left out then, it can read them again

/** @throws LabError bad-input when the port is taken or may not be used */
export async function startServer(options: ServerOptions): Promise<LabServer> {
  const { token, files, uploads, answer } = options;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 4 * callSizeLimit, perMessageDeflate: false });
  const server = createServer({ maxHeaderSize: 16_384, requestTimeout: 10 * 60_000, headersTimeout: 15_000 });
  const port = await listen(server, options.host, options.port);

  const visitOf = (request: IncomingMessage, url: URL): Visit => ({
    method: request.method ?? '',
    headers: request.headers,
    token: url.searchParams.get('token'),
  });

  const respond = async (request: IncomingMessage): Promise<PageAnswer> => {
    const url = addressOf(request);
    if (url === null) return refusal(400, 'This is no address.');
    const refused = refusalOf(visitOf(request, url), port, token);
    if (refused !== null) return refusal(refused.status, refused.sentence);
    if (url.pathname === '/' && isToken(url.searchParams.get('token'), token)) return tokenPage(setCookie(port, token));
    if (url.pathname === uploadPath || url.pathname.startsWith(`${uploadPath}/`)) return json(await replyOf(() => upload(request, url, uploads)));
    if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405, 'Only GET is served here.');
    return pageAnswer(url, ownHost(request.headers) ?? '', files, (name, input) => answer({ name, input }));
  };

  server.on('request', (request, response) => {
    void respond(request)
      .catch((error: unknown) => refusal(500, error instanceof Error ? error.message : String(error)))
      .then((page) => send(request, response, page));
  });
  server.on('upgrade', (request, socket, head) => {
    const url = addressOf(request);
    const refused = url === null || url.pathname !== socketPath ? refusal(404, '') : refusalOf(visitOf(request, url), port, token);
    if (refused !== null) return refuseUpgrade(socket, refused.status);
    sockets.handleUpgrade(request, socket, head, (client) => serveSocket(client, answer));
  });
  const pings = setInterval(() => {
    for (const client of sockets.clients) client.ping();
  }, pingMs);

  return {
    port,
    tell(event) {
      const text = JSON.stringify({ event });
      for (const client of sockets.clients) if (event.name !== 'experiment.points' || client.bufferedAmount < slowClientBytes) client.send(text);
    },
    async close() {
      clearInterval(pings);
      for (const client of sockets.clients) client.close(1001, 'auxlab serve was ended');
      setTimeout(() => sockets.clients.forEach((client) => client.terminate()), 500).unref();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
        setTimeout(() => server.closeAllConnections(), 1000).unref();
      });
    },
  };
}

function serveSocket(client: WebSocket, answer: ServerOptions['answer']): void {
  client.on('error', () => undefined); // an oversized or broken message: ws closes the connection with the reason
  client.on('message', (data, isBinary) => {
    const message = isBinary ? null : parsed(data);
    const call = v.safeParse(ToLab, message);
    if (!call.success) return client.close(1008, 'A message must be a call with an id.');
    void answer(call.output.call).then((reply) => {
      if (client.readyState === client.OPEN) client.send(JSON.stringify({ id: call.output.id, reply }));
    });
  });
}

/** Uploads answer Replies like every call. */
async function upload(request: IncomingMessage, url: URL, uploads: Uploads): Promise<unknown> {
  const [, , id, last] = url.pathname.split('/');
  if (request.method === 'POST' && id === undefined) return uploads.begin(parsed(await readBody(request, uploadLimits.manifestBytes)));
  if (request.method === 'POST' && id !== undefined && last === 'end') return uploads.end(id);
  if (request.method === 'PUT' && id !== undefined && /^\d{1,9}$/.test(last ?? '')) {
    const offset = Number(url.searchParams.get('offset') ?? 0);
    await uploads.piece(id, Number(last), offset, request);
    return {};
  }
  throw new LabError('bad-input', 'An upload is begun with POST, filled with PUT and ended with POST.');
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why =
        error.code === 'EADDRINUSE' ? 'is taken by another program' : error.code === 'EACCES' ? 'may not be used' : `cannot be used (${error.message})`;
      reject(new LabError('bad-input', `Port ${port} of ${host} ${why}. Choose another with --port.`, { cause: error }));
    });
    server.listen({ host, port }, () => resolve((server.address() as AddressInfo).port)); // a TCP server's address is never a text
  });
}

function addressOf(request: IncomingMessage): URL | null {
  try {
    return new URL(request.url ?? '', 'http://localhost');
  } catch {
    return null; // refused as no address
  }
}

function json(reply: Reply): PageAnswer {
  return { status: 200, headers: answerHeaders('application/json; charset=utf-8', reportPolicy("'none'")), body: JSON.stringify(reply) };
}

function send(request: IncomingMessage, response: ServerResponse, { status, headers, body }: PageAnswer): void {
  // A refused body is not read to its end
  if (!request.complete && request.method !== 'GET' && request.method !== 'HEAD') response.setHeader('connection', 'close');
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(request.method === 'HEAD' ? undefined : body);
}

function refuseUpgrade(socket: Duplex, status: number): void {
  socket.on('error', () => undefined); // the other side may be gone already
  socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function parsed(data: unknown): unknown {
  try {
    return JSON.parse(String(data));
  } catch {
    return null; // refused by the schema
  }
}
