import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns } from './add-columns.ts';

/** Which security keys find their account by themselves; of those from before nobody asked. */
export class DiscoverableKeys1700000000192 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'security_key', [{ name: 'isDiscoverable', type: 'flag' }]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropColumns(runner, 'security_key', ['isDiscoverable']);
  }
}
