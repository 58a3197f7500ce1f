import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns } from './add-columns.ts';

/** A notice may be about a proposal to change a policy. */
export class NoticesOfProposals1700000000181 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'notice', [{ name: 'proposalId', type: 'ascii', length: 36 }]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DELETE FROM notice WHERE proposalId IS NOT NULL');
    await dropColumns(runner, 'notice', ['proposalId']);
  }
}
