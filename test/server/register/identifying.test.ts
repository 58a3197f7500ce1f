import assert from 'node:assert/strict';
import { submitCase } from '../../support/case-journey.ts';
import type { Client } from '../../support/client.ts';
import { patient } from '../../support/make-case.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

describe('a patient without papers', function () {
  this.timeout(180_000);
  let server: RunningServer;
  let doctor: Client;

  before(async () => {
    server = await startServer();
    doctor = await server.signIn('county-doctor');
  });
  after(() => server?.close());

  const find = async (search: string) =>
    (await doctor.call('patients:search', { body: { search } })).lines.map((one) => one.patientId);

  it('[PT7] is identified later, found by every number that was added, and the case keeps what it was sent with', async () => {
    const papers = {
      document: 'none',
      absence: 'unidentified',
      note: '急诊',
      phoneAbsent: true,
      estimatedAgeYears: 60,
    } as const;
    const unknown = { name: '无名氏', sex: 'male' as const, birthDate: '', idNumber: '', phone: '', papers };
    const sent = await submitCase(doctor, { patient: unknown, urgency: 'emergency' });
    const params = { patientId: sent.patient.patientId ?? '' };
    const before = await doctor.call('patient:read', { params });
    assert.deepEqual([before.isIdentified, before.ageYears, before.identifiers], [false, 60, []]);
    const add = (kind: string, number: string, name?: string) =>
      doctor.ask('patient:add-identifier', { params, body: { kind, number, ...(name && { name }) } });
    for (const [kind, number] of [
      ['id-card', '230125196002291213'],
      ['phone', '12345'],
      ['health-card', '??????'],
      ['passport', 'X'],
    ] as const)
      assert.equal((await add(kind, number)).status, 400, kind);
    // 17th digit even: a woman's.
    const womans = await add('id-card', '230125197109180023');
    assert.equal(womans.status, 409);
    assert.equal((womans.body as { reason: string }).reason, 'patients-contradict');
    assert.equal((await add('id-card', patient.idNumber, '张建国')).status, 201);
    assert.equal((await add('passport', 'E12345678', '别人')).status, 400, 'a document has said who it is');
    for (const [kind, number] of [
      ['health-card', '8F3A2B7C99D01122'],
      ['social-security-card', 'A12345678'],
      ['hospital-number', 'zy-0012345'],
      ['phone', '+86 138 0000 9999'],
    ] as const)
      assert.equal((await add(kind, number)).status, 201, kind);
    for (const typed of [patient.idNumber, '8f3a2b7c99d01122', 'a12345678', 'ZY-0012345', '13800009999', 'zjg', '张建'])
      assert.deepEqual(await find(typed), [params.patientId], typed);
    assert.deepEqual(await find('无名'), []);
    const identity = await doctor.call('patient:identity', { params });
    assert.deepEqual(
      [identity.name, identity.birthDate, identity.identifiers.length],
      ['张建国', patient.birthDate, 5],
    );
    const kept = await doctor.call('consultation:read', { params: { consultationId: sent.consultationId } });
    assert.deepEqual([kept.patient.name, kept.patient.birthDate, kept.patient.papers], ['无名氏', '', papers]);
    assert.equal(kept.patient.patientId, params.patientId, 'and is the same case of the same entry');
    const acts = await server.database.read.audit.list({ limit: 50 });
    const added = acts.filter(({ action }) => action === 'patient:add-identifier');
    assert.equal(added.length, 5);
    assert.ok(!JSON.stringify(acts).includes('0012345'));
  });
});
