import type { MigrationInterface, QueryRunner } from 'typeorm';

/** As the demo network was until now: these names, at one of these two facilities. */
const LOGINS = [
  'county-doctor',
  'county-coordinator',
  'specialist',
  'specialist-2',
  'coordinator',
  'surgeon',
  'trainee',
  'admin',
  'auditor',
];
const FACILITY_IDS = ['6f1c0e9a-3f0b-4d39-9d10-0c2b6c1f0a01', '6f1c0e9a-3f0b-4d39-9d10-0c2b6c1f0a02'];

/** An account says itself that its password is public: it stays so, whatever facility it is moved to. */
export class DemoAccounts1700000000094 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = runner.connection.options.type === 'mysql' ? 'tinyint' : 'integer';
    await runner.query(`ALTER TABLE account ADD COLUMN isDemo ${type} NOT NULL DEFAULT 0`);
    const places = (values: string[]) => values.map(() => '?').join(', ');
    await runner.query(
      `UPDATE account SET isDemo = 1 WHERE login IN (${places(LOGINS)}) AND facilityId IN (${places(FACILITY_IDS)})`,
      [...LOGINS, ...FACILITY_IDS],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE account DROP COLUMN isDemo');
  }
}
