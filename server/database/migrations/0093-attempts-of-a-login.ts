import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';

/** All locks of one account can be opened at once, and a person sees the attempts that were made with theirs. */
export class AttemptsOfALogin1700000000093 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const isMysql = runner.connection.options.type === 'mysql';
    const type = isMysql ? 'varchar(64) CHARACTER SET ascii COLLATE ascii_bin' : 'varchar(64)';
    await runner.query(`ALTER TABLE sign_in_attempt ADD COLUMN loginKey ${type} NULL`);
    await runner.createIndex(
      'sign_in_attempt',
      new TableIndex({ name: 'sign_in_attempt_login', columnNames: ['loginKey'] }),
    );
    await runner.createIndex(
      'audit_entry',
      new TableIndex({ name: 'audit_entry_subject', columnNames: ['subjectId', 'sequence'] }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('audit_entry', 'audit_entry_subject');
    await runner.dropIndex('sign_in_attempt', 'sign_in_attempt_login');
    await runner.query('ALTER TABLE sign_in_attempt DROP COLUMN loginKey');
  }
}
