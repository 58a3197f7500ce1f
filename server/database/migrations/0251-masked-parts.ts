import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns } from './add-columns.ts';

/** Parts of a replay whose picture is black, or whose sound is silent. */
export class MaskedParts1700000000251 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'replay', [{ name: 'maskedParts', type: 'long' }]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropColumns(runner, 'replay', ['maskedParts']);
  }
}
