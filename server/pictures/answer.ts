import type { Request, Response } from 'express';
import { isKnown } from '../http/dicomweb-frames.ts';
import { etagOf, setImmutable } from '../http/dicomweb-retrieve.ts';

/**
 * Answers with bytes that never change under this address, or with 304.
 * @param names everything that decides what the bytes are.
 */
export async function answerImmutable(
  request: Request,
  response: Response,
  names: string[],
  read: () => Promise<{ mediaType: string; bytes: Uint8Array }>,
): Promise<void> {
  const etag = etagOf(...names);
  if (isKnown(request, response, etag)) return;
  const { mediaType, bytes } = await read();
  setImmutable(response, etag);
  response.set('content-type', mediaType).end(bytes);
}
