import { MAX_PHOTOGRAPH_PIXELS } from '../../contract/limits.ts';
import { type PhotographFacts, readJpeg, stripJpeg } from './jpeg.ts';
import { readPng, stripPng } from './png.ts';
import { bearsMetadata, tooLarge } from './refusal.ts';

export type PhotographFormat = 'jpeg' | 'png';

/**
 * Checks that a photograph is whole and of a size that every computer can show.
 * @throws Failure file-damaged, file-truncated, photograph-format-unsupported, document-too-large
 */
export function readPhotograph(format: PhotographFormat, bytes: Uint8Array): PhotographFacts {
  const facts = format === 'jpeg' ? readJpeg(bytes) : readPng(bytes);
  if (facts.width * facts.height > MAX_PHOTOGRAPH_PIXELS) throw tooLarge('a photograph of too many pixels');
  return facts;
}

/**
 * The same pixels without place, time, device or any other word about their making; how it is turned stays.
 * @throws Failure as {@link readPhotograph}
 */
export function stripPhotograph(format: PhotographFormat, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  readPhotograph(format, bytes);
  return format === 'jpeg' ? stripJpeg(bytes) : stripPng(bytes);
}

/** The stripped form without the word on how it is turned, for whoever turns it by {@link readPhotograph}. */
export function withoutOrientation(format: PhotographFormat, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return format === 'jpeg' ? stripJpeg(bytes, 1) : stripPng(bytes, 1);
}

/** @throws Failure photograph-metadata, and as {@link readPhotograph} */
export function requireStripped(format: PhotographFormat, bytes: Uint8Array): void {
  const stripped = stripPhotograph(format, bytes);
  if (stripped.length !== bytes.length || stripped.some((byte, index) => byte !== bytes[index]))
    throw bearsMetadata('the photograph still says where, when or with what it was taken');
}
