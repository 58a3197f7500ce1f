import { MAX_POSTER_BYTES, type Poster } from '../../../sfu/contract/poster.ts';
import type { Asked } from '../../access/asked.ts';
import { Failure, isSameTrack, type TrackRef } from '../../contract/index.ts';
import type { Demonstration } from '../demonstration.ts';
import { getDemonstrationFor } from '../demonstration-access.ts';
import type { HallParts } from './parts.ts';
import { seatIn } from './seats.ts';

/** How each JPEG file begins (ISO/IEC 10918-1, B.1.1.3: start of image, then another marker). */
const JPEG_BEGIN = Buffer.from([0xff, 0xd8, 0xff]);

/** What of a poster its sender says beside the bytes. */
export type PosterFacts = Omit<Poster, 'accountId' | 'jpeg'>;

/**
 * What the theatre shows now, as one small picture for lines that carry none that moves. It is kept by the sfu in memory, and nowhere else.
 * @throws Failure not-found, forbidden; conflict / state-not-allowed where it is not live; invalid-message, too-large
 */
export async function putPoster(
  parts: HallParts,
  asked: Asked,
  demonstrationId: string,
  facts: PosterFacts,
  source: AsyncIterable<Uint8Array>,
): Promise<void> {
  const { caller } = asked;
  const demonstration = await getOfTheatre(parts, asked, demonstrationId);
  if (demonstration.state !== 'live')
    throw new Failure('conflict', 'nobody watches yet', { reason: 'state-not-allowed' });
  const jpeg = await readJpeg(source);
  await parts.sfu.putPoster(demonstrationId, {
    ...facts,
    accountId: caller.accountId,
    jpeg: jpeg.toString('base64'),
  });
}

/** What it shows is not to be seen any more: its masks have changed. @throws Failure not-found, forbidden, conflict */
export async function takePosterBack(parts: HallParts, asked: Asked, demonstrationId: string): Promise<void> {
  await getOfTheatre(parts, asked, demonstrationId);
  await parts.sfu.putPoster(demonstrationId, null);
}

async function getOfTheatre(parts: HallParts, { caller, at }: Asked, demonstrationId: string): Promise<Demonstration> {
  const { demonstration, standing } = await getDemonstrationFor(
    parts,
    parts.work.read,
    caller,
    demonstrationId,
    'join-hall',
    { at },
  );
  if (seatIn(standing) !== 'theatre') throw new Failure('forbidden', 'a poster is sent by the theatre');
  return demonstration;
}

/**
 * For whoever may be in the hall now. @returns undefined where there is none of this picture, or it was cut since
 * @throws Failure not-found, forbidden, conflict
 */
export async function findPosterOf(
  parts: HallParts,
  { caller, at }: Asked,
  demonstrationId: string,
  of: TrackRef,
): Promise<Buffer | undefined> {
  await getDemonstrationFor(parts, parts.work.read, caller, demonstrationId, 'join-hall', { at });
  const poster = await parts.sfu.findPoster(demonstrationId);
  return poster && isSameTrack(poster, of) ? Buffer.from(poster.jpeg, 'base64') : undefined;
}

async function readJpeg(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const part of source) {
    sizeBytes += part.length;
    if (sizeBytes > MAX_POSTER_BYTES) throw new Failure('too-large', `a poster has ${MAX_POSTER_BYTES} bytes at most`);
    parts.push(part);
  }
  const bytes = Buffer.concat(parts);
  if (!bytes.subarray(0, JPEG_BEGIN.length).equals(JPEG_BEGIN))
    throw new Failure('invalid-message', 'a poster is a JPEG picture', { reason: 'file-damaged' });
  return bytes;
}
