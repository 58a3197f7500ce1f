import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { tableColumns } from '../columns.ts';

const OF_DEMONSTRATION = {
  columnNames: ['demonstrationId'],
  referencedTableName: 'demonstration',
  referencedColumnNames: ['demonstrationId'],
};

/** What is shown of a demonstration's pictures, the marks on them, and all that happened to both. */
export class Showings1700000000220 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const { code, id, instant, integer, long } = tableColumns(runner);
    await runner.createTable(
      new Table({
        name: 'showing',
        columns: [
          id('demonstrationId', { isPrimary: true }),
          id('materialId', { isNullable: true }),
          long('presenter', { isNullable: true }),
          code('presenterPeerId', 64, { isNullable: true }),
          long('viewport', { isNullable: true }),
          long('named'),
        ],
        foreignKeys: [OF_DEMONSTRATION],
        indices: [{ name: 'showing_now', columnNames: ['materialId'] }],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'shown_mark',
        columns: [
          id('demonstrationId', { isPrimary: true }),
          id('annotationId', { isPrimary: true }),
          long('target'),
          long('shape', { isNullable: true }),
          integer('revision'),
          id('authorId'),
          id('changedById'),
          instant('changedAt'),
        ],
        foreignKeys: [OF_DEMONSTRATION],
        indices: [{ name: 'shown_mark_revision', columnNames: ['demonstrationId', 'revision'] }],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'showing_event',
        columns: [
          id('eventId', { isPrimary: true }),
          id('demonstrationId'),
          instant('happenedAt'),
          code('kind', 16),
          long('content'),
          id('actId', { isNullable: true }),
          id('accountId', { isNullable: true }),
          long('shapeBefore', { isNullable: true }),
        ],
        foreignKeys: [OF_DEMONSTRATION],
        indices: [
          { name: 'showing_event_order', columnNames: ['demonstrationId', 'eventId'] },
          { name: 'showing_event_kind', columnNames: ['demonstrationId', 'kind', 'eventId'] },
          { name: 'showing_event_act', columnNames: ['demonstrationId', 'actId'] },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of ['showing_event', 'shown_mark', 'showing']) await runner.dropTable(name);
  }
}
