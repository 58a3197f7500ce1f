import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Caller } from '../../../server/access/caller.ts';
import { basesOfRole } from '../../../server/access/waited-for.ts';
import type { PatientDraft } from '../../../server/contract/index.ts';
import type { Database } from '../../../server/database/database.ts';
import { searchedIndices } from '../../../server/patients/identifiers.ts';
import { nameKeysOf } from '../../../server/patients/name-keys.ts';
import { registerPatient } from '../../../server/patients/registration.ts';
import { searchPatients } from '../../../server/register/search-use-case.ts';
import { eachDatabase } from '../../support/each-database.ts';
import { COUNTY, ELSEWHERE, makeCaller, makeConsultation, makeGrant, patient } from '../../support/make-case.ts';
import { TEST_SEAL } from '../../support/migrated.ts';

const AT = new Date('2026-03-01T00:00:00.000Z');

/** Names as they occur in China, each with what people type to find it. */
const NAMES: [name: string, typed: string[]][] = [
  ['李春梅', ['李', '李春', '李春梅', 'lichunmei', 'lichun', 'LCM', 'lc']],
  ['曾轶可', ['曾轶', 'zeng', 'zyk']],
  ['吕布', ['吕', 'lv', 'lü', 'lb']],
  ['丁', ['丁', 'ding', 'd']],
  ['𠮷野', ['𠮷', '𠮷野']],
  ['㐂田', ['㐂', '㐂田']],
  ['阿卜杜热合曼·买买提', ['阿卜杜热合曼', '阿卜杜热合曼•买', '阿卜杜热合曼买买提', 'abudu']],
  ['ئابدۇراخمان مەمەت', ['ئابدۇ', 'ئابدۇراخمان مەم']],
  ['ᠪᠠᠲᠤ', ['ᠪᠠ', 'ᠪᠠᠲᠤ']],
  ['Maria da Silva', ['maria', 'MARIA DA', 'maria-da silva', 'ｍａｒｉａ']],
  ['买买提明阿不都热依木吐尔逊江艾则孜汗古丽', ['买买提明阿不都热依木吐尔逊江艾则孜汗古丽', '买买提明']],
];

/** Puts a case of the patient into the database, which these people may see. */
async function place(database: Database, typed: PatientDraft, seenBy: Caller[]): Promise<string> {
  const consultationId = randomUUID();
  return database.write(async (stores) => {
    const of = { consultationId, facilityId: COUNTY, at: AT.toISOString() };
    const patientId = await registerPatient(stores, TEST_SEAL, typed, of);
    const consultation = makeConsultation({
      consultationId,
      caseNumber: `HZ-${consultationId.slice(0, 8)}`,
      state: 'submitted',
      submittedAt: AT.toISOString(),
      patientId,
    });
    await stores.consultations.insert(consultation);
    await stores.consultations.insertGrants(seenBy.map((one) => makeGrant(consultation, one, 'requester')));
    return patientId;
  });
}

const named = (name: string): PatientDraft => ({
  name,
  sex: 'female',
  birthDate: '1990-01-01',
  idNumber: '',
  phone: '',
  papers: { document: 'none', absence: 'not-at-hand', note: '', phoneAbsent: true, estimatedAgeYears: null },
});

