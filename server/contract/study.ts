import { z } from 'zod';
import { DicomUid, Id, Instant, Sha256 } from './primitives.ts';

/** The largest file that is taken in one upload. */
export const MAX_FILE_BYTES = 2 * 1024 ** 3;
/** The largest piece that one request carries. Small enough to finish within seconds on a 2 Mbit/s line. */
export const UPLOAD_CHUNK_BYTES = 256 * 1024;

export const SeriesView = z.object({
  seriesInstanceUid: DicomUid,
  modality: z.string(),
  number: z.number().nullable(),
  description: z.string(),
  instanceCount: z.number(),
});
export type SeriesView = z.infer<typeof SeriesView>;

/** One study attached to a case. */
export const MaterialView = z.object({
  materialId: Id,
  kind: z.enum(['imaging']),
  studyInstanceUid: DicomUid,
  description: z.string(),
  /** DICOM date as stored, `YYYYMMDD`, or empty. */
  studyDate: z.string(),
  /** The name inside the files, decoded; compared with the case's patient so that a mix-up is seen. */
  patientName: z.string(),
  series: z.array(SeriesView),
  addedAt: Instant,
});
export type MaterialView = z.infer<typeof MaterialView>;

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
