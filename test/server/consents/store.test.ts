import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { DataSource, ObjectLiteral } from 'typeorm';
import { admitOnSubmit } from '../../../server/cases/give-grants.ts';
import type { StoredConsent } from '../../../server/consents/store.ts';
import { withdrawalsOf } from '../../../server/consents/withdrawals.ts';
import type { Consent } from '../../../server/contract/index.ts';
import { Consents1700000000151 } from '../../../server/database/migrations/0151-consents.ts';
import { migrations } from '../../../server/database/migrations/index.ts';
import { consentedScopes } from '../../../server/patients/consented-scopes.ts';
import { openGuardian, sealGuardian } from '../../../server/patients/patient.ts';
import { registerPatient } from '../../../server/patients/registration.ts';
import { eachDatabase } from '../../support/each-database.ts';
import { placeAgreement, placeFacility } from '../../support/facility-world.ts';
import { COUNTY, makeCaller, makeConsultation, PROVINCE, patient } from '../../support/make-case.ts';
import { TEST_SEAL } from '../../support/migrated.ts';
import { openOlderDatabase } from '../../support/older-database.ts';
import { signedConsent } from '../../support/signed-consent.ts';
import { add, instance, pictureFile, series, study } from '../../support/study-rows.ts';

const AT = '2026-01-03T00:00:00.000Z';
const BEFORE = migrations.slice(0, migrations.indexOf(Consents1700000000151));

function storedConsent(consultationId: string, changes: Partial<Consent> = {}): StoredConsent {
  const { given: _, ...terms } = signedConsent('𠮷野·艾合买提', changes);
  return { ...terms, consentId: randomUUID(), consultationId, givenAt: AT, recordedBy: randomUUID() };
}

eachDatabase('consents', (open) => {
  it('come back as they were given, with what was taken back of each; evidence stays as it was first sent', async () => {
    const database = await open();
    const consultation = makeConsultation({ consent: null });
    const { consultationId } = consultation;
    const first = storedConsent(consultationId, {
      scopes: ['consult', 'teach'],
      signer: 'relative',
      relation: 'child',
    });
    const second = { ...storedConsent(consultationId, { scopes: ['teach'] }), givenAt: '2026-01-04T00:00:00.000Z' };
    const evidence = {
      consultationId,
      sha256: 'a'.repeat(64),
      mediaType: 'image/png' as const,
      sizeBytes: 7,
      addedBy: first.recordedBy,
      addedAt: AT,
    };
    await database.write(async (stores) => {
      await stores.consultations.insert(consultation);
      await stores.consents.insert(second);
      await stores.consents.insert(first);
      await stores.consents.insertEvidence(evidence);
      await stores.consents.insertEvidence({ ...evidence, addedBy: randomUUID() });
    });
    const { consents } = database.read;
    const given = await consents.list(consultationId);
    assert.deepEqual(
      given,
      [first, second].map((one) => ({ ...one, withdrawals: [] })),
    );
    assert.deepEqual(await consents.findEvidence(consultationId, evidence.sha256), evidence);
    assert.equal(await consents.findEvidence(randomUUID(), evidence.sha256), undefined, 'of another case');

    const input = { scopes: ['teach' as const], askedBy: 'guardian' as const, askedByName: '张某', reason: '“不同意”' };
    const withdrawals = withdrawalsOf(given, input, { byAccountId: randomUUID(), at: new Date(AT) });
    await database.write((stores) => stores.consents.withdraw(withdrawals));
    const left = await consents.list(consultationId);
    assert.deepEqual(
      left.flatMap((one) => one.withdrawals),
      withdrawals,
    );
    assert.deepEqual(consentedScopes(left), ['consult']);
    assert.deepEqual(await consents.list(randomUUID()), []);
  });
});

