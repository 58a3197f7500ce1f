import { EntitySchema } from 'typeorm';
import type { AudienceEntry, SeatHolder } from '../../contract/index.ts';
import type { ServedStretch } from '../../demonstrations/attendance.ts';
import type { Demonstration, ShownMaterial } from '../../demonstrations/demonstration.ts';
import type { Enrolment, Presence } from '../../demonstrations/store.ts';
import { idColumn, instantColumn, integerColumn, jsonColumn, nullable, primary } from '../columns.ts';

/** A demonstration without those lists that are asked by what is in them. */
export type DemonstrationHead = Omit<Demonstration, 'seats' | 'audience' | 'materials'>;

export const DemonstrationRow = new EntitySchema<DemonstrationHead>({
  name: 'demonstration',
  columns: {
    demonstrationId: primary(idColumn),
    state: { type: 'varchar', length: 16 },
    version: integerColumn,
    facilityId: idColumn,
    surgeonId: idColumn,
    createdBy: idColumn,
    title: { type: 'varchar', length: 100 },
    procedure: { type: 'varchar', length: 200, name: 'procedureName' },
    description: { type: 'text' },
    specialty: nullable({ type: 'varchar', length: 8 }),
    room: { type: 'varchar', length: 64 },
    startsAt: nullable(instantColumn),
    endsAt: nullable(instantColumn),
    capacity: nullable(integerColumn),
    requiredPercent: integerColumn,
    consultationId: nullable(idColumn),
    askedAt: nullable(instantColumn),
    sentBackReason: { type: 'text' },
    signOffs: jsonColumn,
    enrolmentClosedAt: nullable(instantColumn),
    reason: { type: 'text' },
    createdAt: instantColumn,
    changedAt: instantColumn,
    beganAt: nullable(instantColumn),
    endedAt: nullable(instantColumn),
    assessment: nullable(jsonColumn),
    credit: nullable(jsonColumn),
  },
});

/** A line of one of its lists, in the order in which it was typed. */
type Listed<T> = T & { demonstrationId: string; position: number };
const listed = { demonstrationId: primary(idColumn), position: primary(integerColumn) };

export const DemonstrationSeatRow = new EntitySchema<Listed<SeatHolder>>({
  name: 'demonstration_seat',
  columns: { ...listed, seat: { type: 'varchar', length: 16 }, accountId: idColumn, facilityId: idColumn },
});

export const DemonstrationAudienceRow = new EntitySchema<Listed<AudienceEntry>>({
  name: 'demonstration_audience',
  columns: { ...listed, kind: { type: 'varchar', length: 16 }, id: { ...idColumn, name: 'invitedId' } },
});

export const DemonstrationMaterialRow = new EntitySchema<Listed<ShownMaterial>>({
  name: 'demonstration_material',
  columns: {
    ...listed,
    materialId: idColumn,
    listedBy: idColumn,
    checkedBy: nullable(idColumn),
    checkedAt: nullable(instantColumn),
    checkedCount: integerColumn,
  },
});

export const DemonstrationEnrolmentRow = new EntitySchema<Enrolment>({
  name: 'demonstration_enrolment',
  columns: {
    demonstrationId: primary(idColumn),
    accountId: primary(idColumn),
    appointmentId: idColumn,
    facilityId: idColumn,
    enrolledAt: instantColumn,
    withdrawnAt: nullable(instantColumn),
  },
});

/** That people were told when it begins; told again where it was moved. */
export interface DemonstrationReminder {
  demonstrationId: string;
  startsAt: string;
  at: string;
}

export const DemonstrationReminderRow = new EntitySchema<DemonstrationReminder>({
  name: 'demonstration_reminder',
  columns: { demonstrationId: primary(idColumn), startsAt: primary(instantColumn), at: instantColumn },
});

export const DemonstrationPresenceRow = new EntitySchema<Presence>({
  name: 'demonstration_presence',
  columns: {
    presenceId: primary(idColumn),
    demonstrationId: idColumn,
    accountId: idColumn,
    facilityId: idColumn,
    windowId: { type: 'varchar', length: 32 },
    fromAt: instantColumn,
    lastSeenAt: instantColumn,
    toAt: nullable(instantColumn),
    hasLeft: { type: 'boolean' },
  },
});

/** So long servers were up while it was live, without a gap that counts. */
export const DemonstrationServedRow = new EntitySchema<ServedStretch & { servedId: string; demonstrationId: string }>({
  name: 'demonstration_served',
  columns: { servedId: primary(idColumn), demonstrationId: idColumn, fromAt: instantColumn, toAt: instantColumn },
});
