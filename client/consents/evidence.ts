import { Failure } from '../../server/contract/failure.ts';
import { stripPhotograph } from '../../server/formats/document/photograph.ts';
import { MAGIC_BYTES, magicOf } from '../uploads/magic.ts';
import { putBytes } from '../uploads/put-bytes.ts';
import { sha256Of } from '../uploads/sha256.ts';

/** Where the server keeps it; for `<img>` as well. Each reading leaves a row in the access log. */
export function evidenceAddress(consultationId: string, sha256: string): string {
  return `/api/consultations/${encodeURIComponent(consultationId)}/consent-evidence/${sha256}`;
}

export interface KeptEvidence {
  sha256: string;
  /** As it was sent: the same pixels without place, time and device. */
  picture: Blob;
}

/**
 * Sends a drawn signature or a photograph of signed paper, without a word about where it was taken.
 * @throws Failure photograph-format-unsupported, file-damaged and what the server says.
 */
export async function keepEvidence(consultationId: string, file: Blob): Promise<KeptEvidence> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const format = magicOf(bytes.subarray(0, MAGIC_BYTES));
  if (format !== 'jpeg' && format !== 'png')
    throw new Failure('invalid-message', 'neither PNG nor JPEG', { reason: 'photograph-format-unsupported' });
  const picture = new Blob([stripPhotograph(format, bytes)], { type: `image/${format}` });
  const sha256 = await sha256Of(picture);
  await putBytes(evidenceAddress(consultationId, sha256), picture);
  return { sha256, picture };
}
