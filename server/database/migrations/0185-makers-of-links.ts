import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns } from './add-columns.ts';

/** A one-time link is known by who made it. Of those that were made before it is null. */
export class MakersOfLinks1700000000185 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'one_time_link', [{ name: 'madeBy', type: 'ascii', length: 36 }]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropColumns(runner, 'one_time_link', ['madeBy']);
  }
}
