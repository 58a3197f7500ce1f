/**
 * What a facility's archive holds of one study, as its first stored instance says. Text is decoded and trimmed;
 * dates are DICOM's `YYYYMMDD`; absent: ''.
 */
export interface Study {
  facilityId: string;
  studyInstanceUid: string;
  /** As stored: component groups parted by `=`, components by `^`. */
  patientName: string;
  patientId: string;
  patientBirthDate: string;
  patientSex: string;
  studyDate: string;
  studyTime: string;
  studyId: string;
  studyDescription: string;
  accessionNumber: string;
  referringPhysicianName: string;
  storedAt: string;
}

export interface Series {
  facilityId: string;
  studyInstanceUid: string;
  seriesInstanceUid: string;
  modality: string;
  seriesNumber: number | null;
  seriesDescription: string;
  bodyPartExamined: string;
  performedStepStartDate: string;
  performedStepStartTime: string;
}

/** One stored SOP instance. `sha256` names its bytes in the file store. */
export interface Instance {
  facilityId: string;
  sopInstanceUid: string;
  studyInstanceUid: string;
  seriesInstanceUid: string;
  sopClassUid: string;
  transferSyntaxUid: string;
  instanceNumber: number | null;
  /** null: no image. */
  rows: number | null;
  columns: number | null;
  bitsAllocated: number | null;
  numberOfFrames: number;
  sha256: string;
  sizeBytes: number;
  storedAt: string;
  storedBy: string;
}

/** Which copies of studies are meant: those in one facility's archive, or those attached to cases. */
export type Scope = { facilityId: string } | { consultationIds: string[] };

/** A study, one of its series, or one instance of that. */
export interface Resource {
  studyInstanceUid: string;
  seriesInstanceUid?: string | undefined;
  sopInstanceUid?: string | undefined;
}

/** One study attached to a case: of its instances exactly those that were sent for it. */
export interface Material {
  materialId: string;
  consultationId: string;
  studyInstanceUid: string;
  addedBy: string;
  addedAt: string;
}

export interface MaterialInstance {
  consultationId: string;
  sopInstanceUid: string;
  materialId: string;
  /** Whose archive holds it. */
  facilityId: string;
  studyInstanceUid: string;
  seriesInstanceUid: string;
}

/** One file on its way into a case. How much of it has arrived is what lies on the disk, not a number in the database. */
export interface Upload {
  uploadId: string;
  consultationId: string;
  accountId: string;
  facilityId: string;
  sizeBytes: number;
  sha256: string;
  state: 'receiving' | 'stored';
  announcedAt: string;
}
