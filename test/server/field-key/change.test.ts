import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFaults } from '../../../server/audit/verify.ts';
import { openEvidenceFiles } from '../../../server/consents/evidence-files.ts';
import { createEvidenceSeal } from '../../../server/consents/evidence-seal.ts';
import { type Database, openDatabase } from '../../../server/database/database.ts';
import { ResealRefused } from '../../../server/database/field-key/reseal.ts';
import { seedDemoWithCases } from '../../../server/demo/cases.ts';
import { changeFieldKey } from '../../../server/field-key/change.ts';
import { openIdentifier, searchedIndices } from '../../../server/patients/identifiers.ts';
import { openGuardian, openPatient, sealGuardian } from '../../../server/patients/patient.ts';
import { registerPatient } from '../../../server/patients/registration.ts';
import { createFieldSeal } from '../../../server/patients/seal.ts';
import { createLog } from '../../../server/runtime/log.ts';
import { eachDatabase } from '../../support/each-database.ts';
import { makeConsultation, patient } from '../../support/make-case.ts';
import { TEST_SEAL } from '../../support/migrated.ts';
import { sealedValues } from '../../support/sealed-values.ts';
import { COUNTY, pictureFile } from '../../support/study-rows.ts';

/** As the environment gives it, the key of {@link TEST_SEAL}. */
const FORMER = '\u0007'.repeat(32);
const NEXT = 'another secret of more than thirty-two characters';
const nextSeal = createFieldSeal(Buffer.from(NEXT));
const FILE_NAME = '张建国 病理.svs';
const PHOTO = Buffer.from('a photograph').toString('base64');
const [EVIDENCE, AT] = [Buffer.from('a drawn signature'), '2026-12-01T01:00:00.000Z'];
const EVIDENCE_SHA256 = createHash('sha256').update(EVIDENCE).digest('hex');
/** Evidence from before it was sealed is not what this is about. */
const noOriginals = {} as Parameters<typeof openEvidenceFiles>[3];

const silently = { operator: 'root', tell: () => {} };
const settingsOf = (databaseUrl: string, dataDir: string) => ({
  databaseUrl,
  dataDir,
  fieldSecret: FORMER,
  nextFieldSecret: NEXT,
});

/** Something of everything that is sealed. */
async function fill(database: Database, dataDir: string) {
  const config = { dataDir, caseAccessMs: 30 * 86_400_000 };
  assert.ok(await seedDemoWithCases({ work: database, config, log: createLog('silent', 'test') }, new Date()));
  const doctor = await database.read.accounts.findByLogin('county-doctor');
  assert.ok(doctor);
  const { accountId, facilityId } = doctor;
  const consultationId = randomUUID();
  const unknownId = randomUUID();
  const unknown = {
    ...patient,
    idNumber: '',
    papers: { document: 'none', absence: 'unidentified', note: '' } as never,
  };
  const { patientIds } = await database.write(async (stores) => {
    const { consultations, secondFactors, practitioners, uploads, consents } = stores;
    const of = { consultationId, facilityId, at: AT };
    const guardian = { name: '张母', relation: 'parent' as const, phone: '13900005678' };
    const patientId = await registerPatient(stores, TEST_SEAL, { ...patient, guardian }, of);
    const unknownPatientId = await registerPatient(stores, TEST_SEAL, unknown, { ...of, consultationId: unknownId });
    const people = { requesterId: accountId, requesterFacilityId: facilityId, invitedFacilityId: null };
    const made = makeConsultation({ consultationId, patientId, ...people });
    const sealedGuardian = sealGuardian(TEST_SEAL, guardian, consultationId);
    await consultations.insert({ ...made, patient: { ...made.patient, guardian: sealedGuardian } });
    await consultations.insert(
      makeConsultation({
        consultationId: unknownId,
        patientId: unknownPatientId,
        caseNumber: 'HZ-230125-20260102-000020',
        patient: { ...made.patient, sealedIdNumber: '', maskedIdNumber: '', papers: unknown.papers, sealedPhone: '' },
        ...people,
      }),
    );
    const factor = { accountId, secret: 'ABCDEFGH', lastStep: 3, addedAt: AT, nextSecret: 'HGFEDCBA' };
    await secondFactors.putTotp(factor);
    await secondFactors.replaceRecoveryCodes(accountId, ['0000000000', '1111111111']);
    await practitioners.putPhoto({ accountId, sha256: 'a', data: PHOTO });
    await uploads.announce({
      ...{ uploadId: randomUUID(), consultationId, accountId, facilityId, name: '张建国的片子.dcm' },
      ...{ sizeBytes: 1, sha256: 'b'.repeat(64), state: 'announced', announcedAt: AT },
    } as never);
    const evidence = { consultationId, sha256: EVIDENCE_SHA256, mediaType: 'image/png' as const };
    await consents.insertEvidence({ ...evidence, sizeBytes: EVIDENCE.length, addedBy: accountId, addedAt: AT });
    return { patientIds: [patientId, unknownPatientId] };
  });
  const evidence = openEvidenceFiles(database, dataDir, createEvidenceSeal(Buffer.from(FORMER)), noOriginals);
  await evidence.keep(EVIDENCE_SHA256, EVIDENCE);
  return { accountId, facilityId, consultationId, unknownId, unknown, patientIds };
}