eachDatabase('evidence of consents', (open) => {
  it('is listed once a hash, in order, and tells whether anything else names the same bytes', async () => {
    const database = await open();
    const facilityId = await placeFacility({ database }, null);
    const other = await placeFacility({ database }, facilityId);
    const hashes = ['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => letter.repeat(64));
    const [inCase, file, dicom, keyImage, copy, free] = hashes;
    assert.ok(inCase && file && dicom && keyImage && copy && free);
    const added = { addedBy: randomUUID(), addedAt: AT, sizeBytes: 1 };
    const cases = [makeConsultation({ caseNumber: 'HZ-1' }), makeConsultation({ caseNumber: 'HZ-2' })];
    await database.write(async (stores) => {
      for (const one of cases) await stores.consultations.insert(one);
      for (const { consultationId } of cases)
        for (const sha256 of hashes)
          await stores.consents.insertEvidence({ consultationId, sha256, mediaType: 'image/png', ...added });
      await stores.studies.insertFile(pictureFile(other, 'b'));
      await stores.reports.insertKeyImage({
        consultationId: cases[0]?.consultationId ?? '',
        sha256: keyImage,
        ...added,
      });
    });
    const of = study(other, 1);
    await add(database, of, [series(of, 1), [instance(series(of, 1), 1, { sha256: dicom })]]);
    await placeAgreement({ database }, facilityId, other, {
      signedCopy: { sha256: copy, sizeBytes: 1, name: '件.pdf' },
    });
    const { consents } = database.read;
    assert.deepEqual(await consents.listEvidenceHashes('', 4), hashes.slice(0, 4));
    assert.deepEqual(await consents.listEvidenceHashes(keyImage, 4), hashes.slice(4));
    const named = await Promise.all(hashes.map((sha256) => consents.isNamedElsewhere(sha256)));
    assert.deepEqual(named, [false, true, true, true, true, false]);
  });
});

eachDatabase('a case whose consent was taken back', (open) => {
  it('lets nobody of the invited side in again, whatever else admits people to it', async () => {
    const database = await open();
    const consultation = makeConsultation({
      state: 'issued',
      consent: null,
      submittedAt: AT,
      specialistId: randomUUID(),
    });
    const { consultationId } = consultation;
    const at = new Date(AT);
    const admitted = await database.write(async (stores) => {
      await stores.consultations.insert(consultation);
      for (const [facilityId, tier] of [
        [COUNTY, 'county'],
        [PROVINCE, 'province'],
      ] as const)
        await stores.facilities.insert({ facilityId, name: '医院', tier, region6: '230125', specialties: [] });
      const coordinators = [makeCaller('coordinator'), makeCaller('coordinator', PROVINCE)];
      for (const { accountId, name, role, facilityId } of coordinators)
        await stores.accounts.insert({
          accountId,
          login: accountId,
          name,
          title: '',
          role,
          specialty: null,
          facilityId,
          isActive: true,
          passwordHash: '',
        });
      const consent = storedConsent(consultationId);
      await stores.consents.insert(consent);
      const input = { scopes: ['consult' as const], askedBy: 'patient' as const, askedByName: '', reason: '不愿意' };
      const given = await stores.consents.list(consultationId);
      await stores.consents.withdraw(withdrawalsOf(given, input, { byAccountId: randomUUID(), at }));
      await admitOnSubmit(stores, consultation, at);
      return stores.consultations.listGrants(consultationId);
    });
    assert.deepEqual(
      admitted.map(({ facilityId, basis }) => [facilityId, basis]),
      [[COUNTY, 'coordination']],
    );
  });
});

eachDatabase('guardians of the register', (open) => {
  it('are whoever the latest case names, with the telephone sealed', async () => {
    const database = await open();
    const register = (guardian: object | undefined, at: string) =>
      database.write((stores) =>
        registerPatient(
          stores,
          TEST_SEAL,
          { ...patient, ...(guardian && { guardian: { name: '', relation: null, phone: '', ...guardian } }) },
          { consultationId: randomUUID(), facilityId: COUNTY, at },
        ),
      );
    const patientId = await register({ name: '张一', relation: 'parent', phone: '13800001234' }, AT);
    assert.equal(await register(undefined, '2026-01-04T00:00:00.000Z'), patientId);
    assert.equal((await database.read.patients.listGuardians([patientId]))[0]?.name, '张一');
    await register({ name: '李二', relation: 'committee', phone: '01012345678' }, '2026-01-05T00:00:00.000Z');
    const [guardian, ...others] = await database.read.patients.listGuardians([patientId]);
    assert.ok(guardian && others.length === 0);
    assert.ok(!JSON.stringify(guardian).includes('12345678'));
    assert.deepEqual(openGuardian(TEST_SEAL, guardian, patientId), {
      name: '李二',
      relation: 'committee',
      phone: '01012345678',
    });
    const moved = sealGuardian(TEST_SEAL, { name: '', relation: null, phone: '13800001234' }, patientId);
    assert.throws(() => openGuardian(TEST_SEAL, moved, randomUUID()), 'it opens only where it belongs');
  });
});

/** As the version before wrote it: what came later has no column yet. */
async function insert(source: DataSource, { handOver: _, ...row }: ObjectLiteral): Promise<void> {
  const plain = Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      value !== null && typeof value === 'object' ? JSON.stringify(value) : value,
    ]),
  );
  await source.createQueryBuilder().insert().into('consultation', Object.keys(plain)).values(plain).execute();
}

