import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { DataSource, ObjectLiteral } from 'typeorm';
import { basesOfRole } from '../../../server/access/waited-for.ts';
import type { Consultation } from '../../../server/cases/consultation.ts';
import type { PatientDraft } from '../../../server/contract/index.ts';
import { PatientRegister1700000000110 } from '../../../server/database/migrations/0110-patient-register.ts';
import { migrations } from '../../../server/database/migrations/index.ts';
import { openIdentifier, searchedIndices } from '../../../server/patients/identifiers.ts';
import { registerKey, sealPatient } from '../../../server/patients/patient.ts';
import { eachDatabase } from '../../support/each-database.ts';
import { COUNTY, makeCaller, makeConsultation, makeGrant, patient } from '../../support/make-case.ts';
import { TEST_SEAL } from '../../support/migrated.ts';
import { openOlderDatabase } from '../../support/older-database.ts';

const BEFORE = migrations.slice(0, migrations.indexOf(PatientRegister1700000000110));
const STEPS_BACK = migrations.length - BEFORE.length;
const JSON_COLUMNS = ['patient', 'diagnosis', 'consent', 'terms', 'parties', 'kindChange', 'amendment'];

async function insert(source: DataSource, table: string, row: ObjectLiteral): Promise<void> {
  const plain = Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      JSON_COLUMNS.includes(name) && value !== null ? JSON.stringify(value) : value,
    ]),
  );
  await source.createQueryBuilder().insert().into(table, Object.keys(plain)).values(plain).execute();
}

const patientId = randomUUID();
const doctor = makeCaller('physician');

/** A case of the same person, as the version before the register wrote it. */
function caseOf(typed: PatientDraft, submittedAt: string | null): Consultation {
  const consultationId = randomUUID();
  return makeConsultation({
    consultationId,
    caseNumber: `HZ-${consultationId.slice(0, 8)}`,
    patient: sealPatient(TEST_SEAL, typed, consultationId),
    patientId: submittedAt === null ? null : patientId,
    state: submittedAt === null ? 'draft' : 'submitted',
    submittedAt,
  });
}

const cases = [
  caseOf({ ...patient, name: '张建国', phone: '13800005678' }, '2026-01-05T00:00:00.000Z'),
  caseOf({ ...patient, name: '张健国', phone: '13800001234' }, '2026-01-03T00:00:00.000Z'),
  caseOf({ ...patient, name: '还在填写' }, null),
];

async function fill(url: string): Promise<void> {
  const source = await openOlderDatabase(url, BEFORE);
  await source.runMigrations();
  const idNumberIndex = TEST_SEAL.index(registerKey(patient, ''));
  await insert(source, 'patient', {
    patientId,
    facilityId: COUNTY,
    idNumberIndex,
    createdAt: '2026-01-03T00:00:00.000Z',
  });
  for (const one of cases) {
    const { handOver: _h, ...row } = one;
    await insert(source, 'consultation', row);
    await insert(source, 'consultation_grant', makeGrant(one, doctor, 'requester'));
  }
  await source.destroy();
}

eachDatabase('a register of patients from before they could be searched', (open, _, newEmptyUrl) => {
  it('finds them by the name of their latest case and by the numbers of all, also after the update was taken back and done again', async () => {
    const url = await newEmptyUrl();
    await fill(url);
    for (const again of [false, true]) {
      if (again) {
        const source = await openOlderDatabase(url, migrations);
        for (let step = 0; step < STEPS_BACK; step += 1) await source.undoLastMigration();
        const [row] = await source.query('SELECT * FROM patient');
        assert.deepEqual(Object.keys(row).sort(), ['createdAt', 'facilityId', 'idNumberIndex', 'patientId']);
        await source.destroy();
      }
      const { patients } = (await open(url)).read;
      const reader = {
        accountId: doctor.accountId,
        facilityId: COUNTY,
        at: new Date('2026-02-01'),
        bases: basesOfRole('physician'),
      };
      for (const beginnings of [{ nameKey: '张建' }, { pinyin: 'zhangjian' }, { initials: 'zjg' }])
        assert.deepEqual(await patients.searchByName(reader, beginnings, 9), [patientId]);
      assert.deepEqual(await patients.searchByName(reader, { nameKey: '还在' }, 9), []);
      for (const [typed, kind] of [
        [patient.idNumber, 'id-card'],
        ['13800001234', 'phone'],
        ['13800005678', 'phone'],
      ] as const)
        assert.deepEqual(await patients.searchByNumber(reader, searchedIndices(TEST_SEAL, typed), 9), [
          { patientId, kind },
        ]);
      const numbers = await patients.listIdentifiers([patientId]);
      assert.deepEqual(numbers.map((one) => openIdentifier(TEST_SEAL, one)).sort(), [
        '13800001234',
        '13800005678',
        patient.idNumber,
      ]);
      const entry = await patients.find(patientId);
      assert.deepEqual(
        [entry?.name, entry?.sex, entry?.birthDate, entry?.changedAt],
        ['张建国', 'male', patient.birthDate, '2026-01-05T00:00:00.000Z'],
      );
    }
  });
});
