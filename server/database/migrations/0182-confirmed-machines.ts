import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns } from './add-columns.ts';

/**
 * A machine that reads pictures is confirmed by a second person. Those that a facility's own administrator made before go on; those that
 * somebody made who is an administrator of the whole platform open nothing any more.
 */
export class ConfirmedMachines1700000000182 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'machine', [
      { name: 'confirmedAt', type: 'ascii', length: 24 },
      { name: 'confirmedBy', type: 'ascii', length: 36 },
    ]);
    await runner.query(
      "UPDATE machine SET confirmedAt = madeAt WHERE scopes LIKE '%archive:read%'" +
        " AND madeBy NOT IN (SELECT accountId FROM account WHERE role = 'admin')",
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropColumns(runner, 'machine', ['confirmedAt', 'confirmedBy']);
  }
}
