import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { tableColumns } from '../columns.ts';

/** Telephones as cameras of a theatre. */
export class PhoneCameras1700000000241 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const { code, id, instant } = tableColumns(runner);
    await runner.createTable(
      new Table({
        name: 'phone_camera',
        columns: [
          id('cameraId', { isPrimary: true }),
          id('demonstrationId'),
          id('accountId'),
          id('facilityId'),
          id('sessionId'),
          code('secretHash', 64, { isUnique: true }),
          instant('createdAt'),
          instant('expiresAt'),
          instant('openedAt', { isNullable: true }),
          code('keyHash', 64, { isNullable: true }),
          instant('endedAt', { isNullable: true }),
        ],
        foreignKeys: [
          {
            columnNames: ['demonstrationId'],
            referencedTableName: 'demonstration',
            referencedColumnNames: ['demonstrationId'],
          },
        ],
        indices: [{ name: 'phone_camera_of_person', columnNames: ['demonstrationId', 'accountId'] }],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('phone_camera');
  }
}
