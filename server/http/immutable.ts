import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';

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

/** Strong: the same bytes in the same form. */
export function etagOf(...parts: string[]): string {
  return `"${createHash('sha256').update(parts.join('\n')).digest('base64url')}"`;
}

/** Answers 304 where the client has this already. */
export function isKnown(request: Request, response: Response, etag: string): boolean {
  if (request.headers['if-none-match'] !== etag) return false;
  setImmutable(response, etag);
  response.status(304).end();
  return true;
}

/**
 * Stored bytes never change; whoever may see them may keep them for as long as one looks at a case, but not the next person at the
 * same computer. After that the browser asks whether they still may, and is spared the bytes (`ETag`): each time for what a demonstration shows.
 */
export function setImmutable(response: Response, etag: string): void {
  const isShown = 'demonstrationId' in response.req.params;
  response
    .set('cache-control', isShown ? 'private, no-cache' : 'private, max-age=3600, must-revalidate')
    .set('etag', etag)
    .vary('accept')
    .vary('cookie')
    .vary('authorization');
}
