import { EntitySchema } from 'typeorm';
import type { Acknowledgement, KeyImageFile, StoredOpinion, StoredReport } from '../../reports/store.ts';
import { idColumn, instantColumn, integerColumn, jsonColumn, primary } from '../columns.ts';

export const OpinionRow = new EntitySchema<StoredOpinion>({
  name: 'opinion',
  columns: {
    consultationId: primary(idColumn),
    version: integerColumn,
    opinion: jsonColumn,
    authorId: idColumn,
    savedAt: instantColumn,
  },
});

export const ReportRow = new EntitySchema<StoredReport>({
  name: 'report',
  columns: {
    reportId: primary(idColumn),
    consultationId: idColumn,
    version: integerColumn,
    opinionVersion: integerColumn,
    authorId: idColumn,
    signedAt: instantColumn,
    canonical: { type: 'text' },
    signature: jsonColumn,
  },
});

export const AcknowledgementRow = new EntitySchema<Acknowledgement>({
  name: 'report_acknowledgement',
  columns: {
    reportId: primary(idColumn),
    adoptions: jsonColumn,
    acknowledgedBy: idColumn,
    acknowledgedAt: instantColumn,
  },
});

export const KeyImageRow = new EntitySchema<KeyImageFile>({
  name: 'key_image',
  columns: {
    consultationId: primary(idColumn),
    sha256: { type: 'varchar', length: 64, primary: true },
    sizeBytes: integerColumn,
    addedBy: idColumn,
    addedAt: instantColumn,
  },
});
