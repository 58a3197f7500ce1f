import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';
import { addColumns, dropColumns } from './add-columns.ts';

/** An act is known by the role in which it was done. Of those that were done before it is null. */
export class RolesOfActs1700000000186 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'audit_entry', [{ name: 'actorRole', type: 'ascii', length: 32 }]);
    await runner.createIndex(
      'audit_entry',
      new TableIndex({ name: 'audit_entry_role', columnNames: ['actorRole', 'sequence'] }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('audit_entry', 'audit_entry_role');
    await dropColumns(runner, 'audit_entry', ['actorRole']);
  }
}
