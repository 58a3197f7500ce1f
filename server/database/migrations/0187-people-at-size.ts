import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';

/** Each holds what one order or filter of the list of people asks of every row: rows themselves are read for one page alone. */
const OF_ACCOUNT = [
  new TableIndex({ name: 'account_by_name', columnNames: ['sortKey', 'login', 'name', 'isActive'] }),
  new TableIndex({ name: 'account_by_role', columnNames: ['role', 'sortKey', 'login', 'name', 'isActive'] }),
  new TableIndex({ name: 'account_by_standing', columnNames: ['isActive', 'sortKey', 'login', 'name'] }),
  new TableIndex({ name: 'account_by_sign_in', columnNames: ['signedInAt', 'login'] }),
  new TableIndex({
    name: 'account_by_facility',
    columnNames: ['facilityId', 'role', 'isActive', 'sortKey', 'login', 'name', 'signedInAt'],
  }),
];
const OF_FACILITY = 'account_of_facility';
/** Every sign-in forgets sessions that have ended. */
const OF_SESSION = [
  new TableIndex({ name: 'session_expiring', columnNames: ['expiresAt'] }),
  new TableIndex({ name: 'session_idle', columnNames: ['kind', 'usedAt'] }),
];

/** What keeps lists of 200,000 people as quick as those of 60. */
export class PeopleAtSize1700000000187 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const index of OF_ACCOUNT) await runner.createIndex('account', index);
    for (const index of OF_SESSION) await runner.createIndex('session', index);
    if (await hasIndex(runner)) await runner.query(`DROP INDEX ${OF_FACILITY} ON account`);
  }

  async down(runner: QueryRunner): Promise<void> {
    // MySQL wants some index for the foreign key; the one that it had made went when this one came.
    if (runner.connection.options.type === 'mysql')
      await runner.query(`CREATE INDEX ${OF_FACILITY} ON account (facilityId)`);
    for (const index of OF_SESSION) await runner.dropIndex('session', index);
    for (const index of OF_ACCOUNT) await runner.dropIndex('account', index);
  }
}

/** Whether the index is there that going back had made. */
async function hasIndex(runner: QueryRunner): Promise<boolean> {
  if (runner.connection.options.type !== 'mysql') return false;
  return (await runner.getTable('account'))?.indices.some(({ name }) => name === OF_FACILITY) ?? false;
}
