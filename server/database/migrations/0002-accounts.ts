import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { tableColumns } from '../columns.ts';

export class Accounts1700000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const { code, flag, id, instant, integer, long, text } = tableColumns(runner);
    const toFacility = (columnName: string) => ({
      columnNames: [columnName],
      referencedTableName: 'facility',
      referencedColumnNames: ['facilityId'],
    });
    const toAccount = {
      columnNames: ['accountId'],
      referencedTableName: 'account',
      referencedColumnNames: ['accountId'],
    };
    await runner.createTable(
      new Table({
        name: 'facility',
        columns: [
          id('facilityId', { isPrimary: true }),
          text('name', 128),
          code('tier', 16),
          code('region6', 6),
          long('specialties'),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'agreement',
        columns: [
          id('agreementId', { isPrimary: true }),
          id('invitingFacilityId'),
          id('invitedFacilityId'),
          instant('validFrom'),
          instant('validTo'),
        ],
        foreignKeys: [toFacility('invitingFacilityId'), toFacility('invitedFacilityId')],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'account',
        columns: [
          id('accountId', { isPrimary: true }),
          code('login', 64, { isUnique: true }),
          text('name', 64),
          text('title', 64),
          code('role', 32),
          text('specialty', 64, { isNullable: true }),
          id('facilityId'),
          flag('isActive'),
          code('passwordHash', 255),
          integer('failedAttempts', { default: 0 }),
          instant('lockedUntil', { isNullable: true }),
        ],
        foreignKeys: [toFacility('facilityId')],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'session',
        columns: [
          id('sessionId', { isPrimary: true }),
          id('accountId'),
          code('kind', 16),
          code('secretHash', 64, { isUnique: true }),
          instant('openedAt'),
          instant('usedAt'),
          instant('expiresAt'),
        ],
        foreignKeys: [toAccount],
        indices: [{ name: 'session_account', columnNames: ['accountId'] }],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'signing_key',
        columns: [
          id('keyId', { isPrimary: true }),
          id('accountId', { isUnique: true }),
          code('algorithm', 16),
          code('publicKey', 255),
          code('sealedPrivateKey', 512),
          instant('createdAt'),
        ],
        foreignKeys: [toAccount],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['signing_key', 'session', 'account', 'agreement', 'facility']) await runner.dropTable(table);
  }
}
