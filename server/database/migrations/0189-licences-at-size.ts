import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';

const BY_NAME = new TableIndex({ name: 'account_by_name', columnNames: ['sortKey', 'login', 'name', 'isActive'] });
const BY_NAME_WITH_ROLE = new TableIndex({
  name: 'account_by_name',
  columnNames: ['sortKey', 'login', 'name', 'isActive', 'role'],
});
const OF_ROLE = new TableIndex({ name: 'account_of_role', columnNames: ['role', 'accountId'] });
const OF_PRACTITIONER = [
  new TableIndex({
    name: 'practitioner_licence',
    columnNames: ['accountId', 'licenceNumber', 'validFrom', 'validTo'],
  }),
  new TableIndex({ name: 'practitioner_beginning', columnNames: ['validFrom'] }),
];

/** People by how their licence stands: what is asked of each of 200,000 stands in the indices alone, in one order. */
export class LicencesAtSize1700000000189 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('account', BY_NAME);
    for (const index of [BY_NAME_WITH_ROLE, OF_ROLE]) await runner.createIndex('account', index);
    for (const index of OF_PRACTITIONER) await runner.createIndex('practitioner', index);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const index of OF_PRACTITIONER) await runner.dropIndex('practitioner', index);
    for (const index of [OF_ROLE, BY_NAME_WITH_ROLE]) await runner.dropIndex('account', index);
    await runner.createIndex('account', BY_NAME);
  }
}
