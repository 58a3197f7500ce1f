import type { Express, Request } from 'express';
import { z } from 'zod';
import type { Caller } from '../../access/caller.ts';
import { Id, MediaSource, TrackLabel } from '../../contract/index.ts';
import { answer } from '../../http/bind.ts';
import { readRequestBody } from '../../http/request-body.ts';
import { parseInput } from '../../runtime/parse.ts';
import type { HallParts } from './parts.ts';
import { findPosterOf, putPoster, takePosterBack } from './poster-use-cases.ts';

const PATH = '/api/demonstrations/:demonstrationId/poster';
const Params = z.object({ demonstrationId: Id });
/** Which of the theatre's pictures it is. */
const Picture = z.object({ source: MediaSource, label: TrackLabel.optional(), inputId: Id.exactOptional() });
const Sent = Picture.extend({ cutNumber: z.coerce.number().int().min(0) });
const Wanted = Picture.extend({ accountId: Id });

/** What a theatre shows, as one small picture: `PUT` and `GET` of `image/jpeg`, 204 where there is none now; `DELETE` takes it back. */
export function bindPosters(
  app: Express,
  parts: HallParts & { authenticate(request: Request): Promise<Caller> },
): void {
  const { log, clock, authenticate } = parts;
  app.put(PATH, (request, response) =>
    answer(log, 'demonstration:put-poster', response, async (requestId) => {
      const asked = { caller: await authenticate(request), requestId, at: clock() };
      const { demonstrationId } = parseInput(Params, request.params);
      const { label = null, ...facts } = parseInput(Sent, request.query);
      await putPoster(parts, asked, demonstrationId, { ...facts, label }, readRequestBody(request));
      response.sendStatus(204);
    }),
  );
  app.delete(PATH, (request, response) =>
    answer(log, 'demonstration:take-poster-back', response, async (requestId) => {
      const asked = { caller: await authenticate(request), requestId, at: clock() };
      const { demonstrationId } = parseInput(Params, request.params);
      await takePosterBack(parts, asked, demonstrationId);
      response.sendStatus(204);
    }),
  );
  app.get(PATH, (request, response) =>
    answer(log, 'demonstration:poster', response, async (requestId) => {
      const asked = { caller: await authenticate(request), requestId, at: clock() };
      const { demonstrationId } = parseInput(Params, request.params);
      const { label = null, ...of } = parseInput(Wanted, request.query);
      const jpeg = await findPosterOf(parts, asked, demonstrationId, { ...of, label });
      response.set('cache-control', 'no-store');
      if (jpeg) response.type('image/jpeg').send(jpeg);
      else response.sendStatus(204);
    }),
  );
}
