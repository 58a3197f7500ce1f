import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Request, Response } from 'express';
import { z } from 'zod';
import type { Asked } from '../access/asked.ts';
import type { Root } from '../archive/study-access.ts';
import { DicomUid, Id } from '../contract/index.ts';
import { type MediaType, parseAccept } from '../formats/media-type.ts';
import type { PictureParts } from '../pictures/parts.ts';
import { parseInput } from '../runtime/parse.ts';
import type { DicomWebAddresses } from './addresses.ts';

export type DicomWebParts = PictureParts;

const Params = z.object({
  consultationId: Id.optional(),
  demonstrationId: Id.optional(),
  study: DicomUid.optional(),
  series: DicomUid.optional(),
  instance: DicomUid.optional(),
  frames: z
    .string()
    .regex(/^\d{1,9}(,\d{1,9})*$/)
    .optional(),
  element: z
    .string()
    .regex(/^[0-9A-F]{8}(\.\d{1,9}\.[0-9A-F]{8})*$/)
    .optional(),
});

/** One request to the service: who asks, under which root, for what, and in which forms. */
export interface DicomWebRequest {
  asked: Asked;
  root: Root;
  /** Set where a demonstration's copies are asked for, which name nobody; `root` says nothing then. */
  demonstrationId: string | null;
  params: z.infer<typeof Params>;
  query: URLSearchParams;
  accept: MediaType[];
  addresses: DicomWebAddresses;
}

/** @throws Failure unauthenticated, invalid-message */
export async function readDicomWebRequest(
  { authenticate, clock }: DicomWebParts,
  request: Request,
  requestId: string,
): Promise<DicomWebRequest> {
  const caller = await authenticate(request);
  const params = parseInput(Params, request.params);
  const { searchParams: query } = new URL(request.originalUrl, 'http://localhost');
  const { consultationId = null, demonstrationId = null } = params;
  const home =
    demonstrationId === null
      ? consultationId === null
        ? ''
        : `/consultations/${consultationId}`
      : `/demonstrations/${demonstrationId}`;
  return {
    asked: { caller, requestId, at: clock() },
    root: { consultationId },
    demonstrationId,
    params,
    query,
    // The query parameter stands for the header where a client cannot set one, PS3.18 section 8.3.3.1.
    accept: parseAccept(query.getAll('accept').join(',') || (request.headers.accept ?? '')),
    addresses: { root: `${request.protocol}://${request.headers.host ?? 'localhost'}/dicomweb${home}` },
  };
}

const compress = promisify(gzip);
/** Below this a compressed answer is no faster. */
const MIN_COMPRESSED_BYTES = 1_024;

/** Sends text, compressed where the client takes that: metadata is a hundredth of its size then. */
export async function sendCompressed(
  request: Request,
  response: Response,
  contentType: string,
  text: string,
): Promise<void> {
  const bytes = Buffer.from(text, 'utf8');
  response.set('content-type', contentType).vary('accept-encoding');
  // `acceptsEncodings` is undefined-safe: without the header nothing but identity is preferred.
  if (bytes.length < MIN_COMPRESSED_BYTES || request.headers['accept-encoding'] === undefined) {
    response.end(bytes);
  } else if (request.acceptsEncodings('gzip', 'identity') === 'gzip') {
    response.set('content-encoding', 'gzip').end(await compress(bytes));
  } else response.end(bytes);
}
