import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns } from './add-columns.ts';

/** A notice may be about a demonstration. */
export class NoticesOfDemonstrations1700000000201 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'notice', [{ name: 'demonstrationId', type: 'ascii', length: 36 }]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DELETE FROM notice WHERE demonstrationId IS NOT NULL');
    await dropColumns(runner, 'notice', ['demonstrationId']);
  }
}
