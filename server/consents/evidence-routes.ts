import type { Express, Request } from 'express';
import { z } from 'zod';
import type { Caller } from '../access/caller.ts';
import { Id, Sha256 } from '../contract/index.ts';
import { answer } from '../http/bind.ts';
import type { Logger } from '../runtime/log.ts';
import { parseInput } from '../runtime/parse.ts';
import { type EvidenceParts, openEvidence, putEvidence } from './evidence.ts';

export interface EvidenceRouteParts extends EvidenceParts {
  log: Logger;
  clock: () => Date;
  /** @throws Failure unauthenticated; cross-site writes included. */
  authenticate(request: Request): Promise<Caller>;
}

const PATH = '/api/consultations/:consultationId/consent-evidence/:sha256';
const Params = z.object({ consultationId: Id, sha256: Sha256 });

/** Signatures and photographs of signed paper, by the hash that a consent names: `PUT` and `GET` of PNG or JPEG. */
export function bindConsentEvidence(app: Express, parts: EvidenceRouteParts): void {
  app.put(PATH, (request, response) =>
    answer(parts.log, 'consent-evidence:put', response, async (requestId) => {
      const caller = await parts.authenticate(request);
      const { consultationId, sha256 } = parseInput(Params, request.params);
      const asked = { caller, requestId, at: parts.clock() };
      const { sizeBytes } = await putEvidence(parts, asked, consultationId, sha256, request);
      response.status(201).set('cache-control', 'no-store').json({ sha256, sizeBytes });
    }),
  );
  app.get(PATH, (request, response) =>
    answer(parts.log, 'consent-evidence:read', response, async (requestId) => {
      const caller = await parts.authenticate(request);
      const { consultationId, sha256 } = parseInput(Params, request.params);
      const asked = { caller, requestId, at: parts.clock() };
      const { bytes, evidence } = await openEvidence(parts, asked, consultationId, sha256);
      // A shared PC keeps no signature behind, and a grant that has ended ends this too.
      response.status(200).set({ 'content-type': evidence.mediaType, 'cache-control': 'no-store' }).end(bytes);
    }),
  );
}
