import type { PictureKind } from '../contract/index.ts';

/** Whom a DICOM object names. Text is decoded and trimmed; absent: ''. */
export interface NamedPatient {
  /** As stored: component groups parted by `=`, components by `^`. */
  patientName: string;
  patientId: string;
  patientBirthDate: string;
  patientSex: string;
}

/**
 * What a facility's archive holds of one study, as its first stored instance says. Text is decoded and trimmed;
 * dates are DICOM's `YYYYMMDD`; absent: ''.
 */
export interface Study extends NamedPatient {
  facilityId: string;
  studyInstanceUid: string;
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

/**
 * One stored SOP instance. `sha256` names its bytes in the file store. It says itself whom it names: another person's
 * object under the same Study UID is told apart.
 */
export interface Instance extends NamedPatient {
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
  /** A slide's label, overview or the like: it may show the patient's name. */
  showsLabel: boolean;
  /** Of a document. null: it has none, or nobody has counted. */
  pageCount: number | null;
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

/** A stored picture that is no DICOM object: all of it is one file. */
export interface PictureFile {
  facilityId: string;
  sha256: string;
  kind: PictureKind;
  /** As its sender called it. */
  name: string;
  sizeBytes: number;
  /** Of a document. null: it has none. */
  pageCount: number | null;
  storedAt: string;
  storedBy: string;
}

/** What a received file has become. */
export type Stored = { form: 'instance'; instance: Instance } | { form: 'file'; file: PictureFile };

/** Pictures of one kind attached to a case: of one study exactly the instances that were sent for it, or one file. */
export interface Material {
  materialId: string;
  consultationId: string;
  kind: PictureKind;
  /** '': a file. */
  studyInstanceUid: string;
  /** Whose archive holds the file; '': a study, whose instances say it each. */
  facilityId: string;
  /** '': a study. */
  fileSha256: string;
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
  name: string;
  sizeBytes: number;
  sha256: string;
  state: 'receiving' | 'stored';
  announcedAt: string;
}
