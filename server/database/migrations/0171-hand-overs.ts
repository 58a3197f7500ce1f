import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns } from './add-columns.ts';

/** A specialist may leave a case, and notices tell of licences that run out. */
export class HandOvers1700000000171 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'consultation', [{ name: 'handOver', type: 'long' }]);
    await addColumns(runner, 'notice', [
      { name: 'licenceOf', type: 'ascii', length: 36 },
      { name: 'licenceTo', type: 'ascii', length: 10 },
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DELETE FROM notice WHERE kind IN ('licence-expiring', 'handed-over')");
    await dropColumns(runner, 'notice', ['licenceTo', 'licenceOf']);
    await dropColumns(runner, 'consultation', ['handOver']);
  }
}
