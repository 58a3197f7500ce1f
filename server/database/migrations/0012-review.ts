import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { tableColumns } from '../columns.ts';

export class Review1700000000012 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const { code, id, instant, integer, long } = tableColumns(runner);
    const toConsultation = {
      columnNames: ['consultationId'],
      referencedTableName: 'consultation',
      referencedColumnNames: ['consultationId'],
    };
    await runner.createTable(
      new Table({
        name: 'annotation',
        columns: [
          id('consultationId', { isPrimary: true }),
          id('annotationId', { isPrimary: true }),
          long('target'),
          long('shape', { isNullable: true }),
          integer('revision'),
          id('authorId'),
          instant('changedAt'),
        ],
        uniques: [{ name: 'annotation_revision', columnNames: ['consultationId', 'revision'] }],
        foreignKeys: [toConsultation],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'review_stage',
        columns: [
          id('consultationId', { isPrimary: true }),
          long('stage'),
          code('presenterPeerId', 64, { isNullable: true }),
          long('viewport', { isNullable: true }),
        ],
        foreignKeys: [toConsultation],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['review_stage', 'annotation']) await runner.dropTable(table);
  }
}
