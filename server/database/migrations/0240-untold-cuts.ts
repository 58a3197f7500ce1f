import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns } from './add-columns.ts';

const HALL = 'demonstration_hall';

/** What was cut while the sfu did not answer, until it has been told. Without it what is cut stays cut, as far as the server knows. */
export class UntoldCuts1700000000240 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, HALL, [{ name: 'untoldCut', type: 'long' }]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropColumns(runner, HALL, ['untoldCut']);
  }
}
