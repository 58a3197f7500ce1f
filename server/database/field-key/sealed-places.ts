import type { IdentifierKind } from '../../contract/index.ts';
import { identifierContext, identifierIndex } from '../../patients/identifiers.ts';
import { guardianContext, resealPatient, type SealedPatient } from '../../patients/patient.ts';
import { type Keys, resealed, resealedBytes } from '../../patients/reseal.ts';
import {
  fileNameContext,
  metadataContext,
  nextTotpContext,
  photoContext,
  totpContext,
  uploadNameContext,
} from '../seal-contexts.ts';

type Values = Record<string, string | Buffer | null>;

/** Rows of a table that are sealed by themselves: each is changed without looking at another one. */
export interface SealedPlace {
  table: string;
  key: string[];
  columns: string[];
  /** @returns the columns that change; none where all of the row is under the new key. @throws Error where neither key opens it. */
  // biome-ignore lint/suspicious/noExplicitAny: each place knows the columns that it asks for.
  reseal(row: any, keys: Keys): Values;
}

/** Leaves out what did not change. */
const changed = (values: Record<string, string | Buffer | undefined>): Values =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Values;

/**
 * All of the database that is sealed, but for the patients whom DICOM objects name and the register's own keys, which other rows hang on.
 * A column that is sealed from now on has its line here: `test/server/field-key` finds what is missing.
 */
export const SEALED_PLACES: readonly SealedPlace[] = [
  {
    table: 'totp_factor',
    key: ['accountId'],
    columns: ['sealedSecret', 'sealedNextSecret'],
    reseal: (row, keys) =>
      changed({
        sealedSecret: resealed(row.sealedSecret, totpContext(row), keys),
        sealedNextSecret: resealed(row.sealedNextSecret ?? '', nextTotpContext(row), keys),
      }),
  },
  {
    table: 'practitioner_photo',
    key: ['accountId'],
    columns: ['data'],
    reseal: (row, keys) => changed({ data: resealed(row.data, photoContext(row), keys) }),
  },
  {
    table: 'consultation',
    key: ['consultationId'],
    columns: ['patient'],
    reseal(row, keys) {
      const patient = resealPatient(JSON.parse(row.patient) as SealedPatient, row.consultationId, keys);
      return changed({ patient: patient && JSON.stringify(patient) });
    },
  },
  {
    table: 'patient_identifier',
    key: ['identifierId'],
    columns: ['kind', 'sealed', 'numberIndex'],
    reseal(row: { identifierId: string; kind: IdentifierKind; sealed: string }, keys) {
      const context = identifierContext(row.identifierId);
      const sealed = resealed(row.sealed, context, keys);
      if (sealed === undefined) return {};
      return { sealed, numberIndex: identifierIndex(keys.to, row.kind, keys.to.open(sealed, context)) };
    },
  },
  {
    table: 'patient_guardian',
    key: ['patientId'],
    columns: ['sealedPhone'],
    reseal: (row, keys) => changed({ sealedPhone: resealed(row.sealedPhone, guardianContext(row.patientId), keys) }),
  },
  {
    table: 'picture_file',
    key: ['facilityId', 'sha256'],
    columns: ['name'],
    reseal: (row, keys) => changed({ name: resealed(row.name, fileNameContext(row), keys) }),
  },
  {
    table: 'upload',
    key: ['uploadId'],
    columns: ['name'],
    reseal: (row, keys) => changed({ name: resealed(row.name, uploadNameContext(row), keys) }),
  },
  {
    table: 'instance_metadata',
    key: ['facilityId', 'sopInstanceUid'],
    columns: ['json'],
    reseal: (row, keys) => changed({ json: resealedBytes(row.json, metadataContext(row), keys) }),
  },
];
