import { EntitySchema } from 'typeorm';
import type {
  Instance,
  Material,
  MaterialInstance,
  NamedPatient,
  PictureFile,
  Series,
  Study,
  Upload,
} from '../../archive/study.ts';
import { idColumn, instantColumn, integerColumn, nullable, primary } from '../columns.ts';

const uidColumn = { type: 'varchar', length: 64 } as const;
const hashColumn = uidColumn;
const textColumn = (length: number) => ({ type: 'varchar', length }) as const;
/** 255 characters in the clear. */
const sealedTextColumn = textColumn(1200);

/** A row that names a patient by key: the sealed patient stands once, in a table of its own. */
export type KeyedPatient<T extends NamedPatient> = Omit<T, keyof NamedPatient> & { patientKey: string };

export interface SealedNamedPatient {
  /** Blind index of facility and patient together: two hospitals' rows of one patient cannot be joined without the secret. */
  patientKey: string;
  facilityId: string;
  /** Blind index of facility and Patient ID, which is searched for more often than anything else. */
  idIndex: string;
  sealed: string;
}

export const NamedPatientRow = new EntitySchema<SealedNamedPatient>({
  name: 'named_patient',
  columns: {
    patientKey: primary(hashColumn),
    facilityId: idColumn,
    idIndex: hashColumn,
    sealed: { type: 'text' },
  },
});

export const StudyRow = new EntitySchema<KeyedPatient<Study>>({
  name: 'study',
  columns: {
    facilityId: primary(idColumn),
    studyInstanceUid: primary(uidColumn),
    patientKey: hashColumn,
    studyDate: textColumn(16),
    studyTime: textColumn(32),
    studyId: textColumn(64),
    studyDescription: textColumn(255),
    accessionNumber: textColumn(64),
    referringPhysicianName: textColumn(255),
    storedAt: instantColumn,
  },
});

export const SeriesRow = new EntitySchema<Series>({
  name: 'study_series',
  columns: {
    facilityId: primary(idColumn),
    studyInstanceUid: primary(uidColumn),
    seriesInstanceUid: primary(uidColumn),
    modality: textColumn(16),
    seriesNumber: nullable(integerColumn),
    seriesDescription: textColumn(255),
    bodyPartExamined: textColumn(64),
    performedStepStartDate: textColumn(16),
    performedStepStartTime: textColumn(32),
  },
});

export const InstanceRow = new EntitySchema<KeyedPatient<Instance>>({
  name: 'study_instance',
  columns: {
    facilityId: primary(idColumn),
    sopInstanceUid: primary(uidColumn),
    studyInstanceUid: uidColumn,
    seriesInstanceUid: uidColumn,
    sopClassUid: uidColumn,
    transferSyntaxUid: uidColumn,
    instanceNumber: nullable(integerColumn),
    rows: nullable(integerColumn),
    columns: nullable(integerColumn),
    bitsAllocated: nullable(integerColumn),
    numberOfFrames: integerColumn,
    patientKey: hashColumn,
    showsLabel: { type: 'boolean' },
    pageCount: nullable(integerColumn),
    sha256: hashColumn,
    sizeBytes: integerColumn,
    storedAt: instantColumn,
    storedBy: idColumn,
  },
});

/** Apart from the instance, so that listing instances does not drag it along. */
export interface InstanceMetadata {
  facilityId: string;
  sopInstanceUid: string;
  /** DICOM JSON, gzip, sealed. */
  json: Buffer;
}

export const InstanceMetadataRow = new EntitySchema<InstanceMetadata>({
  name: 'instance_metadata',
  columns: {
    facilityId: primary(idColumn),
    sopInstanceUid: primary(uidColumn),
    json: { type: 'blob' },
  },
});

export const PictureFileRow = new EntitySchema<PictureFile>({
  name: 'picture_file',
  columns: {
    facilityId: primary(idColumn),
    sha256: primary(hashColumn),
    kind: textColumn(16),
    /** Sealed: senders call files after patients. */
    name: sealedTextColumn,
    sizeBytes: integerColumn,
    pageCount: nullable(integerColumn),
    storedAt: instantColumn,
    storedBy: idColumn,
  },
});

export const MaterialRow = new EntitySchema<Material>({
  name: 'material',
  columns: {
    materialId: primary(idColumn),
    consultationId: idColumn,
    kind: textColumn(16),
    studyInstanceUid: uidColumn,
    facilityId: idColumn,
    fileSha256: hashColumn,
    addedBy: idColumn,
    addedAt: instantColumn,
  },
});

export const MaterialInstanceRow = new EntitySchema<MaterialInstance>({
  name: 'material_instance',
  columns: {
    consultationId: primary(idColumn),
    sopInstanceUid: primary(uidColumn),
    materialId: idColumn,
    facilityId: idColumn,
    studyInstanceUid: uidColumn,
    seriesInstanceUid: uidColumn,
  },
});

export const UploadRow = new EntitySchema<Upload>({
  name: 'upload',
  columns: {
    uploadId: primary(idColumn),
    consultationId: idColumn,
    accountId: idColumn,
    facilityId: idColumn,
    name: sealedTextColumn,
    sizeBytes: integerColumn,
    sha256: hashColumn,
    state: textColumn(16),
    announcedAt: instantColumn,
  },
});
