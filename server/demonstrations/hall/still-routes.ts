import type { Express, Request } from 'express';
import { z } from 'zod';
import type { Caller } from '../../access/caller.ts';
import { Id, MediaSource, Sha256, TrackLabel } from '../../contract/index.ts';
import { answer } from '../../http/bind.ts';
import { parseInput } from '../../runtime/parse.ts';
import { putStill, type StillParts } from './still-use-case.ts';

const Params = z.object({ demonstrationId: Id, sha256: Sha256 });
/** Which of the theatre's pictures it is, and the newest cut that its sender knew of; of one that is not on air nothing. */
const Sent = z.object({
  source: MediaSource,
  label: TrackLabel.optional(),
  inputId: Id.exactOptional(),
  cutNumber: z.coerce.number().int().min(0),
});

/** A still of the operation, by the hash of its bytes: `PUT` of `image/png`. It is read as any other picture of the case. */
export function bindStills(
  app: Express,
  parts: StillParts & { authenticate(request: Request): Promise<Caller> },
): void {
  app.put('/api/demonstrations/:demonstrationId/stills/:sha256', (request, response) =>
    answer(parts.log, 'demonstration:still', response, async (requestId) => {
      const caller = await parts.authenticate(request);
      const { demonstrationId, sha256 } = parseInput(Params, request.params);
      const of = 'source' in request.query ? parseInput(Sent, request.query) : null;
      const from = of && { ...of, label: of.label ?? null };
      const asked = { caller, requestId, at: parts.clock() };
      const kept = await putStill(parts, asked, demonstrationId, { sha256, of: from }, request);
      response
        .status(201)
        .set('cache-control', 'no-store')
        .json({ sha256, ...kept });
    }),
  );
}
