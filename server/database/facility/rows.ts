import { EntitySchema } from 'typeorm';
import type { Agreement } from '../../facilities/agreement.ts';
import type { Alliance } from '../../facilities/alliance.ts';
import type { Facility } from '../../facilities/facility.ts';
import { idColumn, instantColumn, integerColumn, jsonColumn, nullable, primary } from '../columns.ts';

const day = { type: 'varchar', length: 10 } as const;

export const FacilityRow = new EntitySchema<Facility>({
  name: 'facility',
  columns: {
    facilityId: primary(idColumn),
    name: { type: 'varchar', length: 128 },
    shortName: { type: 'varchar', length: 32 },
    tier: { type: 'varchar', length: 16 },
    region6: { type: 'varchar', length: 6 },
    parentId: nullable(idColumn),
    orgCode22: nullable({ type: 'varchar', length: 22 }),
    uscc18: nullable({ type: 'varchar', length: 18 }),
    level: nullable(integerColumn),
    grade: nullable({ type: 'varchar', length: 8 }),
    departments: jsonColumn,
    status: { type: 'varchar', length: 16 },
    mergedIntoId: nullable(idColumn),
    statusReason: { type: 'text' },
    version: integerColumn,
    changedAt: instantColumn,
  },
});

export const AgreementRow = new EntitySchema<Agreement>({
  name: 'agreement',
  columns: {
    agreementId: primary(idColumn),
    invitingFacilityId: idColumn,
    invitedFacilityId: idColumn,
    validFrom: instantColumn,
    validTo: instantColumn,
    services: jsonColumn,
    responseTimes: jsonColumn,
    liabilityText: { type: 'text' },
    signatures: jsonColumn,
    signedCopy: nullable(jsonColumn),
    predecessorId: nullable(idColumn),
    endedAt: nullable(instantColumn),
    endReason: { type: 'text' },
    version: integerColumn,
    changedAt: instantColumn,
  },
});

/** A reminder that was given; the key keeps two servers from giving it twice. */
export interface AgreementReminder {
  agreementId: string;
  days: number;
  at: string;
}

export const AgreementReminderRow = new EntitySchema<AgreementReminder>({
  name: 'agreement_reminder',
  columns: { agreementId: primary(idColumn), days: primary(integerColumn), at: instantColumn },
});

export const AllianceRow = new EntitySchema<Alliance>({
  name: 'alliance',
  columns: {
    allianceId: primary(idColumn),
    name: { type: 'varchar', length: 128 },
    kind: { type: 'varchar', length: 32 },
    hubId: idColumn,
    fromDay: day,
    toDay: nullable(day),
    members: jsonColumn,
    referrals: jsonColumn,
    version: integerColumn,
    changedAt: instantColumn,
  },
});