/** A value is damaged, and mended in the end. */
async function assertNothingChanges(url: string, dataDir: string): Promise<void> {
  const database = await openDatabase(url, TEST_SEAL);
  const rows = await database.query('SELECT facilityId, sha256, name FROM picture_file ORDER BY facilityId, sha256');
  const [{ facilityId, sha256, name }] = rows as [{ facilityId: string; sha256: string; name: string }];
  const update = (to: string) =>
    `UPDATE picture_file SET name = '${to}' WHERE facilityId = '${facilityId}' AND sha256 = '${sha256}'`;
  await database.query(update('gcm1:damaged'));
  const damaged = await sealedValues(database);
  await database.close();
  await assert.rejects(
    changeFieldKey(settingsOf(url, dataDir), silently),
    new RegExp(`picture_file ${facilityId} ${sha256} opens under neither key`),
  );
  const after = await openDatabase(url, TEST_SEAL);
  assert.deepEqual(await sealedValues(after), damaged);
  await after.query(update(name));
  await after.close();
}

eachDatabase('the key that seals fields', (open, newUrl, newEmptyUrl) => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'huizhen-field-key-'));
  });
  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  it('stays where a value opens under neither, whose row is named, and else gives way, however often that breaks off: all opens under the new one, is found, and nothing under the former one', async () => {
    const url = await newUrl();
    const before = await openDatabase(url, TEST_SEAL);
    const made = await fill(before, dataDir);
    const [former, studies] = [await sealedValues(before), await listStudies(before, made)];
    await before.close();
    assert.ok(former.size > 30, `${former.size} sealed values`);
    await assertNothingChanges(url, dataDir);

    let breaks = 0;
    for (let isDone = false; !isDone; ) {
      let batches = 0;
      const tell = () => {
        batches += 1;
        if (batches > breaks) throw new Error('the power fails');
      };
      try {
        await changeFieldKey(settingsOf(url, dataDir), { operator: 'root', tell });
        isDone = true;
      } catch (error) {
        assert.match((error as Error).message, /the power fails/);
        breaks += 1;
        // Opening is what costs here: one of the two at a time.
        await assert.rejects(openDatabase(url, breaks % 2 === 0 ? TEST_SEAL : nextSeal), /is being changed/);
      }
    }
    assert.ok(breaks > 10, `broke off after each of ${breaks} batches`);

    await assert.rejects(openDatabase(url, TEST_SEAL), /FIELD_SECRET/);
    const after = await openDatabase(url, nextSeal);
    try {
      const changed = await sealedValues(after);
      assert.ok([...changed.keys()].every((one) => !former.has(one)));
      assert.equal(changed.size, former.size, 'none is lost, none is there twice');
      assert.deepEqual(await listStudies(after, made), studies);
      await assertAll(after, made);
      const evidence = openEvidenceFiles(after, dataDir, createEvidenceSeal(Buffer.from(NEXT)), noOriginals);
      assert.deepEqual(await evidence.read(EVIDENCE_SHA256), EVIDENCE);
      const acts = await after.read.audit.list({ limit: 40 });
      const [done, ...earlier] = acts.filter(({ action }) => action.startsWith('field-key:'));
      assert.deepEqual([done?.action, done?.detail['newKey']], ['field-key:change', nextSeal.keyId]);
      assert.deepEqual([earlier.length, earlier.at(-1)?.detail['recoveryCodesOf']], [breaks + 1, 1]);
      assert.deepEqual((await findFaults(after.read.audit)).faults, []);
    } finally {
      await after.close();
    }
    assert.equal((await changeFieldKey(settingsOf(url, dataDir), silently)).resealed, 0, 'it is done');
  });

  it('stays as it is while a server has the database open, and that server goes on', async () => {
    const url = await newUrl();
    const running = await open(url);
    await keepFile(running, 'a');
    await assert.rejects(
      changeFieldKey(settingsOf(url, dataDir), silently),
      (error: Error) => error instanceof ResealRefused && error.why === 'in-use',
    );
    const { sha256 } = await keepFile(running, 'b');
    assert.equal((await running.read.studies.findFile(COUNTY, sha256))?.name, FILE_NAME);
    await (await openDatabase(url, TEST_SEAL)).close();
  });

  it('is told from another one from the first sealed value on, whatever that is', async () => {
    const url = await newEmptyUrl();
    await (await openDatabase(url, nextSeal)).close();
    const database = await openDatabase(url, TEST_SEAL);
    await keepFile(database, 'a');
    await database.close();
    await assert.rejects(openDatabase(url, nextSeal), /FIELD_SECRET/);
    await assert.rejects(
      changeFieldKey(
        { ...settingsOf(url, dataDir), fieldSecret: 'a secret of nobody, thirty-two characters' },
        silently,
      ),
      /FIELD_SECRET/,
    );
    await (await openDatabase(url, TEST_SEAL)).close();
  });
});

