import type { EntitySchema } from 'typeorm';
import { AccessRow, AuditHeadRow, AuditRow } from './audit-rows.ts';

/** Every table. A noun adds its rows here. */
// biome-ignore lint/suspicious/noExplicitAny: a list of schemas of different rows has no narrower type in TypeORM
export const rows: EntitySchema<any>[] = [AuditRow, AuditHeadRow, AccessRow];
