import { type MigrationInterface, type QueryRunner, Table, TableColumn } from 'typeorm';
import { tableColumns } from '../columns.ts';

/** Who changed an annotation last, and what each person did, so that it can be taken back. */
export class AnnotationActs1700000000035 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const { flag, id, integer, long } = tableColumns(runner);
    await runner.addColumn('annotation', new TableColumn(id('changedById', { default: "''" })));
    await runner.query('UPDATE annotation SET changedById = authorId');
    await runner.createTable(
      new Table({
        name: 'annotation_act',
        columns: [
          id('consultationId', { isPrimary: true }),
          id('actId', { isPrimary: true }),
          id('accountId'),
          integer('sequence'),
          id('annotationId'),
          long('target'),
          long('before', { isNullable: true }),
          long('after', { isNullable: true }),
          id('authorId'),
          flag('undone'),
        ],
        indices: [{ name: 'annotation_act_order', columnNames: ['consultationId', 'accountId', 'sequence'] }],
        foreignKeys: [
          {
            columnNames: ['consultationId'],
            referencedTableName: 'consultation',
            referencedColumnNames: ['consultationId'],
          },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('annotation_act');
    await runner.dropColumn('annotation', 'changedById');
  }
}