describe('the file of the key that seals fields', function () {
  this.timeout(180_000);
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'huizhen-field-key-'));
  });
  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  it('is changed last, and the former one is kept for backups from before', async () => {
    const url = `sqlite:${join(dataDir, 'huizhen.sqlite')}`;
    await writeFile(join(dataDir, 'field.key'), FORMER);
    const database = await openDatabase(url, TEST_SEAL);
    await keepFile(database, 'a');
    await database.close();
    const inFile = { databaseUrl: url, dataDir, fieldSecret: undefined, nextFieldSecret: undefined };
    const { formerFile, place } = await changeFieldKey(inFile, silently);
    assert.deepEqual([place, formerFile], ['file', join(dataDir, `field.key.${TEST_SEAL.keyId}`)]);
    assert.equal(await readFile(formerFile ?? '', 'utf8'), FORMER);
    const current = await readFile(join(dataDir, 'field.key'));
    await (await openDatabase(url, createFieldSeal(current))).close();
    const { formerFile: second } = await changeFieldKey({ ...inFile, nextFieldSecret: NEXT }, silently);
    await (await openDatabase(url, nextSeal)).close();
    assert.deepEqual((await readFile(second ?? '')).toString('hex'), current.toString('hex'));
    const keys = (await readdir(dataDir)).filter((name) => name.startsWith('field.key'));
    assert.equal(keys.length, 2, 'no server takes a former one for the one that is good');
    assert.ok(!keys.includes('field.key'));
    await assert.rejects(changeFieldKey({ ...inFile, fieldSecret: NEXT }, silently), /NEXT_FIELD_SECRET/);
    await assert.rejects(
      changeFieldKey({ ...inFile, fieldSecret: NEXT, nextFieldSecret: NEXT }, silently),
      /is the key that is in use/,
    );
  });
});

/** One sealed value. */
const keepFile = (database: Database, digit: string) =>
  database.write(({ studies }) => studies.insertFile(pictureFile(COUNTY, digit, { name: FILE_NAME })));

type Filled = Awaited<ReturnType<typeof fill>>;

async function listStudies({ read: { studies } }: Database, { facilityId }: Filled) {
  const found = await studies.searchStudies({ facilityId }, [], { offset: 0, limit: 50 });
  assert.ok(found.length > 0 && found.some(({ patientName }) => patientName !== ''));
  const instances = await studies.listInstances({ facilityId }, {});
  return { found, instances, metadata: await studies.listMetadata(instances) };
}

/** What people know of it is what they knew before. */
async function assertAll(database: Database, made: Filled): Promise<void> {
  const { accountId, facilityId, consultationId, unknownId, unknown, patientIds } = made;
  const [patientId, unknownPatientId] = patientIds;
  assert.ok(patientId && unknownPatientId);
  const { read } = database;
  const totp = await read.secondFactors.findTotp(accountId);
  assert.deepEqual([totp?.secret, totp?.nextSecret, totp?.lastStep], ['ABCDEFGH', 'HGFEDCBA', 3]);
  assert.equal(await read.secondFactors.countRecoveryCodes(accountId), 0, 'nothing knows what these were');
  assert.equal((await read.practitioners.findPhoto(accountId))?.data, PHOTO);
  const numbers = await read.patients.listIdentifiers([patientId]);
  assert.deepEqual(numbers.map((one) => openIdentifier(nextSeal, one)).sort(), [patient.phone, patient.idNumber]);
  assert.ok(
    numbers.every(({ numberIndex, kind }) =>
      searchedIndices(nextSeal, kind === 'phone' ? patient.phone : patient.idNumber).includes(numberIndex),
    ),
  );
  const [guardian] = await read.patients.listGuardians([patientId]);
  assert.equal(guardian && openGuardian(nextSeal, guardian, patientId).phone, '13900005678');
  const found = await read.consultations.find(consultationId);
  assert.ok(found);
  const opened = openPatient(nextSeal, found.patient, consultationId);
  assert.deepEqual(
    [opened.idNumber, opened.phone, opened.guardian?.phone],
    [patient.idNumber, patient.phone, '13900005678'],
  );
  const again = await database.write(async (stores) => {
    const of = { facilityId, at: AT };
    return [
      await registerPatient(stores, nextSeal, patient, { ...of, consultationId: randomUUID() }),
      await registerPatient(stores, nextSeal, unknown, { ...of, consultationId: unknownId }),
    ];
  });
  assert.deepEqual(again, patientIds, 'nobody is entered a second time');
}
