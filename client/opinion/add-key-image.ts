import type { KeyImage } from '../../server/contract/report.ts';
import type { KeyImagePicture } from '../review/key-image.ts';
import { putBytes } from '../uploads/put-bytes.ts';
import { sha256Of } from '../uploads/sha256.ts';
import { changeOpinion } from './change-opinion.ts';

/** As the contract has it; a busier picture than this is not a key image. */
const MAX_ANNOTATIONS = 200;
const MAX_MEASUREMENT_LENGTH = 300;

/** Where the server keeps the picture; for `<img>` as well. */
export function keyImageAddress(consultationId: string, imageSha256: string): string {
  return `/api/consultations/${encodeURIComponent(consultationId)}/key-images/${imageSha256}`;
}

/**
 * Keeps what the viewer shows and puts it at the end of the opinion's key images, whether the opinion is open in this
 * window or not. Resolves once the server has the picture; the draft saves itself as always.
 * @throws Failure where the server will not have it, or could not be reached several times.
 */
export async function addKeyImage(consultationId: string, picture: KeyImagePicture): Promise<void> {
  const { blob, target, viewport, widthPx, heightPx } = picture;
  const imageSha256 = await sha256Of(blob);
  await putBytes(keyImageAddress(consultationId, imageSha256), blob);
  const keyImage: KeyImage = {
    keyImageId: newId(),
    target,
    viewport,
    annotations: picture.annotations.slice(0, MAX_ANNOTATIONS),
    measurements: picture.measurements.map((text) => text.slice(0, MAX_MEASUREMENT_LENGTH)).slice(0, MAX_ANNOTATIONS),
    numbered: true,
    caption: '',
    imageSha256,
    widthPx,
    heightPx,
  };
  await changeOpinion(consultationId, (opinion) => ({ ...opinion, keyImages: [...opinion.keyImages, keyImage] }));
}

/** A random UUID also where the page was not loaded securely and `crypto.randomUUID` is missing (RFC 9562 section 5.4). */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
