import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import type { DataSource, ObjectLiteral } from 'typeorm';
import { type Database, openDatabase } from '../../../server/database/database.ts';
import { AnnotationActs1700000000035 } from '../../../server/database/migrations/0035-annotation-acts.ts';
import { SealedArchive1700000000075 } from '../../../server/database/migrations/0075-sealed-archive.ts';
import { migrations } from '../../../server/database/migrations/index.ts';
import { createFieldSeal } from '../../../server/patients/seal.ts';
import { eachDatabase } from '../../support/each-database.ts';
import { eventually } from '../../support/eventually.ts';
import { makeConsultation } from '../../support/make-case.ts';
import { TEST_SEAL } from '../../support/migrated.ts';
import { openOlderDatabase } from '../../support/older-database.ts';
import { lengthTo, target } from '../../support/review-moves.ts';
import { AT, COUNTY, instance, material, pictureFile, series, study } from '../../support/study-rows.ts';

const ENCAPSULATED_PDF = '1.2.840.10008.5.1.4.1.1.104.1';
const PATIENT = { patientName: 'WANG^FANG=王^芳', patientId: 'ID-4711', patientBirthDate: '19700203', patientSex: 'F' };
const METADATA = {
  '00100010': { vr: 'PN', Value: [{ Alphabetic: 'WANG^FANG', Ideographic: '王^芳' }] },
  '00100020': { vr: 'LO', Value: ['ID-4711'] },
  '00100030': { vr: 'DA', Value: ['19700203'] },
  '00100040': { vr: 'CS', Value: ['F'] },
};
const FILE_NAME = '王芳 病理.svs';
const BEFORE = migrations.slice(0, migrations.indexOf(AnnotationActs1700000000035));
const STEPS_TO_CLEAR = migrations.length - migrations.indexOf(SealedArchive1700000000075);

async function insert(source: DataSource, table: string, row: ObjectLiteral): Promise<void> {
  await source.createQueryBuilder().insert().into(table, Object.keys(row)).values(row).execute();
}

