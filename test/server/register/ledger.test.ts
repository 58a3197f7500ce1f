import assert from 'node:assert/strict';
import { demoFacilities } from '../../../server/demo/network.ts';
import { enterPerson } from '../../support/add-person.ts';
import { acceptCase, submitCase } from '../../support/case-journey.ts';
import type { Client } from '../../support/client.ts';
import { signedConsent } from '../../support/signed-consent.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

describe('who looks at a patient', function () {
  this.timeout(180_000);
  let server: RunningServer;
  let doctor: Client;
  let specialist: Client;
  before(async () => {
    server = await startServer();
    doctor = await server.signIn('county-doctor');
    specialist = await server.signIn('specialist');
  });
  after(() => server?.close());

  it('[PT3] stands in the patient’s ledger, whole, page by page, reads of the ledger too, and nobody else’s patient in it', async () => {
    const accepted = await acceptCase(doctor, specialist);
    const { consultationId } = accepted;
    const params = { patientId: accepted.patient.patientId ?? '' };
    await specialist.call('consultation:read', { params: { consultationId } });
    await specialist.call('patient:reveal', { params: { consultationId } });
    await doctor.call('patient:read', { params });
    const papers = {
      document: 'none',
      absence: 'newborn',
      note: '',
      phoneAbsent: true,
      estimatedAgeYears: null,
    } as const;
    const other = await submitCase(doctor, {
      patient: {
        name: '王之子',
        sex: 'male',
        birthDate: '2026-01-01',
        idNumber: '',
        phone: '',
        papers,
        guardian: { name: '王丽', relation: 'parent', phone: '' },
      },
      consent: signedConsent('王丽', { signer: 'guardian' }),
    });
    await doctor.call('consultation:read', { params: { consultationId: other.consultationId } });

    const first = await doctor.call('patient:accesses', { params });
    assert.deepEqual(
      first
        .slice(0, 4)
        .map(({ subjectKind, basis, actorName, caseNumber }) => [subjectKind, basis, actorName, caseNumber]),
      [
        ['patient-ledger', 'requester', '李春梅', null],
        ['patient-entry', 'requester', '李春梅', null],
        ['patient', 'assignment', '陈致远', accepted.caseNumber],
        ['consultation', 'assignment', '陈致远', accepted.caseNumber],
      ],
    );
    assert.ok(first.every((one) => one.consultationId !== other.consultationId));
    const second = await doctor.call('patient:accesses', { params });
    assert.equal(second.length, first.length + 1, 'reading it is a read');
    const paged: string[] = [];
    for (let before: string | undefined; ; ) {
      const page = await doctor.call('patient:accesses', {
        params,
        query: { limit: '2', ...(before === undefined ? {} : { before }) },
      });
      paged.push(...page.map((one) => one.accessId));
      if (page.length < 2) break;
      before = String(page.at(-1)?.position);
    }
    for (const { accessId } of second) assert.equal(paged.filter((one) => one === accessId).length, 1);
  });

  it('[PT4] may do so now, by the rules of now: an ended grant, another role, another facility and a closed account take somebody off the list', async () => {
    const { consultationId } = await submitCase(doctor, { kind: 'written' });
    const list = async () => {
      const viewers = await doctor.call('consultation:viewers', { params: { consultationId } });
      for (const { person } of viewers)
        assert.equal(
          (await server.database.read.accounts.find(person.accountId))?.isActive,
          true,
          'a closed account sees nothing',
        );
      return viewers;
    };
    const basesOf = async () =>
      (await list()).map(({ person, basis, revealsPatient }) => `${person.name} ${basis} ${revealsPatient}`);
    const invited = await enterPerson(server, 'surgeon', demoFacilities.county.facilityId);
    const before = await list();
    assert.equal(before[0]?.basis, 'requester');
    assert.ok(before.filter(({ basis }) => basis === 'duty-pool').length >= 2, 'the whole duty pool sees what waits');
    assert.ok(before.every(({ person }) => person.accountId !== invited.accountId));
    const stored = await doctor.call('consultation:read', { params: { consultationId } });
    await specialist.call('consultation:accept', {
      params: { consultationId },
      body: { version: stored.version },
    });
    await doctor.call('consultation:invite', { params: { consultationId }, body: { accountId: invited.accountId } });
    const after = await list();
    assert.deepEqual(
      after.filter(({ basis }) => basis === 'duty-pool'),
      [],
      'once it is taken the others see it no more',
    );
    assert.ok(after.some(({ person, basis }) => basis === 'assignment' && person.name === '陈致远'));
    const { status } = await (await server.signIn('specialist-2')).ask('consultation:viewers', {
      params: { consultationId },
    });
    assert.equal(status, 404, 'whoever is not on the list cannot read it');
    const is = async (accountId: string) => (await list()).some(({ person }) => person.accountId === accountId);
    assert.ok(await is(invited.accountId));
    for (const [change, undo] of [
      ["role = 'trainee'", "role = 'surgeon'"],
      [`facilityId = '${demoFacilities.province.facilityId}'`, `facilityId = '${demoFacilities.county.facilityId}'`],
      ['isActive = 0', 'isActive = 1'],
    ] as const) {
      const set = (what: string) =>
        server.database.query(`UPDATE account SET ${what} WHERE accountId = '${invited.accountId}'`);
      await set(change);
      assert.equal(await is(invited.accountId), false, change);
      await set(undo);
      assert.equal(await is(invited.accountId), true, undo);
    }
    const params = { consultationId, accountId: invited.accountId };
    await doctor.call('consultation:remove-participant', { params, body: { reason: '不再参与' } });
    assert.equal(await is(invited.accountId), false);
    assert.ok((await basesOf()).includes('李春梅 requester true'));
  });
});
