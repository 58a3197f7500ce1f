import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Wrong passwords lock the guesser's place or device since 0061; an account itself counts none. */
export class AccountLockoutColumns1700000000077 implements MigrationInterface {
  // Written out: TypeORM would make SQLite's table anew, to which sessions and keys refer.
  async up(runner: QueryRunner): Promise<void> {
    for (const column of ['failedAttempts', 'lockedUntil'])
      await runner.query(`ALTER TABLE account DROP COLUMN ${column}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    const isMysql = runner.connection.options.type === 'mysql';
    const [integer, instant] = isMysql
      ? ['bigint', 'varchar(24) CHARACTER SET ascii COLLATE ascii_bin']
      : ['integer', 'varchar(24)'];
    await runner.query(`ALTER TABLE account ADD COLUMN failedAttempts ${integer} NOT NULL DEFAULT 0`);
    await runner.query(`ALTER TABLE account ADD COLUMN lockedUntil ${instant} NULL`);
  }
}
