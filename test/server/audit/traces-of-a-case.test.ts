import assert from 'node:assert/strict';
import { findFaults } from '../../../server/audit/verify.ts';
import { completeDraft, draftCase, submitCase } from '../../support/case-journey.ts';
import type { Client } from '../../support/client.ts';
import { patient } from '../../support/make-case.ts';
import { refusal } from '../../support/refusal.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

describe('what a case shows and leaves behind', () => {
  let server: RunningServer;
  let doctor: Client;
  let specialist: Client;
  let coordinator: Client;

  before(async function () {
    this.timeout(180_000);
    server = await startServer();
    [doctor, specialist, coordinator] = await Promise.all([
      server.signIn('county-doctor'),
      server.signIn('specialist'),
      server.signIn('coordinator'),
    ]);
  });
  after(() => server?.close());

  const read = (client: Client, { consultationId }: { consultationId: string }) =>
    client.call('consultation:read', { params: { consultationId } });

  it('[CO13] shows masked names in lists and masked numbers in the case, and full ones only where they are needed', async () => {
    const draft = await draftCase(doctor);
    assert.equal(draft.patient.idNumber, patient.idNumber, 'stars cannot be corrected');
    const sent = await doctor.call('consultation:submit', {
      params: { consultationId: draft.consultationId },
      body: { version: draft.version },
    });
    const params = { consultationId: sent.consultationId };
    for (const client of [doctor, specialist, coordinator]) {
      const view = await read(client, sent);
      assert.equal(view.patient.name, '张建国');
      assert.equal(view.patient.idNumber, '230***********1212');
      assert.equal(view.patient.phone, '138****1234');
    }
    const line = (await specialist.call('consultations:list')).find(
      (one) => one.consultationId === sent.consultationId,
    );
    assert.equal(line?.patientLabel, '张*');
    assert.ok(line.patientAgeYears !== null && line.patientAgeYears >= 65);
    const own = (await doctor.call('work-list:read')).lines.find((one) => one.consultationId === sent.consultationId);
    assert.equal(own?.patientLabel, '张建国', 'who typed the name reads it again');
    assert.equal((await refusal(specialist, 'patient:reveal', params)).short, 'forbidden', 'nobody has accepted yet');
    await specialist.call('consultation:accept', { params, body: { version: sent.version } });
    for (const client of [doctor, specialist, coordinator]) {
      const whole = await client.call('patient:reveal', { params });
      assert.deepEqual([whole.idNumber, whole.phone], [patient.idNumber, patient.phone]);
    }
    const again = await submitCase(doctor);
    assert.equal(again.patient.patientId, sent.patient.patientId, 'the same ID number is the same patient');
  });

  it('[CO14] leaves a row in the access log for each read, with its basis', async () => {
    const draft = await draftCase(doctor);
    const params = { consultationId: draft.consultationId };
    await read(doctor, draft);
    const sent = await doctor.call('consultation:submit', { params, body: { version: draft.version } });
    await read(doctor, sent);
    await read(specialist, sent);
    await read(coordinator, sent);
    await specialist.call('consultation:accept', { params, body: { version: sent.version } });
    await read(specialist, sent);
    await specialist.call('patient:reveal', { params });
    await doctor.call('consultations:list');
    const auditor = await server.signIn('auditor');
    const rows = await auditor.call('audit:accesses', { query: { consultationId: sent.consultationId } });
    assert.deepEqual(rows.map((row) => [row.actorName, row.basis, row.subjectKind]).reverse(), [
      ['李春梅', 'requester', 'consultation'],
      ['陈致远', 'duty-pool', 'consultation'],
      ['孙海燕', 'coordination', 'consultation'],
      ['陈致远', 'assignment', 'consultation'],
      ['陈致远', 'assignment', 'patient'],
    ]);
    assert.equal(rows[0]?.caseNumber, sent.caseNumber);
  });

  it('[CO16] leaves an entry in the audit chain for what was done, none for what was refused, and no word about the patient', async () => {
    const sent = await submitCase(doctor);
    const params = { consultationId: sent.consultationId };
    await refusal(doctor, 'consultation:accept', params, { version: sent.version });
    await refusal(specialist, 'consultation:accept', params, { version: sent.version + 5 });
    await specialist.call('consultation:accept', { params, body: { version: sent.version } });
    const entries = await server.database.read.audit.list({ limit: 100, consultationId: sent.consultationId });
    assert.deepEqual(entries.map((entry) => entry.action).reverse(), [
      'consultation:create',
      'consultation:save',
      'consent:give',
      'consultation:submit',
      'consultation:accept',
    ]);
    const text = JSON.stringify(entries);
    for (const secret of [patient.name, patient.idNumber, patient.phone, completeDraft.question])
      assert.ok(!text.includes(secret));
    assert.deepEqual((await findFaults(server.database.read.audit)).faults, []);
  });
});
