import { type MigrationInterface, type QueryRunner, TableColumn, TableIndex } from 'typeorm';
import { tableColumns } from '../columns.ts';

/** A case may have several signed reports, one a version; and an amendment that is being written. */
export class ReportVersions1700000000051 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const { integer, long } = tableColumns(runner);
    await runner.addColumn('consultation', new TableColumn(long('amendment', { isNullable: true })));
    await runner.addColumn('report', new TableColumn(integer('opinionVersion', { default: 0 })));
    // First the new one: MySQL wants an index for the foreign key at any moment.
    await runner.createIndex(
      'report',
      new TableIndex({ name: 'report_version', columnNames: ['consultationId', 'version'], isUnique: true }),
    );
    await dropUnique(runner, 'report', 'consultationId');
  }

  async down(runner: QueryRunner): Promise<void> {
    // The version before knows one report a case: the first, which is what was acknowledged there.
    await runner.query(
      'DELETE FROM report_acknowledgement WHERE reportId IN (SELECT reportId FROM report WHERE version > 1)',
    );
    await runner.query('DELETE FROM report WHERE version > 1');
    await runner.createIndex(
      'report',
      new TableIndex({ name: 'report_case', columnNames: ['consultationId'], isUnique: true }),
    );
    await runner.dropIndex('report', 'report_version');
    await runner.dropColumn('report', 'opinionVersion');
    await runner.dropColumn('consultation', 'amendment');
  }
}

/** The unnamed one that a column was made with. MySQL keeps it as an index. */
async function dropUnique(runner: QueryRunner, tableName: string, column: string): Promise<void> {
  const table = await runner.getTable(tableName);
  const isIt = ({ columnNames }: { columnNames: string[] }) => columnNames.length === 1 && columnNames[0] === column;
  const unique = table?.uniques.find(isIt);
  const index = table?.indices.find((one) => one.isUnique && isIt(one));
  if (unique) await runner.dropUniqueConstraint(tableName, unique);
  else if (index) await runner.dropIndex(tableName, index);
  else throw new Error(`${tableName} has no unique ${column}`);
}
