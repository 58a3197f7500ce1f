import { type MigrationInterface, type QueryRunner, Table, TableColumn, TableIndex } from 'typeorm';
import type { NamedPatient } from '../../archive/study.ts';
import type { FieldSeal } from '../../patients/seal.ts';
import { isSealed } from '../../patients/seal.ts';
import { tableColumns } from '../columns.ts';
import { openNamedPatient, sealNamedPatient } from '../named-patients.ts';
import { fileNameContext, metadataContext, uploadNameContext } from '../seal-contexts.ts';
import { sealOf } from '../source-seal.ts';
import { eachRow } from './each-row.ts';

const COLUMNS = ['patientName', 'patientId', 'patientBirthDate', 'patientSex'];
const TABLES = [
  { table: 'study', key: ['facilityId', 'studyInstanceUid'] },
  { table: 'study_instance', key: ['facilityId', 'sopInstanceUid'] },
];

/** Whom stored objects name, what their headers say and what files are called is no longer readable in the database. */
export class SealedArchive1700000000075 implements MigrationInterface {
  /** MySQL commits every change of a table by itself: each step is left out where it was done before a break. */
  async up(runner: QueryRunner): Promise<void> {
    const { code, id, long } = tableColumns(runner);
    const seal = sealOf(runner.connection);
    if (!(await runner.hasTable('named_patient')))
      await runner.createTable(
        new Table({
          name: 'named_patient',
          columns: [code('patientKey', 64, { isPrimary: true }), id('facilityId'), code('idIndex'), long('sealed')],
          indices: [{ name: 'named_patient_id', columnNames: ['facilityId', 'idIndex'] }],
        }),
      );
    for (const { table } of TABLES)
      if (!(await runner.hasColumn(table, 'patientKey')))
        await runner.addColumn(table, new TableColumn(code('patientKey', 64, { default: "''" })));
    for (const each of TABLES)
      if (await runner.hasColumn(each.table, 'patientName')) await sealPatients(runner, seal, each);
    await widenNames(runner, 1200);
    await sealBlobs(runner, seal);
    await changeNames(runner, (name, context) => (isSealed(name) ? name : seal.seal(name, context)));
    const study = await runner.getTable('study');
    if (study?.indices.some((index) => index.name === 'study_patient'))
      await runner.dropIndex('study', 'study_patient');
    if (!study?.indices.some((index) => index.name === 'study_patient_key'))
      await runner.createIndex('study', new TableIndex({ name: 'study_patient_key', columnNames: ['patientKey'] }));
    for (const { table } of TABLES) if (await runner.hasColumn(table, 'patientName')) await dropColumns(runner, table);
  }

  async down(runner: QueryRunner): Promise<void> {
    const { text } = tableColumns(runner);
    const seal = sealOf(runner.connection);
    const isMysql = runner.connection.options.type === 'mysql';
    const unicode = (collation: string) => ({ default: "''", ...(isMysql ? { charset: 'utf8mb4', collation } : {}) });
    const exact = unicode('utf8mb4_bin');
    for (const { table, key } of TABLES) {
      const ofName = table === 'study' ? unicode('utf8mb4_unicode_520_ci') : exact;
      await runner.addColumns(table, [
        new TableColumn(text('patientName', 255, ofName)),
        new TableColumn(text('patientId', 128, exact)),
        new TableColumn(text('patientBirthDate', 16, exact)),
        new TableColumn(text('patientSex', 16, exact)),
      ]);
      await openPatients(runner, seal, { table, key });
    }
    await runner.dropIndex('study', 'study_patient_key');
    await runner.createIndex(
      'study',
      new TableIndex({ name: 'study_patient', columnNames: ['facilityId', 'patientId'] }),
    );
    for (const { table } of TABLES) await runner.dropColumn(table, 'patientKey');
    await runner.dropTable('named_patient');
    for await (const row of eachRow<Blob>(runner, 'instance_metadata', ['facilityId', 'sopInstanceUid'], ['json']))
      await setBlob(runner, row, seal.openBytes(row.json, metadataContext(row)));
    await changeNames(runner, (name, context) => seal.open(name, context));
    await widenNames(runner, 255);
  }
}

