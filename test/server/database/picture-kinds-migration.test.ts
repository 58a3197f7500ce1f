import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { DataSource, ObjectLiteral } from 'typeorm';
import { PictureKinds1700000000021 } from '../../../server/database/migrations/0021-picture-kinds.ts';
import { migrations } from '../../../server/database/migrations/index.ts';
import { eachDatabase } from '../../support/each-database.ts';
import { openOlderDatabase } from '../../support/older-database.ts';
import { add, attach, COUNTY, instance, material, pictureFile, series, study } from '../../support/study-rows.ts';

const TABLES = ['study_instance', 'material', 'material_instance', 'upload'];
const WHOLE_SLIDE = '1.2.840.10008.5.1.4.1.1.77.1.6';
/** What a later migration added. */
const LATER = ['pageCount', 'patientName', 'patientId', 'patientBirthDate', 'patientSex'];
const CT_METADATA = {
  '00100010': { vr: 'PN', Value: [{ Alphabetic: 'Wang^Fang', Ideographic: '王^芳' }] },
  '00100020': { vr: 'LO', Value: ['P002'] },
  '00100030': { vr: 'DA' },
  '00100040': { vr: 'CS', Value: ['F'] },
};
const CT_PATIENT = { patientName: 'Wang^Fang=王^芳', patientId: 'P002', patientBirthDate: '', patientSex: 'F' };
const [MINE, YOURS] = [randomUUID(), randomUUID()];

type UpTo = 'before' | 'this' | 'newest';
const AT = migrations.indexOf(PictureKinds1700000000021);
/** How many migrations lead back from the newest to before this one. */
const STEPS_BACK = migrations.length - AT;

/** The database as a program knows it whose newest migration is this one, the one before it, or today's. */
async function openSource(url: string, upTo: UpTo): Promise<DataSource> {
  const known = migrations.slice(0, { before: AT, this: AT + 1, newest: undefined }[upTo]);
  return openOlderDatabase(url, known);
}

async function withSource<T>(url: string, upTo: UpTo, work: (source: DataSource) => Promise<T>): Promise<T> {
  const source = await openSource(url, upTo);
  try {
    return await work(source);
  } finally {
    await source.destroy();
  }
}

async function insert(source: DataSource, table: string, row: ObjectLiteral): Promise<void> {
  await source.createQueryBuilder().insert().into(table, Object.keys(row)).values(row).execute();
}

/** Every column, index and key, however they are ordered. */
async function schemaOf(source: DataSource): Promise<string[]> {
  const runner = source.createQueryRunner();
  const tables = await runner.getTables(TABLES);
  await runner.release();
  const lines = tables.flatMap(({ name, columns, indices, uniques }) => [
    ...columns.map((column) => {
      const { type, length, isNullable, isPrimary, default: byDefault, charset, collation } = column;
      return `${name} ${column.name} ${JSON.stringify([type, length, isNullable, isPrimary, byDefault, charset, collation])}`;
    }),
    ...indices.map((index) => `${name} index ${index.name} ${index.isUnique} ${index.columnNames.join()}`),
    ...uniques.map((unique) => `${name} unique ${unique.name} ${unique.columnNames.join()}`),
  ]);
  return lines.sort();
}

async function rowsOf(source: DataSource, columns: Record<string, string[]>): Promise<ObjectLiteral> {
  const found: ObjectLiteral = {};
  for (const [table, names] of Object.entries(columns)) {
    const rows: ObjectLiteral[] = await source.query(`SELECT * FROM ${table}`);
    found[table] = rows.map((row) => JSON.stringify(names.map((name) => String(row[name])))).sort();
  }
  return found;
}

const without = (row: ObjectLiteral, ...names: string[]): ObjectLiteral =>
  Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name)));

