import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns } from './add-columns.ts';

/** Which of two answers about what is shown is the later one. */
export class VersionsOfShowings1700000000222 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'showing', [{ name: 'version', type: 'integer', default: '0' }]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropColumns(runner, 'showing', ['version']);
  }
}
