import type { Express, Request } from 'express';
import { z } from 'zod';
import type { Caller } from '../../access/caller.ts';
import { Id, Sha256 } from '../../contract/index.ts';
import { answer } from '../../http/bind.ts';
import { parseInput } from '../../runtime/parse.ts';
import { putStill, type StillParts } from './still-use-case.ts';

const Params = z.object({ demonstrationId: Id, sha256: Sha256 });

/** A still of the operation, by the hash of its bytes: `PUT` of `image/png`. It is read as any other picture of the case. */
export function bindStills(
  app: Express,
  parts: StillParts & { authenticate(request: Request): Promise<Caller> },
): void {
  app.put('/api/demonstrations/:demonstrationId/stills/:sha256', (request, response) =>
    answer(parts.log, 'demonstration:still', response, async (requestId) => {
      const caller = await parts.authenticate(request);
      const { demonstrationId, sha256 } = parseInput(Params, request.params);
      const asked = { caller, requestId, at: parts.clock() };
      const { sizeBytes } = await putStill(parts, asked, demonstrationId, sha256, request);
      response.status(201).set('cache-control', 'no-store').json({ sha256, sizeBytes });
    }),
  );
}
