import type { FailureReason, PictureKind } from '../contract/index.ts';
import type { Instance, Series, Study } from './study.ts';

/** What a received file turned out to be by its content: ready to be registered in whichever archive it belongs to. */
export type Inspection = InstanceInspection | FileInspection;

/** A DICOM object, and what it says of itself. */
export interface InstanceInspection {
  form: 'instance';
  study: Omit<Study, 'facilityId' | 'storedAt'>;
  series: Omit<Series, 'facilityId'>;
  instance: Omit<Instance, 'facilityId' | 'storedAt' | 'storedBy' | 'sha256' | 'sizeBytes'>;
  /** DICOM JSON without bulk data, gzip. */
  metadata: Uint8Array;
  /** Why the object, whole though it is, cannot be shown: an archive keeps it, a case does not take it. */
  refusal: Refusal | null;
}

export interface Refusal {
  reason: FailureReason;
  message: string;
}

/** A picture that is no DICOM object and was found to be whole. */
export interface FileInspection {
  form: 'file';
  kind: PictureKind;
  /** null: it has none. */
  pageCount: number | null;
}