eachDatabase('patients are found', (open) => {
  const search = (database: Database, caller: Caller, typed: string) =>
    searchPatients({ work: database, seal: TEST_SEAL, clock: () => AT }, { caller, requestId: 'r', at: AT }, typed);

  it('by the beginning of a name, its pinyin or its initials, in whatever script it is written', async () => {
    const database = await open();
    const doctor = makeCaller('physician');
    const ids = new Map<string, string>();
    for (const [name] of NAMES) ids.set(name, await place(database, named(name), [doctor]));
    for (const [name, each] of NAMES)
      for (const typed of each) {
        const { lines } = await search(database, doctor, typed);
        assert.ok(
          lines.some(({ patientId }) => patientId === ids.get(name)),
          `${name} by ${typed}`,
        );
      }
    const only = async (typed: string) => (await search(database, doctor, typed)).lines.map((one) => one.patientId);
    assert.deepEqual(await only('𠮷'), [ids.get('𠮷野')], 'characters beyond the basic plane are told apart');
    assert.deepEqual(await only('㐂'), [ids.get('㐂田')]);
    assert.deepEqual(await only('春梅'), [], 'the end of a name is no beginning');
    assert.deepEqual(await only('%'), []);
    assert.deepEqual(await only('·'), []);
  });

  it('by a whole number of any kind, however it is typed, and by no part of one', async () => {
    const database = await open();
    const doctor = makeCaller('physician');
    const phone = { ...patient, phone: '13800001234' };
    const known = await place(database, phone, [doctor]);
    const passport = { ...named('Maria da Silva'), idNumber: 'FX123456' };
    const papers = {
      document: 'passport',
      absence: null,
      note: '',
      phoneAbsent: true,
      estimatedAgeYears: null,
    } as const;
    const foreign = await place(database, { ...passport, papers }, [doctor]);
    for (const [typed, patientId, kind] of [
      [patient.idNumber, known, 'id-card'],
      ['２３０１２５１９６００２２９１２１２', known, 'id-card'],
      ['230125 19600229 1212', known, 'id-card'],
      ['13800001234', known, 'phone'],
      ['+86 138-0000-1234', known, 'phone'],
      ['008613800001234', known, 'phone'],
      ['fx123456', foreign, 'passport'],
    ] as const) {
      const { lines } = await search(database, doctor, typed);
      assert.deepEqual(
        lines.map((one) => [one.patientId, one.matched]),
        [[patientId, [kind]]],
        typed,
      );
    }
    assert.deepEqual((await search(database, doctor, patient.idNumber.slice(0, 14))).lines, []);
    const rows = JSON.stringify([
      await database.query('SELECT * FROM patient_identifier'),
      await database.query('SELECT * FROM patient'),
      await database.query('SELECT * FROM audit_entry'),
    ]);
    for (const clear of [patient.idNumber, phone.phone, 'FX123456'])
      assert.ok(!rows.includes(clear), 'no number stands in the database readably, nor what was searched');
  });

  it('masked, by whoever may see a case of theirs now, in the facility and role they have, and by nobody else', async () => {
    const database = await open();
    const doctor = makeCaller('physician');
    const colleague = makeCaller('physician');
    await place(database, { ...patient, name: '张建国' }, [doctor]);
    const { lines } = await search(database, doctor, '张建');
    assert.deepEqual(
      lines.map(({ label, identifiers, caseCount, isIdentified }) => ({ label, identifiers, caseCount, isIdentified })),
      [
        {
          label: '张*国',
          identifiers: [
            { kind: 'id-card', masked: '230***********1212' },
            { kind: 'phone', masked: '138****1234' },
          ],
          caseCount: 1,
          isIdentified: true,
        },
      ],
    );
    for (const [who, caller] of [
      ['a colleague without a grant', colleague],
      ['the same person in another facility', { ...doctor, facilityId: ELSEWHERE }],
      ['the same person in another role', { ...doctor, role: 'coordinator' as const }],
    ] as const)
      for (const typed of ['张', 'zjg', patient.idNumber])
        assert.deepEqual((await search(database, caller, typed)).lines, [], `${who}: ${typed}`);
    for (const role of ['admin', 'facility-admin', 'auditor', 'trainee'] as const)
      await assert.rejects(search(database, { ...doctor, role }, '张'), { code: 'forbidden' });
    const acts = (await database.read.audit.list({ limit: 50 })).filter(({ action }) => action === 'patient:search');
    assert.equal(acts.length, 10, 'each search is an act');
    assert.ok(acts.every(({ detail }) => Object.keys(detail).sort().join() === 'by,found'));
  });

  it('alike whether one starts from a person’s few cases or from the names', async () => {
    const database = await open();
    const [doctor, other] = [makeCaller('physician'), makeCaller('physician')];
    for (let index = 0; index < 6; index += 1)
      await place(
        database,
        { ...named(`王${'一二三四五六'[index]}`), phone: `1390000000${index}` },
        index % 2 === 0 ? [doctor] : [other],
      );
    const reader = { accountId: doctor.accountId, facilityId: COUNTY, at: AT, bases: basesOfRole('physician') };
    const { patients } = database.read;
    const few = await patients.searchByName(reader, { nameKey: '王' }, 10);
    // Grants enough that the database goes through the names instead.
    const consultation = makeConsultation({ caseNumber: 'HZ-many', state: 'submitted' });
    await database.write(async (stores) => {
      await stores.consultations.insert(consultation);
      const ended = makeGrant(consultation, doctor, 'requester', AT.toISOString());
      await stores.consultations.insertGrants(
        Array.from({ length: 2001 }, () => ({ ...ended, grantId: randomUUID() })),
      );
    });
    assert.deepEqual(await patients.searchByName(reader, { nameKey: '王' }, 10), few);
    assert.equal(few.length, 3);
    assert.equal((await patients.searchByName(reader, nameKeysOf('王'), 2)).length, 2);
    assert.equal((await patients.searchByNumber(reader, searchedIndices(TEST_SEAL, '13900000002'), 5)).length, 1);
    assert.equal((await patients.searchByNumber(reader, searchedIndices(TEST_SEAL, '13900000001'), 5)).length, 0);
  });
});
