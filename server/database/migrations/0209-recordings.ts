import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { tableColumns } from '../columns.ts';

const OF_DEMONSTRATION = {
  columnNames: ['demonstrationId'],
  referencedTableName: 'demonstration',
  referencedColumnNames: ['demonstrationId'],
};

/** What is recorded of a demonstration, what was on air when, and what was decided of its replay. */
export class Recordings1700000000209 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const { code, id, instant, integer, long } = tableColumns(runner);
    await runner.createTable(
      new Table({
        name: 'recording',
        columns: [
          id('recordingId', { isPrimary: true }),
          id('demonstrationId'),
          id('startedBy'),
          instant('startedAt'),
          instant('stoppedAt', { isNullable: true }),
          instant('sealedAt', { isNullable: true }),
          code('fault', 16, { isNullable: true }),
        ],
        foreignKeys: [OF_DEMONSTRATION],
        indices: [
          { name: 'recording_of_demonstration', columnNames: ['demonstrationId', 'startedAt'] },
          { name: 'recording_open', columnNames: ['stoppedAt'] },
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'recording_program',
        columns: [
          id('demonstrationId', { isPrimary: true }),
          integer('position', { isPrimary: true }),
          instant('chosenAt'),
          long('program'),
        ],
        foreignKeys: [OF_DEMONSTRATION],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'replay',
        columns: [
          id('demonstrationId', { isPrimary: true }),
          long('cutParts'),
          long('chapters'),
          id('openedBy'),
          instant('openedAt'),
          id('publishedBy', { isNullable: true }),
          instant('publishedAt', { isNullable: true }),
        ],
        foreignKeys: [OF_DEMONSTRATION],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of ['replay', 'recording_program', 'recording']) await runner.dropTable(name);
  }
}
