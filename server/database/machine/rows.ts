import { EntitySchema } from 'typeorm';
import type { Machine } from '../../machines/machine.ts';
import { idColumn, instantColumn, jsonColumn, nullable, primary } from '../columns.ts';

export const MachineRow = new EntitySchema<Machine>({
  name: 'machine',
  columns: {
    machineId: primary(idColumn),
    facilityId: idColumn,
    name: { type: 'varchar', length: 64 },
    scopes: jsonColumn,
    secretHash: { type: 'varchar', length: 64, unique: true },
    madeAt: instantColumn,
    madeBy: idColumn,
    expiresAt: instantColumn,
    usedAt: nullable(instantColumn),
    revokedAt: nullable(instantColumn),
    revokedBy: nullable(idColumn),
    confirmedAt: nullable(instantColumn),
    confirmedBy: nullable(idColumn),
  },
});
