import type { Express, Request } from 'express';
import { z } from 'zod';
import type { Caller } from '../access/caller.ts';
import { Id } from '../contract/index.ts';
import { answer } from '../http/bind.ts';
import type { Logger } from '../runtime/log.ts';
import { parseInput } from '../runtime/parse.ts';
import { type PhotoParts, putPhoto, readPhoto, removePhoto } from './photo.ts';

export interface PhotoRouteParts extends PhotoParts {
  log: Logger;
  clock: () => Date;
  /** @throws Failure unauthenticated; cross-site writes included. */
  authenticate(request: Request): Promise<Caller>;
}

const PATH = '/api/people/:accountId/photo';
const Params = z.object({ accountId: Id });

/** Photographs of people: `PUT` of `image/jpeg` or `image/png`, `GET` of `image/jpeg` (204: there is none), `DELETE`. */
export function bindPhotos(app: Express, parts: PhotoRouteParts): void {
  const askedFor = async (request: Request, requestId: string) => ({
    asked: { caller: await parts.authenticate(request), requestId, at: parts.clock() },
    accountId: parseInput(Params, request.params).accountId,
  });
  app.put(PATH, (request, response) =>
    answer(parts.log, 'photo:put', response, async (requestId) => {
      const { asked, accountId } = await askedFor(request, requestId);
      const { sha256 } = await putPhoto(parts, asked, accountId, request);
      response.status(200).set('cache-control', 'no-store').json({ sha256 });
    }),
  );
  app.delete(PATH, (request, response) =>
    answer(parts.log, 'photo:remove', response, async (requestId) => {
      const { asked, accountId } = await askedFor(request, requestId);
      await removePhoto(parts, asked, accountId);
      response.status(200).set('cache-control', 'no-store').json({});
    }),
  );
  app.get(PATH, (request, response) =>
    answer(parts.log, 'photo:read', response, async (requestId) => {
      const { asked, accountId } = await askedFor(request, requestId);
      const photo = await readPhoto(parts, asked, accountId);
      // A few minutes, so that lists do not ask for each face again; a shared PC drops them when somebody signs out.
      response.set('cache-control', 'private, max-age=300');
      if (!photo) return void response.status(204).end();
      response
        .status(200)
        .set({ 'content-type': 'image/jpeg', etag: `"${photo.sha256}"` })
        .end(photo.jpeg);
    }),
  );
}