/** In one statement where that is possible: it makes a large table anew. */
async function dropColumns(runner: QueryRunner, table: string): Promise<void> {
  const drops = COLUMNS.map((column) => `DROP COLUMN ${column}`);
  const isMysql = runner.connection.options.type === 'mysql';
  for (const drop of isMysql ? [drops.join(', ')] : drops) await runner.query(`ALTER TABLE ${table} ${drop}`);
}

interface Keyed {
  table: string;
  key: string[];
}

async function sealPatients(runner: QueryRunner, seal: FieldSeal, { table, key }: Keyed): Promise<void> {
  const known = new Set<string>();
  const isMysql = runner.connection.options.type === 'mysql';
  const insert = `INSERT ${isMysql ? 'IGNORE' : 'OR IGNORE'} INTO named_patient (patientKey, facilityId, idIndex, sealed) VALUES (?, ?, ?, ?)`;
  type Row = NamedPatient & Record<string, string> & { facilityId: string };
  for await (const row of eachRow<Row>(runner, table, key, COLUMNS)) {
    const sealed = sealNamedPatient(seal, row.facilityId, row);
    if (!sealed) continue;
    const { patientKey, facilityId, idIndex } = sealed;
    if (!known.has(patientKey)) await runner.query(insert, [patientKey, facilityId, idIndex, sealed.sealed]);
    known.add(patientKey);
    await update(runner, { table, key }, row, { patientKey });
  }
}

async function openPatients(runner: QueryRunner, seal: FieldSeal, { table, key }: Keyed): Promise<void> {
  type Row = Record<string, string> & { facilityId: string; patientKey: string };
  for await (const row of eachRow<Row>(runner, table, key, ['patientKey'])) {
    if (row.patientKey === '') continue;
    const [found] = await runner.query('SELECT * FROM named_patient WHERE patientKey = ?', [row.patientKey]);
    await update(runner, { table, key }, row, { ...openNamedPatient(seal, found) });
  }
}

interface Blob {
  facilityId: string;
  sopInstanceUid: string;
  json: Buffer;
}

async function sealBlobs(runner: QueryRunner, seal: FieldSeal): Promise<void> {
  for await (const row of eachRow<Blob>(runner, 'instance_metadata', ['facilityId', 'sopInstanceUid'], ['json']))
    if (!isSealed(row.json)) await setBlob(runner, row, seal.sealBytes(row.json, metadataContext(row)));
}

async function setBlob(runner: QueryRunner, { facilityId, sopInstanceUid }: Blob, json: Buffer): Promise<void> {
  await runner.query('UPDATE instance_metadata SET json = ? WHERE facilityId = ? AND sopInstanceUid = ?', [
    json,
    facilityId,
    sopInstanceUid,
  ]);
}

/** Sealed text is longer. SQLite does not look at lengths. */
async function widenNames(runner: QueryRunner, length: number): Promise<void> {
  if (runner.connection.options.type !== 'mysql') return;
  await runner.query(`ALTER TABLE picture_file MODIFY name varchar(${length}) NOT NULL`);
  await runner.query(`ALTER TABLE upload MODIFY name varchar(${length}) NOT NULL DEFAULT ''`);
}

async function changeNames(runner: QueryRunner, change: (name: string, context: string) => string): Promise<void> {
  const files = { table: 'picture_file', key: ['facilityId', 'sha256'] };
  type File = Record<string, string> & { facilityId: string; sha256: string; name: string };
  for await (const row of eachRow<File>(runner, files.table, files.key, ['name']))
    await update(runner, files, row, { name: change(row.name, fileNameContext(row)) });
  const uploads = { table: 'upload', key: ['uploadId'] };
  type Announced = Record<string, string> & { uploadId: string; name: string };
  for await (const row of eachRow<Announced>(runner, uploads.table, uploads.key, ['name']))
    await update(runner, uploads, row, { name: change(row.name, uploadNameContext(row)) });
}

async function update(
  runner: QueryRunner,
  { table, key }: Keyed,
  row: Record<string, string>,
  values: Record<string, string>,
): Promise<void> {
  const set = Object.keys(values).map((column) => `${column} = ?`);
  const where = key.map((column) => `${column} = ?`);
  await runner.query(`UPDATE ${table} SET ${set.join(', ')} WHERE ${where.join(' AND ')}`, [
    ...Object.values(values),
    ...key.map((column) => row[column]),
  ]);
}
