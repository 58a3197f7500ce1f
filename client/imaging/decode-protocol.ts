import type { FailureCode, FailureReason } from '../../server/contract/failure.ts';
import type { ImageDescription } from '../../server/formats/image/image.ts';
import type { StoredPixels } from '../../server/formats/image/stored-pixels.ts';

/** What the page posts to a decoding worker. The bytes are handed over, not copied. */
export interface DecodeOrder {
  orderId: number;
  bytes: Uint8Array<ArrayBuffer>;
  transferSyntaxUid: string;
  description: ImageDescription;
}

export type DecodeResult =
  | { orderId: number; pixels: StoredPixels }
  | { orderId: number; failure: { code: FailureCode; reason: FailureReason | undefined; message: string } };
