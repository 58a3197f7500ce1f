import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns } from './add-columns.ts';

/** A notice may be about a machine that was let into an archive. */
export class NoticesOfMachines1700000000183 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'notice', [{ name: 'machineId', type: 'ascii', length: 36 }]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DELETE FROM notice WHERE machineId IS NOT NULL');
    await dropColumns(runner, 'notice', ['machineId']);
  }
}
