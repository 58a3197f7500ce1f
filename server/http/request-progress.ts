import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Failure } from '../contract/index.ts';
import { toFailureView } from '../runtime/failures.ts';

/** Slower than the worst line there is; a body that comes slower than this is held open on purpose. */
const MIN_BYTES_PER_S = 128;
/** Longer than the minute for which a proxy before this server keeps a connection: it must never send on one that has just been closed. */
const KEEP_ALIVE_MS = 75_000;
/** What a sender may still send of a body that was answered without being read, so that it gets to reading the answer. */
const UNREAD_BYTES = 16 * 1024 * 1024;

interface Arriving {
  request: IncomingMessage;
  response: ServerResponse;
  /** Of the connection, when the present span began. */
  bytesRead: number;
  sinceMs: number;
}

/**
 * A web server on which progress decides, not the clock: a study may take an hour on a county's line, and a body that stops
 * arriving is cut after `stallMs`. Headers have Node's own limit, a minute in all.
 */
export function createHttpServer({ stallMs }: { stallMs: number }): Server {
  const server = createServer({ requestTimeout: 0, headersTimeout: 60_000, keepAliveTimeout: KEEP_ALIVE_MS });
  const arriving = new Set<Arriving>();
  server.on('request', (request, response) => {
    if (!hasBody(request)) return;
    const one = { request, response, bytesRead: request.socket.bytesRead, sinceMs: Date.now() };
    arriving.add(one);
    request.once('close', () => arriving.delete(one));
  });
  let lookedMs = Date.now();
  const timer = setInterval(() => {
    // A process that stood still read nothing meanwhile: that is no silence of the sender.
    const lateMs = Math.max(0, Date.now() - lookedMs - stallMs / 2);
    lookedMs = Date.now();
    for (const one of arriving) {
      one.sinceMs += lateMs;
      check(one, stallMs);
    }
  }, stallMs / 4).unref();
  server.on('close', () => clearInterval(timer));
  return server;
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function check(one: Arriving, stallMs: number): void {
  const { request, response } = one;
  const { socket } = request;
  if (request.complete || socket.destroyed) return;
  const gotBytes = socket.bytesRead - one.bytesRead;
  if (response.writableEnded) {
    if (gotBytes > UNREAD_BYTES || Date.now() - one.sinceMs > stallMs) socket.destroy();
    return;
  }
  // What lies here unread waits for this server, not for the sender.
  const isOurs = request.readableLength > 0;
  if (isOurs || gotBytes * 1000 >= MIN_BYTES_PER_S * stallMs) {
    one.bytesRead = socket.bytesRead;
    one.sinceMs = Date.now();
  } else if (Date.now() - one.sinceMs >= stallMs) cut(response);
}

/** Answers 408 where nothing was answered yet, RFC 9110 section 15.5.9, and ends the connection. */
function cut(response: ServerResponse): void {
  const { socket } = response;
  if (!response.headersSent) {
    const failure = new Failure('invalid-message', 'the body of the request stopped arriving');
    response.writeHead(408, { connection: 'close', 'content-type': 'application/json', 'cache-control': 'no-store' });
    response.end(JSON.stringify(toFailureView(failure, randomUUID())));
  }
  socket?.destroySoon();
}
