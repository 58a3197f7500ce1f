import type { Express, Request } from 'express';
import { z } from 'zod';
import type { Caller } from '../access/caller.ts';
import { Failure, Id, Sha256, UploadView } from '../contract/index.ts';
import { answer } from '../http/bind.ts';
import { readRequestBody } from '../http/request-body.ts';
import type { Logger } from '../runtime/log.ts';
import { parseInput } from '../runtime/parse.ts';
import type { Studies } from './studies.ts';
import { MAX_CHUNK_BYTES } from './uploads.ts';

export interface UploadRouteParts {
  log: Logger;
  clock: () => Date;
  studies: Studies;
  /** @throws Failure unauthenticated */
  authenticate(request: Request): Promise<Caller>;
}

const Params = z.object({ uploadId: Id });
const ChunkQuery = z.object({
  offset: z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number),
});
const ChunkHeaders = z.object({
  'content-type': z.string().regex(/^application\/octet-stream\b/i),
  'x-chunk-sha256': Sha256.optional(),
});

/** The binary half of uploading: the bytes of a chunk in, and how far an upload is. */
export function mountUploads(app: Express, { log, clock, studies, authenticate }: UploadRouteParts): void {
  app.put('/api/uploads/:uploadId/bytes', (request, response) =>
    answer(log, 'upload:bytes', response, async (requestId) => {
      const caller = await authenticate(request);
      const { uploadId } = parseInput(Params, request.params);
      const { offset } = parseInput(ChunkQuery, request.query);
      const headers = parseInput(ChunkHeaders, request.headers);
      const bytes = await readBody(request);
      const chunk = { offset, bytes, sha256: headers['x-chunk-sha256'] };
      const view = await studies.uploads.receive({ caller, requestId, at: clock() }, uploadId, chunk);
      response.set('cache-control', 'no-store').json(UploadView.parse(view));
    }),
  );

  app.get('/api/uploads/:uploadId', (request, response) =>
    answer(log, 'upload:read', response, async () => {
      const caller = await authenticate(request);
      const { uploadId } = parseInput(Params, request.params);
      response.set('cache-control', 'no-store').json(UploadView.parse(await studies.uploads.read(caller, uploadId)));
    }),
  );
}

/**
 * A chunk is held in memory until it is whole: it is checked and written in one go, so that an upload never ends in half a chunk.
 * @throws Failure too-large
 */
async function readBody(request: Request): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const bytes of readRequestBody(request)) {
    sizeBytes += bytes.length;
    if (sizeBytes > MAX_CHUNK_BYTES) throw new Failure('too-large', `a chunk has at most ${MAX_CHUNK_BYTES} bytes`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
