import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { tableColumns } from '../columns.ts';

export class Chat1700000000013 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const { id, instant, integer, long } = tableColumns(runner);
    await runner.createTable(
      new Table({
        name: 'chat_message',
        columns: [
          id('consultationId', { isPrimary: true }),
          id('messageId', { isPrimary: true }),
          integer('sequence'),
          id('authorId'),
          long('text'),
          instant('postedAt'),
        ],
        uniques: [{ name: 'chat_message_order', columnNames: ['consultationId', 'sequence'] }],
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
    await runner.dropTable('chat_message');
  }
}
