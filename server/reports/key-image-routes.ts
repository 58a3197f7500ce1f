import { pipeline } from 'node:stream/promises';
import type { Express, Request } from 'express';
import { z } from 'zod';
import type { Caller } from '../access/caller.ts';
import { Id, Sha256 } from '../contract/index.ts';
import { answer } from '../http/bind.ts';
import type { Logger } from '../runtime/log.ts';
import { parseInput } from '../runtime/parse.ts';
import { type KeyImageParts, openKeyImage, putKeyImage } from './key-image-use-cases.ts';

export interface KeyImageRouteParts extends KeyImageParts {
  log: Logger;
  clock: () => Date;
  /** @throws Failure unauthenticated; cross-site writes included. */
  authenticate(request: Request): Promise<Caller>;
}

const PATH = '/api/consultations/:consultationId/key-images/:sha256';
const Params = z.object({ consultationId: Id, sha256: Sha256 });

/**
 * The pictures of reports, by the hash that the report names: `PUT` and `GET` of `image/png`.
 */
export function bindKeyImages(app: Express, parts: KeyImageRouteParts): void {
  app.put(PATH, (request, response) =>
    answer(parts.log, 'key-image:put', response, async (requestId) => {
      const caller = await parts.authenticate(request);
      const { consultationId, sha256 } = parseInput(Params, request.params);
      const asked = { caller, requestId, at: parts.clock() };
      const { sizeBytes } = await putKeyImage(parts, asked, consultationId, sha256, request);
      response.status(201).set('cache-control', 'no-store').json({ sha256, sizeBytes });
    }),
  );
  app.get(PATH, (request, response) =>
    answer(parts.log, 'key-image:read', response, async (requestId) => {
      const caller = await parts.authenticate(request);
      const { consultationId, sha256 } = parseInput(Params, request.params);
      const asked = { caller, requestId, at: parts.clock() };
      const { stream, sizeBytes } = await openKeyImage(parts, asked, consultationId, sha256);
      response.status(200).set({
        'content-type': 'image/png',
        'content-length': String(sizeBytes),
        // A shared PC keeps no patient's pictures behind, and a grant that has ended ends this too.
        'cache-control': 'no-store',
      });
      await pipeline(stream, response);
    }),
  );
}
