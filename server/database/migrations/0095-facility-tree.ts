import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';
import { type AddedColumn, addColumns, dropColumns } from './add-columns.ts';
import { eachRow } from './each-row.ts';

const COLUMNS: AddedColumn[] = [
  { name: 'shortName', type: 'text', length: 32, default: "''" },
  { name: 'parentId', type: 'ascii', length: 36 },
  { name: 'orgCode22', type: 'ascii', length: 22 },
  { name: 'uscc18', type: 'ascii', length: 18 },
  { name: 'level', type: 'integer' },
  { name: 'grade', type: 'ascii', length: 8 },
  { name: 'departments', type: 'long' },
  { name: 'status', type: 'ascii', length: 16, default: "'active'" },
  { name: 'mergedIntoId', type: 'ascii', length: 36 },
  { name: 'statusReason', type: 'text', length: 1000, default: "''" },
  { name: 'version', type: 'integer', default: '1' },
  { name: 'changedAt', type: 'ascii', length: 24, default: "'1970-01-01T00:00:00.000Z'" },
];
const USCC = new TableIndex({ name: 'facility_uscc', columnNames: ['uscc18'], isUnique: true });

interface Department {
  name: string;
  code: string | null;
  answers: boolean;
}

/** Facilities stand in a tree, with their codes; what they answer for becomes departments. */
export class FacilityTree1700000000095 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'facility', COLUMNS);
    await runner.createIndex('facility', USCC);
    const rows = eachRow<{ facilityId: string; specialties: string }>(
      runner,
      'facility',
      ['facilityId'],
      ['specialties'],
    );
    for await (const { facilityId, specialties } of rows) {
      const departments = (JSON.parse(specialties) as string[]).map(
        (name): Department => ({ name, code: null, answers: true }),
      );
      const values = [JSON.stringify(departments), facilityId];
      await runner.query('UPDATE facility SET departments = ? WHERE facilityId = ?', values);
    }
    await dropColumns(runner, 'facility', ['specialties']);
  }

  async down(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'facility', [{ name: 'specialties', type: 'long' }]);
    const rows = eachRow<{ facilityId: string; departments: string }>(
      runner,
      'facility',
      ['facilityId'],
      ['departments'],
    );
    for await (const { facilityId, departments } of rows) {
      const names = (JSON.parse(departments) as Department[]).filter(({ answers }) => answers).map(({ name }) => name);
      const values = [JSON.stringify(names), facilityId];
      await runner.query('UPDATE facility SET specialties = ? WHERE facilityId = ?', values);
    }
    await runner.dropIndex('facility', USCC);
    await dropColumns(
      runner,
      'facility',
      COLUMNS.map(({ name }) => name),
    );
  }
}
