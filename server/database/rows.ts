import type { EntitySchema } from 'typeorm';
import { AccountRow, SessionRow, SigningKeyRow } from './account-rows.ts';
import { AccessRow, AuditHeadRow, AuditRow } from './audit-rows.ts';
import { AgreementRow, FacilityRow } from './facility-rows.ts';

/** Every table. A noun adds its rows here. */
// biome-ignore lint/suspicious/noExplicitAny: a list of schemas of different rows has no narrower type in TypeORM
export const rows: EntitySchema<any>[] = [
  AuditRow,
  AuditHeadRow,
  AccessRow,
  AccountRow,
  SessionRow,
  SigningKeyRow,
  FacilityRow,
  AgreementRow,
];