eachDatabase('cases from before consents were records', (open, _, newEmptyUrl) => {
  it('keep what was signed and what is still being typed, also after the update was taken back and done again', async function () {
    this.timeout(180_000);
    const url = await newEmptyUrl();
    const plain = { signer: 'relative', signerName: '张桂兰', given: true };
    const typed = { signer: 'patient', signerName: '张建', given: false };
    const of = (state: 'draft' | 'submitted' | 'supplement', number: string, consent: object | null) => ({
      ...makeConsultation({ state, caseNumber: number, submittedAt: state === 'draft' ? null : AT }),
      consent,
    });
    const cases = {
      sent: of('submitted', 'HZ-1', plain),
      draft: of('draft', 'HZ-2', typed),
      signedDraft: of('draft', 'HZ-3', plain),
      back: of('supplement', 'HZ-4', plain),
      empty: of('draft', 'HZ-5', null),
    };
    const source = await openOlderDatabase(url, BEFORE);
    await source.runMigrations();
    for (const one of Object.values(cases)) await insert(source, one);
    await source.destroy();

    for (const again of [false, true]) {
      if (again) {
        const newer = await openOlderDatabase(url, migrations);
        for (let step = BEFORE.length; step < migrations.length; step += 1) await newer.undoLastMigration();
        const rows: { caseNumber: string; consent: string | null }[] = await newer.query(
          'SELECT caseNumber, consent FROM consultation ORDER BY caseNumber',
        );
        assert.deepEqual(
          rows.map(({ consent }) => consent && JSON.parse(consent)),
          [plain, typed, plain, plain, null],
        );
        await newer.destroy();
      }
      const { read } = await open(url);
      for (const { consultationId, requesterId } of [cases.sent, cases.back]) {
        const [consent, ...others] = await read.consents.list(consultationId);
        assert.equal(others.length, 0);
        const { consentId: _, ...kept } = consent ?? assert.fail('nothing was kept');
        assert.deepEqual(kept, {
          ...signedConsentOf(plain),
          consultationId,
          givenAt: AT,
          recordedBy: requesterId,
          withdrawals: [],
        });
        assert.equal((await read.consultations.find(consultationId))?.consent, null);
      }
      for (const [{ consultationId }, consent] of [
        [cases.draft, typed],
        [cases.signedDraft, plain],
      ] as const) {
        assert.deepEqual((await read.consultations.find(consultationId))?.consent, {
          ...signedConsentOf(consent),
          given: consent.given,
        });
        assert.deepEqual(await read.consents.list(consultationId), []);
      }
    }
  });

  /** To the consultation, by the first wording, on paper. */
  function signedConsentOf({ signer, signerName }: { signer: string; signerName: string }) {
    const { given: _, ...terms } = signedConsent(signerName, { textVersion: '1' });
    return { ...terms, signer };
  }
});
