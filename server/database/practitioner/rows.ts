import { EntitySchema } from 'typeorm';
import type { Practitioner } from '../../practitioners/practitioner.ts';
import type { PractitionerPhoto } from '../../practitioners/store.ts';
import { idColumn, instantColumn, integerColumn, jsonColumn, nullable, primary } from '../columns.ts';

/** A calendar day, `YYYY-MM-DD`: sorts as time does. */
const dayColumn = { type: 'varchar', length: 10 } as const;

export const PractitionerRow = new EntitySchema<Practitioner>({
  name: 'practitioner',
  columns: {
    accountId: primary(idColumn),
    revision: integerColumn,
    licenceNumber: { type: 'varchar', length: 15, nullable: true },
    category: { type: 'varchar', length: 32, nullable: true },
    grade: { type: 'varchar', length: 16, nullable: true },
    validFrom: nullable(dayColumn),
    validTo: nullable(dayColumn),
    independentSince: nullable(dayColumn),
    specialties: jsonColumn,
  },
});

export const PractitionerPhotoRow = new EntitySchema<PractitionerPhoto>({
  name: 'practitioner_photo',
  columns: { accountId: primary(idColumn), sha256: { type: 'varchar', length: 64 }, data: { type: 'text' } },
});

interface LicenceReminder {
  accountId: string;
  validTo: string;
  days: number;
  at: string;
}

export const LicenceReminderRow = new EntitySchema<LicenceReminder>({
  name: 'licence_reminder',
  columns: {
    accountId: primary(idColumn),
    validTo: primary(dayColumn),
    days: primary(integerColumn),
    at: instantColumn,
  },
});
