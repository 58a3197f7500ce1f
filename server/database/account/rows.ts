import { EntitySchema, type EntitySchemaColumnOptions } from 'typeorm';
import type { Appointment } from '../../accounts/appointment.ts';
import type { OneTimeLink } from '../../accounts/one-time-link-store.ts';
import type { Account, DraftKey, FormerSigningKey, Session, SigningKey } from '../../accounts/store.ts';
import { idColumn, instantColumn, integerColumn, nullable, primary } from '../columns.ts';

/** Under `sortKey` it is sorted and found; the licence's days stand in its practitioner's row and, for lists, here. */
export type AccountRecord = Account & { sortKey: string; licenceFrom?: string | null; licenceTo?: string | null };

const dayColumn: EntitySchemaColumnOptions = { type: 'varchar', length: 10, nullable: true };
const departmentColumn: EntitySchemaColumnOptions = { type: 'varchar', length: 64, nullable: true };

/** The column was made for passwords that all had: none is an empty text. */
const passwordHash = {
  to: (hash: string | null | undefined) => (hash === null ? '' : hash),
  from: (text: string) => text || null,
};

export const AccountRow = new EntitySchema<AccountRecord>({
  name: 'account',
  columns: {
    accountId: primary(idColumn),
    login: { type: 'varchar', length: 64, unique: true },
    name: { type: 'varchar', length: 64 },
    title: { type: 'varchar', length: 64 },
    role: { type: 'varchar', length: 32 },
    specialty: { type: 'varchar', length: 64, nullable: true },
    facilityId: idColumn,
    department: departmentColumn,
    fromDay: dayColumn,
    toDay: dayColumn,
    endedAt: nullable(instantColumn),
    lastAppointmentId: nullable(idColumn),
    isActive: { type: 'boolean' },
    passwordHash: { type: 'varchar', length: 255, transformer: passwordHash },
    revision: integerColumn,
    signedInAt: nullable(instantColumn),
    disabledAt: nullable(instantColumn),
    disabledReason: { type: 'varchar', length: 1000, nullable: true },
    sortKey: { type: 'varchar', length: 255 },
    isDemo: { type: 'boolean' },
    licenceFrom: { ...dayColumn, select: false },
    licenceTo: { ...dayColumn, select: false },
  },
});

/** Those beside the main one, which stands in the account's own row. */
export const AppointmentRow = new EntitySchema<Omit<Appointment, 'isMain'>>({
  name: 'appointment',
  columns: {
    appointmentId: primary(idColumn),
    accountId: idColumn,
    facilityId: idColumn,
    department: departmentColumn,
    role: { type: 'varchar', length: 32 },
    title: { type: 'varchar', length: 64 },
    specialty: { type: 'varchar', length: 64, nullable: true },
    fromDay: dayColumn,
    toDay: dayColumn,
    endedAt: nullable(instantColumn),
    revision: integerColumn,
  },
});

export const SessionRow = new EntitySchema<Session>({
  name: 'session',
  columns: {
    sessionId: primary(idColumn),
    accountId: idColumn,
    appointmentId: idColumn,
    kind: { type: 'varchar', length: 16 },
    secretHash: { type: 'varchar', length: 64, unique: true },
    openedAt: instantColumn,
    usedAt: instantColumn,
    expiresAt: instantColumn,
    browser: { type: 'varchar', length: 48, nullable: true },
    addressRange: { type: 'varchar', length: 64, nullable: true },
    factorAt: nullable(instantColumn),
    callId: nullable(idColumn),
  },
});

export const SigningKeyRow = new EntitySchema<SigningKey>({
  name: 'signing_key',
  columns: {
    keyId: primary(idColumn),
    accountId: idColumn,
    algorithm: { type: 'varchar', length: 16 },
    publicKey: { type: 'varchar', length: 255 },
    sealedPrivateKey: { type: 'varchar', length: 512 },
    createdAt: instantColumn,
  },
});

export const DraftKeyRow = new EntitySchema<DraftKey>({
  name: 'draft_key',
  columns: { accountId: primary(idColumn), draftKey: { type: 'varchar', length: 64 } },
});

export const FormerSigningKeyRow = new EntitySchema<FormerSigningKey>({
  name: 'former_signing_key',
  columns: {
    keyId: primary(idColumn),
    accountId: idColumn,
    algorithm: { type: 'varchar', length: 16 },
    publicKey: { type: 'varchar', length: 255 },
    createdAt: instantColumn,
    retiredAt: instantColumn,
  },
});

export const OneTimeLinkRow = new EntitySchema<OneTimeLink>({
  name: 'one_time_link',
  columns: {
    linkId: primary(idColumn),
    kind: { type: 'varchar', length: 32 },
    secretHash: { type: 'varchar', length: 64, unique: true },
    accountId: nullable(idColumn),
    madeBy: nullable(idColumn),
    createdAt: instantColumn,
    expiresAt: instantColumn,
    usedAt: nullable(instantColumn),
  },
});
