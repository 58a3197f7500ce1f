import { EntitySchema } from 'typeorm';
import type { Instance, Material, MaterialInstance, PictureFile, Series, Study, Upload } from '../studies/study.ts';
import { idColumn, instantColumn, integerColumn, nullable, primary } from './columns.ts';

const uidColumn = { type: 'varchar', length: 64 } as const;
const hashColumn = uidColumn;
const textColumn = (length: number) => ({ type: 'varchar', length }) as const;

export const StudyRow = new EntitySchema<Study>({
  name: 'study',
  columns: {
    facilityId: primary(idColumn),
    studyInstanceUid: primary(uidColumn),
    patientName: textColumn(255),
    patientId: textColumn(128),
    patientBirthDate: textColumn(16),
    patientSex: textColumn(16),
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

export const InstanceRow = new EntitySchema<Instance>({
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
    patientName: textColumn(255),
    patientId: textColumn(128),
    patientBirthDate: textColumn(16),
    patientSex: textColumn(16),
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
  /** DICOM JSON, gzip. */
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
    name: textColumn(255),
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
    name: textColumn(255),
    sizeBytes: integerColumn,
    sha256: hashColumn,
    state: textColumn(16),
    announcedAt: instantColumn,
  },
});