eachDatabase('a database from before ECGs and slides', (open, _, newEmptyUrl) => {
  const of = study(COUNTY, 1);
  const [images, slides] = [series(of, 1), series(of, 2, { modality: 'SM' })];
  const ct = instance(images, 1);
  const sm = instance(slides, 1, { sopClassUid: WHOLE_SLIDE });
  const before = {
    first: material(MINE, { studyInstanceUid: of.studyInstanceUid }),
    second: material(MINE, { studyInstanceUid: '1.2.2' }),
    elsewhere: material(YOURS, { studyInstanceUid: of.studyInstanceUid }),
  };
  const upload = {
    uploadId: randomUUID(),
    consultationId: MINE,
    accountId: randomUUID(),
    facilityId: COUNTY,
    sizeBytes: 2 ** 40,
    sha256: 'a'.repeat(64),
    state: 'receiving' as const,
    announcedAt: '2026-01-01T00:00:00.000Z',
  };
  /** Rows as that version wrote them, and what else its tables held. */
  const filled = async (url: string) =>
    withSource(url, 'before', async (source) => {
      await source.runMigrations();
      for (const each of [ct, sm]) await insert(source, 'study_instance', without(each, 'showsLabel', ...LATER));
      const json = gzipSync(JSON.stringify(CT_METADATA));
      await insert(source, 'instance_metadata', { facilityId: COUNTY, sopInstanceUid: ct.sopInstanceUid, json });
      for (const each of Object.values(before))
        await insert(source, 'material', without(each, 'kind', 'facilityId', 'fileSha256'));
      for (const { facilityId, studyInstanceUid, seriesInstanceUid, sopInstanceUid } of [ct, sm]) {
        const at = { facilityId, studyInstanceUid, seriesInstanceUid, sopInstanceUid };
        await insert(source, 'material_instance', { consultationId: MINE, materialId: before.first.materialId, ...at });
      }
      await insert(source, 'upload', upload);
      const columns: Record<string, string[]> = {};
      for (const table of TABLES) {
        const [row] = await source.query(`SELECT * FROM ${table}`);
        columns[table] = Object.keys(row);
      }
      return { columns, schema: await schemaOf(source), rows: await rowsOf(source, columns) };
    });

  it('keeps its rows: what was attached are images, whoever they name, and a slide counts as showing its label', async () => {
    const url = await newEmptyUrl();
    await filled(url);
    const database = await open(url);
    const { materials, studies, uploads } = database.read;
    const listed = [...(await materials.list(MINE)), ...(await materials.list(YOURS))];
    assert.deepEqual(
      new Map(listed.map((row) => [row.materialId, { ...row }])),
      new Map(Object.values(before).map((row) => [row.materialId, row])),
    );
    const found = await materials.listInstances(before.first.materialId);
    assert.deepEqual(
      new Map(found.map((row) => [row.sopInstanceUid, { ...row }])),
      new Map(
        [
          { ...ct, ...CT_PATIENT },
          { ...sm, showsLabel: true },
        ].map((row) => [row.sopInstanceUid, row]),
      ),
    );
    assert.deepEqual({ ...(await uploads.find(upload.uploadId)) }, { ...upload, name: '' });
    assert.equal(await studies.findFile(COUNTY, upload.sha256), undefined);
  });

  it('takes what is attached from now on, each study once of each kind', async () => {
    const url = await newEmptyUrl();
    await filled(url);
    const database = await open(url);
    const put = (made: ReturnType<typeof material>) => database.write(({ materials }) => materials.insert(made));
    const again = await put(material(MINE, { studyInstanceUid: of.studyInstanceUid }));
    assert.equal(again.materialId, before.first.materialId, 'images of a study that was attached before');
    const ecg = material(MINE, { kind: 'ecg', studyInstanceUid: of.studyInstanceUid });
    assert.deepEqual({ ...(await put(ecg)) }, ecg);
    const file = material(MINE, { kind: 'ecg', facilityId: COUNTY, fileSha256: 'f'.repeat(64) });
    assert.deepEqual({ ...(await put(file)) }, file);
    for (const { materialId, ...row } of [before.first, ecg, file]) {
      const values = [randomUUID(), row.consultationId, row.kind, row.studyInstanceUid, row.facilityId, row.fileSha256];
      const columns = 'materialId, consultationId, kind, studyInstanceUid, facilityId, fileSha256, addedBy, addedAt';
      const twice = `INSERT INTO material (${columns}) VALUES ('${[...values, row.addedBy, row.addedAt].join("', '")}')`;
      await assert.rejects(database.query(twice), /UNIQUE constraint failed|Duplicate entry/, `${row.kind} twice`);
    }
    const announced = await database.write((stores) =>
      stores.uploads.announce({ ...upload, uploadId: randomUUID(), name: 'IM1' }),
    );
    assert.deepEqual([announced.uploadId, announced.name], [upload.uploadId, 'IM1']);
  });

  it('can go back to the version before, and forward again', async () => {
    const url = await newEmptyUrl();
    const { columns, schema, rows } = await filled(url);
    await withSource(url, 'this', async (source) => {
      await source.runMigrations();
      const now = await schemaOf(source);
      for (const line of schema.filter((one) => !one.includes('material_study ')))
        assert.ok(now.includes(line), `kept on the way forward: ${line}`);
      await source.undoLastMigration();
      assert.deepEqual(await schemaOf(source), schema);
      assert.deepEqual(await rowsOf(source, columns), rows);
      await assert.rejects(source.query('SELECT * FROM picture_file'), /no such table|doesn't exist/);
      await source.runMigrations();
      assert.deepEqual(await schemaOf(source), now);
    });
    assert.equal((await (await open(url)).read.materials.list(MINE)).length, 2);
  });

  it('goes back with all DICOM objects of a study in one material, and without other files', async () => {
    const url = await newEmptyUrl();
    const { schema } = await filled(url);
    const database = await open(url);
    const slide = instance(slides, 2, { sopClassUid: WHOLE_SLIDE, showsLabel: true });
    await add(database, of, [slides, [slide]]);
    await attach(database, MINE, [slide], 'pathology');
    await database.write(async ({ studies, materials }) => {
      await studies.insertFile(pictureFile(COUNTY, 'b'));
      for (const fileSha256 of ['b'.repeat(64), 'c'.repeat(64)])
        await materials.insert(material(MINE, { kind: 'pathology', facilityId: COUNTY, fileSha256 }));
    });
    await withSource(url, 'newest', async (source) => {
      for (let step = 0; step < STEPS_BACK; step += 1) await source.undoLastMigration();
      assert.deepEqual(await schemaOf(source), schema);
      const left: ObjectLiteral[] = await source.query('SELECT * FROM material');
      assert.deepEqual(
        left.map((row) => `${row['consultationId']} ${row['studyInstanceUid']}`).sort(),
        [`${MINE} 1.2.1`, `${MINE} 1.2.2`, `${YOURS} 1.2.1`].sort(),
      );
      const joined = left.find((row) => row['consultationId'] === MINE && row['studyInstanceUid'] === '1.2.1');
      const instances: ObjectLiteral[] = await source.query('SELECT * FROM material_instance');
      assert.deepEqual(
        instances.map((row) => `${row['materialId']} ${row['sopInstanceUid']}`).sort(),
        [ct, sm, slide].map(({ sopInstanceUid }) => `${joined?.['materialId']} ${sopInstanceUid}`).sort(),
      );
      assert.equal((await source.query('SELECT * FROM study_instance')).length, 3, 'the archive keeps every instance');
    });
  });
});
