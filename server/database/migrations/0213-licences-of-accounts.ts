import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';
import { addColumns, dropColumns } from './add-columns.ts';

const DAYS = ['licenceFrom', 'licenceTo'];
/** Each has what it had, and how the licence stands. */
const WIDENED: Record<string, string[]> = {
  account_by_name: ['sortKey', 'login', 'name', 'isActive', 'role'],
  account_by_role: ['role', 'sortKey', 'login', 'name', 'isActive'],
  account_by_facility: ['facilityId', 'role', 'isActive', 'sortKey', 'login', 'name', 'signedInAt'],
};
/** It had only what 200,000 look-ups in the table of practitioners needed. */
const OF_ROLE = new TableIndex({ name: 'account_of_role', columnNames: ['role', 'accountId'] });
const BY_LICENCE = new TableIndex({ name: 'account_by_licence', columnNames: ['licenceTo', 'licenceFrom', 'role'] });
const OF_PRACTITIONER = [
  new TableIndex({
    name: 'practitioner_licence',
    columnNames: ['accountId', 'licenceNumber', 'validFrom', 'validTo'],
  }),
  new TableIndex({ name: 'practitioner_beginning', columnNames: ['validFrom'] }),
];

/** A licence's days beside the account: lists of 200,000 people by how a licence stands are read from one index. */
export class LicencesOfAccounts1700000000213 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(
      runner,
      'account',
      DAYS.map((name) => ({ name, type: 'ascii', length: 10 })),
    );
    const onFile = 'FROM practitioner p WHERE p.accountId = account.accountId AND p.licenceNumber IS NOT NULL';
    await runner.query(
      `UPDATE account SET
         licenceFrom = (SELECT COALESCE(p.validFrom, '0000-01-01') ${onFile}),
         licenceTo = (SELECT COALESCE(p.validTo, '9999-12-31') ${onFile})`,
    );
    await widen(runner, DAYS);
    await runner.dropIndex('account', OF_ROLE);
    await runner.createIndex('account', BY_LICENCE);
    for (const index of OF_PRACTITIONER) await runner.dropIndex('practitioner', index);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const index of OF_PRACTITIONER) await runner.createIndex('practitioner', index);
    await runner.dropIndex('account', BY_LICENCE);
    await runner.createIndex('account', OF_ROLE);
    await widen(runner, []);
    await dropColumns(runner, 'account', DAYS);
  }
}

/** The new one is there before the old one goes: MySQL wants some index for the foreign key to the facility at every moment. */
async function widen(runner: QueryRunner, columns: readonly string[]): Promise<void> {
  const isMysql = runner.connection.options.type === 'mysql';
  for (const [name, kept] of Object.entries(WIDENED)) {
    const listed = [...kept, ...columns].join(', ');
    if (isMysql) await runner.query(`ALTER TABLE account DROP INDEX ${name}, ADD INDEX ${name} (${listed})`);
    else {
      await runner.query(`DROP INDEX ${name}`);
      await runner.query(`CREATE INDEX ${name} ON account (${listed})`);
    }
  }
}
