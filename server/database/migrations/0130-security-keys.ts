import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { tableColumns } from '../columns.ts';
import { addColumns, dropColumns } from './add-columns.ts';

/** Security keys and passkeys beside the password, what they are asked to sign, and an app that is about to take another's place. */
export class SecurityKeys1700000000130 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const { code, id, instant, integer, long, text } = tableColumns(runner);
    await runner.createTable(
      new Table({
        name: 'security_key',
        columns: [
          id('keyId', { isPrimary: true }),
          id('accountId'),
          text('name', 64),
          code('credentialId', 1364),
          code('credentialHash', 64, { isUnique: true }),
          long('publicKey'),
          code('rpId', 255),
          integer('counter'),
          long('transports'),
          instant('addedAt'),
          instant('usedAt', { isNullable: true }),
        ],
        foreignKeys: [
          { columnNames: ['accountId'], referencedTableName: 'account', referencedColumnNames: ['accountId'] },
        ],
        indices: [{ name: 'security_key_account', columnNames: ['accountId'] }],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'key_challenge',
        columns: [
          id('boundTo', { isPrimary: true }),
          code('purpose', 16, { isPrimary: true }),
          code('challenge', 64),
          instant('expiresAt'),
        ],
      }),
    );
    await addColumns(runner, 'totp_factor', [{ name: 'sealedNextSecret', type: 'ascii', length: 255 }]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropColumns(runner, 'totp_factor', ['sealedNextSecret']);
    await runner.dropTable('key_challenge');
    await runner.dropTable('security_key');
  }
}
