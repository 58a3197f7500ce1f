import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { tableColumns } from '../columns.ts';
import { addColumns, dropColumns } from './add-columns.ts';

const OF_DEMONSTRATION = {
  columnNames: ['demonstrationId'],
  referencedTableName: 'demonstration',
  referencedColumnNames: ['demonstrationId'],
};
const TABLES = [
  'demonstration_served',
  'demonstration_credit_correction',
  'demonstration_credit',
  'demonstration_assessed',
];

/** Of a demonstration: who watched enough of it, what each of them is credited with, and when a server could note who was there. */
export class DemonstrationCredits1700000000270 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'demonstration', [
      { name: 'requiredPercent', type: 'integer', default: '80' },
      { name: 'assessment', type: 'long' },
      { name: 'credit', type: 'long' },
    ]);
    for (const table of tables(runner)) await runner.createTable(table);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of TABLES) await runner.dropTable(name);
    await dropColumns(runner, 'demonstration', ['requiredPercent', 'assessment', 'credit']);
    // An earlier version knows no way on from these states.
    await runner.query("UPDATE demonstration SET state = 'ended' WHERE state IN ('assessed', 'credited')");
  }
}

function tables(runner: QueryRunner): Table[] {
  const { flag, id, instant, integer, long } = tableColumns(runner);
  const ofPerson = [id('demonstrationId', { isPrimary: true }), id('accountId', { isPrimary: true }), id('facilityId')];
  return [
    new Table({
      name: 'demonstration_assessed',
      columns: [...ofPerson, integer('presentS'), integer('checksAsked'), integer('checksAnswered'), flag('qualifies')],
      foreignKeys: [OF_DEMONSTRATION],
      indices: [{ name: 'assessed_of_account', columnNames: ['accountId'] }],
    }),
    new Table({
      name: 'demonstration_credit',
      columns: [...ofPerson, integer('pointsTenths'), id('givenBy'), instant('givenAt')],
      foreignKeys: [OF_DEMONSTRATION],
      indices: [{ name: 'credit_of_account', columnNames: ['accountId'] }],
    }),
    new Table({
      name: 'demonstration_credit_correction',
      columns: [
        id('correctionId', { isPrimary: true }),
        id('demonstrationId'),
        id('accountId'),
        integer('beforeTenths'),
        integer('afterTenths'),
        long('reason'),
        id('correctedBy'),
        instant('at'),
      ],
      foreignKeys: [OF_DEMONSTRATION],
      indices: [
        { name: 'credit_correction_of', columnNames: ['demonstrationId'] },
        { name: 'credit_correction_of_account', columnNames: ['accountId'] },
      ],
    }),
    new Table({
      name: 'demonstration_served',
      columns: [id('servedId', { isPrimary: true }), id('demonstrationId'), instant('fromAt'), instant('toAt')],
      foreignKeys: [OF_DEMONSTRATION],
      indices: [{ name: 'served_of_demonstration', columnNames: ['demonstrationId', 'toAt'] }],
    }),
  ];
}
