import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { FailureView } from '../../server/contract/failure.ts';
import type { MaterialView } from '../../server/contract/picture-kinds.ts';
import type { EcgRecord } from '../../server/formats/ecg/record.ts';
import { ECG_MEDIA_TYPE, encodeEcg } from '../../server/formats/ecg/wire.ts';

const PAGE_FOLDER = fileURLToPath(new URL('./viewer-page', import.meta.url));
const BUILT_FOLDER = fileURLToPath(new URL('../../.build/ecg-viewer-page', import.meta.url));
const VITE = fileURLToPath(new URL('../../node_modules/vite/bin/vite.js', import.meta.url));
const CLIENT_CONFIG = fileURLToPath(new URL('../../client/vite.config.ts', import.meta.url));

export interface EcgSource {
  description: string;
  /** A failure: what the server says of a file that it cannot read. */
  answer: EcgRecord | FailureView;
}

export interface EcgSite {
  url: string;
  /** Ids of the records, in the order of the sources. */
  recordIds: string[];
  /** What the line does to the next requests. */
  line: { down: boolean; delayMs: number };
  /** Another answer from now on. */
  answerWith(index: number, answer: EcgSource['answer']): void;
  close(): Promise<void>;
}

/** Builds the page with the client's own configuration, once a run; in a process of its own, as `npm run build` does. */
let building: Promise<unknown> | undefined;
function buildPage(): Promise<unknown> {
  const options = ['--config', CLIENT_CONFIG, '--outDir', BUILT_FOLDER, '--emptyOutDir', '--logLevel', 'error'];
  building ??= promisify(execFile)(process.execPath, [VITE, 'build', PAGE_FOLDER, ...options]);
  return building;
}

/** Serves the page with a review panel, and ECGs as the server answers them. */
export async function openEcgSite(sources: EcgSource[]): Promise<EcgSite> {
  await buildPage();
  const recordIds = sources.map((_, index) => `2.25.${index + 1}`);
  const answers = new Map(sources.map(({ answer }, index) => [recordIds[index] ?? '', answer]));
  const material: MaterialView = {
    materialId: '00000000-0000-4000-8000-000000000000',
    kind: 'ecg',
    description: '心电图',
    studyDate: '20240101',
    patients: [],
    patientsDiffer: false,
    addedAt: new Date(0).toISOString(),
    records: sources.map(({ description }, index) => ({
      recordId: recordIds[index] ?? '',
      description,
      number: index + 1,
    })),
  };
  const line = { down: false, delayMs: 0 };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname === '/materials.json') return sendJson(response, 200, [material]);
    const recordId = /^\/api\/consultations\/[^/]+\/ecgs\/([^/]+)$/.exec(pathname)?.[1];
    if (recordId === undefined) return sendFile(response, pathname);
    await new Promise((resolve) => setTimeout(resolve, line.delayMs));
    const found = answers.get(recordId);
    if (line.down || !found) return void response.writeHead(line.down ? 503 : 404).end();
    if ('code' in found) return sendJson(response, 422, found);
    response.writeHead(200, { 'content-type': ECG_MEDIA_TYPE }).end(encodeEcg(found));
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    recordIds,
    line,
    answerWith: (index, next) => void answers.set(recordIds[index] ?? '', next),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

async function sendFile(response: ServerResponse, pathname: string): Promise<void> {
  const path = join(BUILT_FOLDER, pathname === '/' ? 'index.html' : pathname);
  const body = await readFile(path).catch(() => undefined);
  if (!body) return void response.writeHead(404).end();
  response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' }).end(body);
}
