import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findGaps, requireComplete } from '../../../server/cases/application.ts';
import { chinaDate } from '../../../server/patients/china-date.ts';
import {
  ageYears,
  maskIdNumber,
  maskName,
  maskPhone,
  openPatient,
  sealPatient,
} from '../../../server/patients/patient.ts';
import { createFieldSeal, loadFieldSecret } from '../../../server/patients/seal.ts';
import { makeConsultation, patient, seal } from '../../support/make-case.ts';

const TODAY = '2026-03-01';

describe('a patient', () => {
  it('[CO13] is masked: one character of the name, three and four of the numbers', () => {
    assert.equal(maskName('张建国'), '张*');
    assert.equal(maskName('欧阳修'), '欧*');
    assert.equal(maskName('𠮷野'), '𠮷*');
    assert.equal(maskName(''), '');
    assert.equal(maskIdNumber('230125196002291212'), '230***********1212');
    assert.equal(maskPhone('13800001234'), '138****1234');
    assert.equal(maskPhone('12345'), '*****', 'what is too short to mask is hidden whole');
  });

  it('is as old as the calendar says, on the birthday and the day before, and on a leap day', () => {
    assert.equal(ageYears('1960-03-01', TODAY), 66);
    assert.equal(ageYears('1960-03-02', TODAY), 65);
    assert.equal(ageYears('1960-02-29', '2026-02-28'), 65);
    assert.equal(ageYears('1960-02-29', TODAY), 66);
    assert.equal(ageYears('2026-03-01', TODAY), 0);
    assert.equal(ageYears('2026-03-02', TODAY), null);
    assert.equal(ageYears('1960', TODAY), null);
  });

  it('lives by the calendar of China', () => {
    assert.equal(chinaDate(new Date('2025-12-31T16:00:00Z')), '2026-01-01');
  });

  it('has identifiers that the database cannot read, and that open in their own case alone', () => {
    const sealed = sealPatient(seal, patient, 'case-1');
    assert.ok(!JSON.stringify(sealed).includes(patient.idNumber));
    assert.ok(!JSON.stringify(sealed).includes(patient.phone));
    assert.deepEqual(openPatient(seal, sealed, 'case-1'), patient);
    assert.throws(() => openPatient(seal, sealed, 'case-2'));
    assert.throws(() => openPatient(createFieldSeal(randomBytes(32)), sealed, 'case-1'));
    assert.notEqual(
      sealPatient(seal, patient, 'case-1').sealedPhone,
      sealed.sealedPhone,
      'the same number looks different each time',
    );
  });

  it('is found again by a blind index, which another key does not give', () => {
    assert.equal(seal.index(patient.idNumber), seal.index(patient.idNumber));
    assert.notEqual(seal.index(patient.idNumber), createFieldSeal(randomBytes(32)).index(patient.idNumber));
  });

  it('has a key that all processes of one machine share, made once and readable by nobody else', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'huizhen-key-'));
    try {
      const secrets = await Promise.all(Array.from({ length: 8 }, () => loadFieldSecret(folder, undefined)));
      const kept = await readFile(join(folder, 'field.key'));
      for (const secret of secrets) assert.deepEqual(Buffer.from(secret), kept);
      assert.equal((await stat(join(folder, 'field.key'))).mode & 0o777, 0o600);
      assert.deepEqual(
        Buffer.from(await loadFieldSecret(folder, 'from the environment')),
        Buffer.from('from the environment'),
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('an application', () => {
  it('[CO4] names everything that is missing, in the order of the form', () => {
    const empty = { name: '', sex: null, birthDate: '', idNumber: '', phone: '' };
    const consultation = makeConsultation({
      question: ' ',
      historySummary: '',
      diagnosis: [],
      invitedFacilityId: null,
      wantedSpecialty: '',
      urgency: null,
      consent: null,
    });
    assert.deepEqual(findGaps({ ...consultation, patient: empty }, TODAY), [
      'patient.name',
      'patient.sex',
      'patient.birthDate',
      'patient.idNumber',
      'patient.phone',
      'question',
      'historySummary',
      'diagnosis',
      'invitedFacilityId',
      'wantedSpecialty',
      'urgency',
    ]);
  });

  it('[CO4] names birth date and sex where the ID number says others', () => {
    const fields = (changes: object) => findGaps({ ...makeConsultation(), patient: { ...patient, ...changes } }, TODAY);
    assert.deepEqual(fields({}), []);
    assert.deepEqual(fields({ birthDate: '1960-03-01' }), ['patient.birthDate']);
    assert.deepEqual(fields({ sex: 'female' }), ['patient.sex']);
    assert.deepEqual(fields({ sex: 'unknown' }), []);
    assert.deepEqual(fields({ idNumber: '230125196002291213' }), ['patient.idNumber']);
  });

  it('is complete with the patient trimmed', () => {
    const trimmed = requireComplete(makeConsultation(), { ...patient, name: ' 张建国 ' }, TODAY);
    assert.equal(trimmed.name, '张建国');
  });
});
