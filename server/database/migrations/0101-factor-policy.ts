import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { tableColumns } from '../columns.ts';
import { addColumns, dropColumns } from './add-columns.ts';

/** Who must have a second factor, and when a session has shown it last. */
export class FactorPolicy1700000000101 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const { code, integer, long } = tableColumns(runner);
    await runner.createTable(
      new Table({
        name: 'factor_policy',
        columns: [
          code('policyId', 16, { isPrimary: true }),
          integer('version'),
          long('required'),
          integer('signingMinutes', { isNullable: true }),
        ],
      }),
    );
    await addColumns(runner, 'session', [{ name: 'factorAt', type: 'ascii', length: 24 }]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropColumns(runner, 'session', ['factorAt']);
    await runner.dropTable('factor_policy');
  }
}
