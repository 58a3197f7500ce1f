import { z } from 'zod';
import { Id, Sha256 } from './primitives.ts';

/** Announces one file before its bytes. The same file announced again continues the same upload. */
export const UploadInput = z.object({
  name: z.string().max(255),
  sizeBytes: z.number().int().min(0),
  sha256: Sha256,
});
export type UploadInput = z.infer<typeof UploadInput>;

/**
 * `receiving`: send the bytes from `receivedBytes` on. `stored`: checked, kept and attached.
 */
export const UploadView = z.object({
  uploadId: Id,
  state: z.enum(['receiving', 'stored']),
  receivedBytes: z.number().int(),
  sizeBytes: z.number().int(),
});
export type UploadView = z.infer<typeof UploadView>;
