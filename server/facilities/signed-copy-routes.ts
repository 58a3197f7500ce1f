import { pipeline } from 'node:stream/promises';
import type { Express, Request } from 'express';
import { z } from 'zod';
import type { Caller } from '../access/caller.ts';
import { AgreementDetail, Id } from '../contract/index.ts';
import { answer } from '../http/bind.ts';
import type { Logger } from '../runtime/log.ts';
import { parseInput } from '../runtime/parse.ts';
import { openSignedCopy, putSignedCopy, type ReceivedCopy, type SignedCopyParts } from './signed-copy.ts';

export interface SignedCopyRouteParts<Received extends ReceivedCopy> extends SignedCopyParts<Received> {
  log: Logger;
  clock: () => Date;
  /** @throws Failure unauthenticated; cross-site writes included. */
  authenticate(request: Request): Promise<Caller>;
}

const PATH = '/api/agreements/:agreementId/signed-copy';
const Params = z.object({ agreementId: Id });
const Query = z.object({ version: z.coerce.number().int(), name: z.string().trim().min(1).max(200) });

/** The scanned paper of an agreement: `PUT` (with `version` and `name` in the query) and `GET` of `application/pdf`. */
export function bindSignedCopies<Received extends ReceivedCopy>(
  app: Express,
  parts: SignedCopyRouteParts<Received>,
): void {
  app.put(PATH, (request, response) =>
    answer(parts.log, 'signed-copy:put', response, async (requestId) => {
      const caller = await parts.authenticate(request);
      const { agreementId } = parseInput(Params, request.params);
      const { version, name } = parseInput(Query, request.query);
      const asked = { caller, requestId, at: parts.clock() };
      const detail = await putSignedCopy(parts, asked, agreementId, { version, name, bytes: request });
      response.status(200).set('cache-control', 'no-store').json(AgreementDetail.parse(detail));
    }),
  );
  app.get(PATH, (request, response) =>
    answer(parts.log, 'signed-copy:read', response, async (requestId) => {
      const caller = await parts.authenticate(request);
      const { agreementId } = parseInput(Params, request.params);
      const asked = { caller, requestId, at: parts.clock() };
      const { stream, sizeBytes, name } = await openSignedCopy(parts, asked, agreementId);
      response.status(200).set({
        'content-type': 'application/pdf',
        'content-length': String(sizeBytes),
        // Never shown inside the application's own origin: whoever sent the file is of another house.
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
        'cache-control': 'no-store',
      });
      await pipeline(stream, response);
    }),
  );
}
