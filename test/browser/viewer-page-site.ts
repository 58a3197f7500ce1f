import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const BUILT_FOLDER = fileURLToPath(new URL('../../.build/viewer-page', import.meta.url));
const PREPARE = fileURLToPath(new URL('../../.setup/prepare.mjs', import.meta.url));
const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
};

/** The page that tries the viewers, on a free port of loopback. */
export interface PageSite {
  url: string;
  close(): Promise<void>;
}

/** Once in a process, and quick where it is built already. */
let building: Promise<unknown> | undefined;
function buildPage(): Promise<unknown> {
  building ??= promisify(execFile)(process.execPath, [PREPARE, 'viewer-page']);
  return building;
}

/** @param answer hands to {@link sendPageFile} what it does not know. */
export async function openPageSite(answer: (url: URL, response: ServerResponse) => Promise<void>): Promise<PageSite> {
  await buildPage();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    answer(url, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export function sendJson(response: ServerResponse, status: number, value: unknown, type = 'application/json'): void {
  response.writeHead(status, { 'content-type': type }).end(JSON.stringify(value));
}

export async function sendPageFile(response: ServerResponse, pathname: string): Promise<void> {
  // Answered here, as every page asks for it: a route in the browser would lead each of its requests through the test.
  if (pathname === '/favicon.ico') return void response.writeHead(204).end();
  const path = join(BUILT_FOLDER, pathname === '/' ? 'index.html' : pathname);
  const body = await readFile(path).catch(() => undefined);
  if (!body) return void response.writeHead(404).end();
  response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' }).end(body);
}
