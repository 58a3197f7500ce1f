import type { Instance, Series, Study } from './study.ts';

/** What a received file says of itself once it was checked: ready to be registered in whichever archive it belongs to. */
export interface Inspection {
  study: Omit<Study, 'facilityId' | 'storedAt'>;
  series: Omit<Series, 'facilityId'>;
  instance: Omit<Instance, 'facilityId' | 'storedAt' | 'storedBy' | 'sha256' | 'sizeBytes'>;
  /** DICOM JSON without bulk data, gzip. */
  metadata: Uint8Array;
}
