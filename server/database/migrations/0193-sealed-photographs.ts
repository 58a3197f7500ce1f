import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isSealed } from '../../patients/seal.ts';
import { photoContext } from '../seal-contexts.ts';
import { sealOf } from '../source-seal.ts';
import { eachRow } from './each-row.ts';

interface Row {
  accountId: string;
  data: string;
}

/** Photographs of people are no longer to be seen in the database, or in a copy of it. */
export class SealedPhotographs1700000000193 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const seal = sealOf(runner.connection);
    await change(runner, (data, context) => (isSealed(data) ? data : seal.seal(data, context)));
  }

  async down(runner: QueryRunner): Promise<void> {
    const seal = sealOf(runner.connection);
    await change(runner, (data, context) => (isSealed(data) ? seal.open(data, context) : data));
  }
}

async function change(runner: QueryRunner, changed: (data: string, context: string) => string): Promise<void> {
  for await (const row of eachRow<Row>(runner, 'practitioner_photo', ['accountId'], ['data']))
    await runner.query('UPDATE practitioner_photo SET data = ? WHERE accountId = ?', [
      changed(row.data, photoContext(row)),
      row.accountId,
    ]);
}