const of = study(COUNTY, 1, PATIENT);
const [images, papers, onlyPapers] = [series(of, 1), series(of, 2), series(study(COUNTY, 2, PATIENT), 1)];
const ct = instance(images, 1);
const report = instance(papers, 1, { sopClassUid: ENCAPSULATED_PDF });
const letter = instance(onlyPapers, 1, { sopClassUid: ENCAPSULATED_PDF });
const file = pictureFile(COUNTY, 'a', { name: FILE_NAME });
const [authorId, annotationId, accountId, facilityId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
const {
  kind: _f,
  kindChange: _c,
  handOver: _h,
  metAt: _m,
  amendment: _a,
  terms: _t,
  parties: _p,
  ...consultation
} = makeConsultation();
const { consultationId } = consultation;
const both = material(consultationId, { studyInstanceUid: of.studyInstanceUid });
const alone = material(consultationId, { studyInstanceUid: letter.studyInstanceUid });
const upload = {
  uploadId: randomUUID(),
  consultationId,
  accountId,
  facilityId: COUNTY,
  name: FILE_NAME,
  sizeBytes: 7,
  sha256: 'b'.repeat(64),
  state: 'receiving' as const,
  announcedAt: AT,
};

/** Rows as the version before annotation acts wrote them. */
async function fill(url: string): Promise<void> {
  const source = await openOlderDatabase(url, BEFORE);
  await source.runMigrations();
  const { patient, diagnosis, consent, ...plain } = consultation;
  const asText = { patient, diagnosis, consent };
  const json = Object.fromEntries(Object.entries(asText).map(([name, value]) => [name, JSON.stringify(value)]));
  await insert(source, 'consultation', { ...plain, ...json });
  await insert(source, 'facility', {
    facilityId,
    name: '县医院',
    tier: 'county',
    region6: '610100',
    specialties: '[]',
  });
  const person = { name: '李春梅', title: '', role: 'referring-physician', specialty: null, isActive: 1 };
  const lockout = { failedAttempts: 3, lockedUntil: AT };
  await insert(source, 'account', { accountId, login: 'li', ...person, facilityId, passwordHash: 'x', ...lockout });
  await insert(source, 'session', {
    ...{ sessionId: randomUUID(), accountId, kind: 'browser', secretHash: 'c'.repeat(64) },
    ...{ openedAt: AT, usedAt: AT, expiresAt: AT },
  });
  const annotation = { annotationId, consultationId, target, shape: lengthTo(1) };
  const [targetText, shape] = [JSON.stringify(annotation.target), JSON.stringify(annotation.shape)];
  await insert(source, 'annotation', {
    ...annotation,
    target: targetText,
    shape,
    revision: 1,
    authorId,
    changedAt: AT,
  });
  for (const one of [of, study(COUNTY, 2, PATIENT)]) await insert(source, 'study', one);
  for (const one of [ct, report, letter]) {
    const { patientName: _n, patientId: _i, patientBirthDate: _b, patientSex: _s, pageCount: _p, ...row } = one;
    await insert(source, 'study_instance', { ...row, showsLabel: 0 });
    const { sopInstanceUid, studyInstanceUid, seriesInstanceUid } = one;
    const metadata = gzipSync(JSON.stringify(METADATA));
    await insert(source, 'instance_metadata', { facilityId: COUNTY, sopInstanceUid, json: metadata });
    const { materialId } = one === letter ? alone : both;
    const at = { facilityId: COUNTY, studyInstanceUid, seriesInstanceUid, sopInstanceUid };
    await insert(source, 'material_instance', { consultationId, materialId, ...at });
  }
  for (const one of [both, alone]) await insert(source, 'material', one);
  const { pageCount: _count, ...fileRow } = file;
  await insert(source, 'picture_file', fileRow);
  await insert(source, 'upload', upload);
  await source.destroy();
}

eachDatabase('a database of the first version with cases in it', (open, _, newEmptyUrl) => {
  it('shows after all updates who drew what, which pictures are documents, whom they name, and its accounts, and holds no name readable', async () => {
    const url = await newEmptyUrl();
    await fill(url);
    const database = await open(url);
    const { accounts, consultations, materials, review, studies, uploads } = database.read;
    assert.equal((await consultations.find(consultationId))?.question, consultation.question);
    const [mark] = await review.listAnnotationsSince(consultationId, 0);
    assert.deepEqual([mark?.annotationId, mark?.authorId, mark?.changedById], [annotationId, authorId, authorId]);
    assert.deepEqual(mark?.shape, lengthTo(1));
    assert.deepEqual(await review.listActs(consultationId, authorId, 10), []);

    const listed = await materials.list(consultationId);
    assert.deepEqual(
      listed.map((one) => `${one.kind} ${one.studyInstanceUid}`).sort(),
      ['documents 1.2.1', 'documents 1.2.2', 'imaging 1.2.1'],
      'papers are documents of their own, and a study of papers alone has no images',
    );
    for (const one of listed) {
      const wanted = one.kind === 'imaging' ? ct : one.studyInstanceUid === '1.2.1' ? report : letter;
      const found = await materials.listInstances(one.materialId);
      assert.deepEqual(
        found.map((row) => ({ ...row, showsLabel: Boolean(row.showsLabel) })),
        [{ ...wanted, ...PATIENT }],
      );
      const [metadata] = await studies.listMetadata(found);
      assert.deepEqual(Buffer.from(metadata ?? []), gzipSync(JSON.stringify(METADATA)));
    }
    assert.deepEqual(await studies.getStudy(COUNTY, '1.2.1'), of);
    const search = { level: 'study', field: 'patientName', kind: 'wildcard', pattern: '王*', isName: true } as const;
    assert.equal((await studies.searchStudies({ facilityId: COUNTY }, [search], { offset: 0, limit: 9 })).length, 2);
    assert.deepEqual(await studies.findFile(COUNTY, file.sha256), file);
    assert.deepEqual(await uploads.find(upload.uploadId), upload);
    assert.equal((await accounts.findByLogin('li'))?.name, '李春梅');
    const [row] = (await database.query('SELECT * FROM account')) as ObjectLiteral[];
    assert.ok(row && !('failedAttempts' in row) && !('lockedUntil' in row));
    await holdsNothingReadable(database, url);
  });

  async function holdsNothingReadable(database: Database, url: string): Promise<void> {
    const tables = ['study', 'study_instance', 'instance_metadata', 'named_patient', 'picture_file', 'upload'];
    for (const table of tables) {
      const rows = (await database.query(`SELECT * FROM ${table}`)) as ObjectLiteral[];
      assert.ok(rows.length > 0, table);
      for (const value of rows.flatMap((row) => Object.values(row))) {
        const text = Buffer.isBuffer(value) ? value.toString('latin1') : String(value);
        assert.doesNotMatch(text, /WANG|FANG|王|芳|ID-4711|19700203/, table);
      }
    }
    if (!url.startsWith('sqlite:')) return;
    const path = url.slice('sqlite:'.length);
    for (const name of [path, `${path}-wal`]) {
      const bytes = await readFile(name);
      for (const clear of ['WANG^FANG', 'ID-4711', FILE_NAME, '\u001f\u008b\u0008'])
        assert.equal(bytes.includes(Buffer.from(clear, clear.startsWith('\u001f') ? 'latin1' : 'utf8')), false, clear);
    }
  }

  it('is not opened under another key, and can be given back to the version before with everything as it was', async () => {
    const url = await newEmptyUrl();
    await fill(url);
    await (await openDatabase(url, TEST_SEAL)).close();
    await assert.rejects(openDatabase(url, createFieldSeal(Buffer.alloc(32, 8))), /FIELD_SECRET/);
    const source = await openOlderDatabase(url, migrations);
    if (source.options.type === 'mysql')
      await eventually('what was refused holds no connection', async () => {
        const [{ others }] = await source.query(
          'SELECT COUNT(*) AS others FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID()',
        );
        return Number(others) === 0;
      });
    for (let step = 0; step < STEPS_TO_CLEAR; step += 1) await source.undoLastMigration();
    const [row] = await source.query("SELECT * FROM study_instance WHERE sopInstanceUid = '1.2.1.1.1'");
    for (const [name, value] of Object.entries(PATIENT)) assert.equal(row[name], value);
    const [blob] = await source.query('SELECT json FROM instance_metadata');
    assert.deepEqual(Buffer.from(blob.json), gzipSync(JSON.stringify(METADATA)));
    assert.equal((await source.query('SELECT name FROM picture_file'))[0].name, FILE_NAME);
    assert.equal((await source.query('SELECT name FROM upload'))[0].name, FILE_NAME);
    await source.destroy();
  });
});
