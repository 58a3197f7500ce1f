import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was sealed still lies in pages that the database has given up: they are written anew without it. */
export class ForgetClearText1700000000076 implements MigrationInterface {
  /** SQLite writes its file anew outside of transactions only. */
  transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    if (runner.connection.options.type === 'mysql') {
      for (const table of ['study', 'study_instance', 'instance_metadata', 'picture_file', 'upload'])
        if ((await runner.query(`SELECT 1 FROM ${table} LIMIT 1`)).length > 0)
          await runner.query(`ALTER TABLE ${table} FORCE`);
      return;
    }
    await runner.query('VACUUM');
    await runner.query('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  async down(): Promise<void> {}
}
