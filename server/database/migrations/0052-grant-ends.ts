import { type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm';
import { tableColumns } from '../columns.ts';

/** Who took somebody out of a case, and why. */
export class GrantEnds1700000000052 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const { id, long } = tableColumns(runner);
    await runner.addColumns('consultation_grant', [
      new TableColumn(id('endedBy', { isNullable: true })),
      new TableColumn(long('endReason', { isNullable: true })),
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumns('consultation_grant', ['endedBy', 'endReason']);
  }
}
