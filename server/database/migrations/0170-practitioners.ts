import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { tableColumns } from '../columns.ts';

/** What is on file of people who practise medicine: their licence, their photograph, and which reminders were given of its end. */
export class Practitioners1700000000170 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const { code, id, instant, integer, long } = tableColumns(runner);
    const isNullable = true;
    await runner.createTable(
      new Table({
        name: 'practitioner',
        columns: [
          id('accountId', { isPrimary: true }),
          integer('revision'),
          code('licenceNumber', 15, { isNullable }),
          code('category', 32, { isNullable }),
          code('grade', 16, { isNullable }),
          code('validFrom', 10, { isNullable }),
          code('validTo', 10, { isNullable }),
          code('independentSince', 10, { isNullable }),
          long('specialties'),
        ],
        foreignKeys: [ofAccount('practitioner_of_account')],
        indices: [{ name: 'practitioner_ending', columnNames: ['validTo'] }],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'practitioner_photo',
        columns: [id('accountId', { isPrimary: true }), code('sha256', 64), long('data')],
        foreignKeys: [ofAccount('photo_of_account')],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'licence_reminder',
        columns: [
          id('accountId', { isPrimary: true }),
          code('validTo', 10, { isPrimary: true }),
          integer('days', { isPrimary: true }),
          instant('at'),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['licence_reminder', 'practitioner_photo', 'practitioner']) await runner.dropTable(table);
  }
}

function ofAccount(name: string) {
  return { name, columnNames: ['accountId'], referencedTableName: 'account', referencedColumnNames: ['accountId'] };
}
