import { gunzipSync } from 'node:zlib';
import { type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm';
import { tableColumns } from '../columns.ts';

const COLUMNS = ['patientName', 'patientId', 'patientBirthDate', 'patientSex'];
const BATCH = 200;

/** Whom each stored object names. A study's row says it of the first object only, which hid a second patient under one Study UID. */
export class InstancePatients1700000000045 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const { text } = tableColumns(runner);
    const isMysql = runner.connection.options.type === 'mysql';
    const unicode = isMysql ? { charset: 'utf8mb4', collation: 'utf8mb4_bin' } : {};
    const empty = { default: "''", ...unicode };
    await runner.addColumns('study_instance', [
      new TableColumn(text('patientName', 255, empty)),
      new TableColumn(text('patientId', 128, empty)),
      new TableColumn(text('patientBirthDate', 16, empty)),
      new TableColumn(text('patientSex', 16, empty)),
    ]);
    await fillIn(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumns('study_instance', COLUMNS);
  }
}

interface StoredMetadata {
  facilityId: string;
  sopInstanceUid: string;
  json: Uint8Array;
}

/** Of what was stored before, the kept metadata tells. */
async function fillIn(runner: QueryRunner): Promise<void> {
  let after = { facilityId: '', sopInstanceUid: '' };
  for (;;) {
    const found: StoredMetadata[] = await runner.query(
      'SELECT facilityId, sopInstanceUid, json FROM instance_metadata WHERE facilityId > ? OR (facilityId = ? AND sopInstanceUid > ?) ' +
        `ORDER BY facilityId, sopInstanceUid LIMIT ${BATCH}`,
      [after.facilityId, after.facilityId, after.sopInstanceUid],
    );
    for (const { facilityId, sopInstanceUid, json } of found)
      await runner.query(
        'UPDATE study_instance SET patientName = ?, patientId = ?, patientBirthDate = ?, patientSex = ? ' +
          'WHERE facilityId = ? AND sopInstanceUid = ?',
        [...patientIn(json), facilityId, sopInstanceUid],
      );
    const last = found.at(-1);
    if (!last) return;
    after = last;
  }
}

interface Element {
  Value?: unknown[];
}

/** Name, ID, birth date and sex in DICOM JSON (PS3.18 annex F), cut to the columns' width. */
function patientIn(json: Uint8Array): string[] {
  const elements = parse(json);
  const [name] = elements['00100010']?.Value ?? [];
  const groups = (typeof name === 'object' && name !== null ? name : {}) as Record<string, string | undefined>;
  const stored = [groups['Alphabetic'], groups['Ideographic'], groups['Phonetic']].map((group) => group ?? '');
  const text = (tag: string, length: number) => String(elements[tag]?.Value?.[0] ?? '').slice(0, length);
  return [
    stored.join('=').replace(/=+$/, '').slice(0, 255),
    text('00100020', 128),
    text('00100030', 16),
    text('00100040', 16),
  ];
}

/** The store's own tests keep other bytes there; a database that cannot be read must not be unable to start. */
function parse(json: Uint8Array): Record<string, Element | undefined> {
  try {
    return JSON.parse(gunzipSync(json).toString('utf8')) as Record<string, Element | undefined>;
  } catch {
    return {};
  }
}
