import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns } from './add-columns.ts';

/** Which call a session was let into last: whoever is in one when their appointment runs out may finish it. */
export class CallsOfSessions1700000000161 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'session', [{ name: 'callId', type: 'ascii', length: 36 }]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropColumns(runner, 'session', ['callId']);
  }
}
