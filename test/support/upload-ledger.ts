import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';

const STARTED = 'http.server.request.start';
const CHUNK = /^\/api\/uploads\/([^/]+)\/bytes\?offset=(\d+)$/;

export interface Chunk {
  uploadId: string;
  offset: number;
  sizeBytes: number;
  /** Kept, and said so. Where the line went before the answer it may be kept or not. */
  readonly answered: boolean;
}

/** What arrives of uploads at a server in this process, counted where the requests come in. */
export interface UploadLedger {
  readonly chunks: readonly Chunk[];
  close(): void;
}

export function openUploadLedger(): UploadLedger {
  const chunks: Chunk[] = [];
  const note = (message: unknown): void => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    const [, uploadId, offset] = CHUNK.exec(request.url ?? '') ?? [];
    if (request.method !== 'PUT' || uploadId === undefined) return;
    chunks.push({
      uploadId,
      offset: Number(offset),
      sizeBytes: Number(request.headers['content-length']),
      get answered() {
        return response.writableFinished && response.statusCode === 200;
      },
    });
  };
  subscribe(STARTED, note);
  return { chunks, close: () => unsubscribe(STARTED, note) };
}
