import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { tableColumns } from '../columns.ts';

const OF_DEMONSTRATION = {
  columnNames: ['demonstrationId'],
  referencedTableName: 'demonstration',
  referencedColumnNames: ['demonstrationId'],
};
const TABLES = [
  'demonstration_reminder',
  'demonstration_enrolment',
  'demonstration_material',
  'demonstration_audience',
  'demonstration_seat',
  'demonstration',
];

/** Surgical demonstrations with their seats, audience, what is shown and who enrolled. */
export class Demonstrations1700000000200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(demonstrationTable(runner));
    for (const table of listTables(runner)) await runner.createTable(table);
    const { id, instant } = tableColumns(runner);
    await runner.createTable(
      new Table({
        name: 'demonstration_enrolment',
        columns: [
          id('demonstrationId', { isPrimary: true }),
          id('accountId', { isPrimary: true }),
          id('appointmentId'),
          id('facilityId'),
          instant('enrolledAt'),
          instant('withdrawnAt', { isNullable: true }),
        ],
        foreignKeys: [OF_DEMONSTRATION],
        indices: [
          { name: 'enrolment_of_account', columnNames: ['accountId', 'facilityId'] },
          { name: 'enrolment_of_facility', columnNames: ['facilityId'] },
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'demonstration_reminder',
        columns: [id('demonstrationId', { isPrimary: true }), instant('startsAt', { isPrimary: true }), instant('at')],
        foreignKeys: [OF_DEMONSTRATION],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of TABLES) await runner.dropTable(name);
  }
}

function demonstrationTable(runner: QueryRunner): Table {
  const { code, id, instant, integer, long, text } = tableColumns(runner);
  const open = { isNullable: true };
  return new Table({
    name: 'demonstration',
    columns: [
      id('demonstrationId', { isPrimary: true }),
      code('state', 16),
      integer('version'),
      id('facilityId'),
      id('surgeonId'),
      id('createdBy'),
      text('title', 100),
      // `procedure` is a word of SQL.
      text('procedureName', 200),
      long('description'),
      code('specialty', 8, open),
      text('room', 64),
      instant('startsAt', open),
      instant('endsAt', open),
      integer('capacity', open),
      id('consultationId', open),
      instant('askedAt', open),
      long('sentBackReason'),
      long('signOffs'),
      instant('enrolmentClosedAt', open),
      long('reason'),
      instant('createdAt'),
      instant('changedAt'),
      instant('beganAt', open),
      instant('endedAt', open),
    ],
    foreignKeys: [
      { columnNames: ['facilityId'], referencedTableName: 'facility', referencedColumnNames: ['facilityId'] },
    ],
    indices: [
      { name: 'demonstration_by_time', columnNames: ['state', 'startsAt'] },
      { name: 'demonstration_of_facility', columnNames: ['facilityId', 'startsAt'] },
      { name: 'demonstration_of_case', columnNames: ['consultationId'] },
    ],
  });
}

function listTables(runner: QueryRunner): Table[] {
  const { code, id, instant, integer } = tableColumns(runner);
  const place = [id('demonstrationId', { isPrimary: true }), integer('position', { isPrimary: true })];
  return [
    new Table({
      name: 'demonstration_seat',
      columns: [...place, code('seat', 16), id('accountId'), id('facilityId')],
      foreignKeys: [OF_DEMONSTRATION],
      indices: [{ name: 'demonstration_seat_of_account', columnNames: ['accountId', 'facilityId'] }],
    }),
    new Table({
      name: 'demonstration_audience',
      columns: [...place, code('kind', 16), id('invitedId')],
      foreignKeys: [OF_DEMONSTRATION],
      indices: [{ name: 'demonstration_audience_by_entry', columnNames: ['kind', 'invitedId'] }],
    }),
    new Table({
      name: 'demonstration_material',
      columns: [
        ...place,
        id('materialId'),
        id('listedBy'),
        id('checkedBy', { isNullable: true }),
        instant('checkedAt', { isNullable: true }),
        integer('checkedCount'),
      ],
      foreignKeys: [OF_DEMONSTRATION],
    }),
  ];
}
