import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns } from './add-columns.ts';

/** An attempt to sign in is known by whose name it was made with, so that what is locked can be shown. Of nobody's name it is null. */
export class AttemptsOfAccounts1700000000184 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'sign_in_attempt', [{ name: 'accountId', type: 'ascii', length: 36 }]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropColumns(runner, 'sign_in_attempt', ['accountId']);
  }
}
