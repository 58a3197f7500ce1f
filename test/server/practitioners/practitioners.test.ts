import assert from 'node:assert/strict';
import { demoFacilities } from '../../../server/demo/network.ts';
import { type AddedPerson, addPerson, enterPerson } from '../../support/add-person.ts';
import { acceptWritten, submitCase } from '../../support/case-journey.ts';
import type { Client } from '../../support/client.ts';
import { enterLicence, inDays, LICENCE } from '../../support/licences.ts';
import { refusedAs } from '../../support/refusal.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

const { county, province } = demoFacilities;

describe('licences to practise', function () {
  this.timeout(180_000);
  let server: RunningServer;
  let countyAdmin: Client;
  let provinceAdmin: Client;
  let doctor: Client;
  let specialist: AddedPerson & { client: Client };
  before(async () => {
    server = await startServer();
    countyAdmin = (await enterPerson(server, 'facility-admin', county.facilityId)).client;
    provinceAdmin = (await enterPerson(server, 'facility-admin', province.facilityId)).client;
    doctor = await server.signIn('county-doctor');
  });
  beforeEach(async () => {
    specialist = await enterPerson(server, 'specialist', province.facilityId);
  });
  after(() => server?.close());

  it('[LI1] are entered by those who answer for the person, read by the person, hidden from everybody else', async () => {
    const { accountId } = specialist;
    const params = { accountId };
    const platform = (await enterPerson(server, 'admin', province.facilityId)).client;
    const body = { ...LICENCE, revision: 0 };
    const others = [countyAdmin, doctor, specialist.client, await server.signIn('specialist')];
    for (const account of ['county-coordinator', 'coordinator', 'surgeon', 'trainee', 'auditor'])
      others.push(await server.signIn(account));
    for (const client of others) {
      assert.equal((await client.ask('practitioner:read', { params })).status, 404);
      assert.equal((await client.ask('practitioner:save', { params, body })).status, 404);
    }
    const saved = await provinceAdmin.call('practitioner:save', { params, body });
    assert.deepEqual(saved.licence, { state: 'valid', validTo: null, daysLeft: null });
    assert.equal(saved.yearsIndependent, Number(inDays(0).slice(0, 4)) - 2010 - (inDays(0).slice(5) < '07-01' ? 1 : 0));
    assert.deepEqual(await specialist.client.call('own-practitioner:read'), saved);
    assert.deepEqual(await platform.call('practitioner:read', { params }), saved);
    const [act] = await server.database.read.audit.list({ limit: 1 });
    assert.equal(act?.action, 'practitioner:save');
    assert.equal(act?.subjectId, accountId);
    assert.ok(!JSON.stringify(act).includes('110230100001234'));
  });

  it('[LI1] of the demo network stay as they are', async () => {
    const platform = (await enterPerson(server, 'admin', province.facilityId)).client;
    const { accountId } = (await doctor.call('session:read')).person;
    const { revision } = await platform.call('practitioner:read', { params: { accountId } });
    const body = { ...LICENCE, revision };
    await refusedAs('forbidden/demo-account', platform.call('practitioner:save', { params: { accountId }, body }));
  });

  it('[LI2] have 15 letters or digits; a number of the certificate of qualification is kept nowhere', async () => {
    const { accountId } = specialist;
    for (const [licenceNumber, reason] of [
      ['11023010000123', 'licence-number-length'],
      ['1102301000012345', 'licence-number-length'],
      ['110230100001 23#', 'licence-number-length'],
      ['202023110230125196002291', 'licence-number-qualification'],
      ['202023110230125196002291212', 'licence-number-qualification'],
      ['2020 2311 0230 1251 9600 2291 212', 'licence-number-qualification'],
    ] as const) {
      await refusedAs(`invalid-message/${reason}`, enterLicence(provinceAdmin, accountId, { licenceNumber }));
    }
    assert.equal((await specialist.client.call('own-practitioner:read')).revision, 0);
    const acts = JSON.stringify(await server.database.read.audit.list({ limit: 20 }));
    assert.ok(!acts.includes('196002291'));
    const typed = await enterLicence(provinceAdmin, accountId, { licenceNumber: '１１０２３０ 1000-0123X ' });
    assert.equal(typed.licenceNumber, '11023010000123X');
  });

  it('[LI2] refuse a period that ends before it begins and independence that is still to come', async () => {
    const { accountId } = specialist;
    await refusedAs(
      'invalid-message/licence-dates',
      enterLicence(provinceAdmin, accountId, { validFrom: '2025-01-02', validTo: '2025-01-01' }),
    );
    await refusedAs(
      'invalid-message/independent-in-future',
      enterLicence(provinceAdmin, accountId, { independentSince: inDays(1) }),
    );
  });

  it('[LI3] of two administrators who save at once the second is told', async () => {
    const { accountId } = specialist;
    await enterLicence(provinceAdmin, accountId, {});
    for (const revision of [0, 2])
      await refusedAs('conflict/version-outdated', enterLicence(provinceAdmin, accountId, { revision }));
    const both = await Promise.allSettled(
      [1, 1].map((revision) => enterLicence(provinceAdmin, accountId, { revision })),
    );
    assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
  });

  it('[LI4] without one that is valid nobody accepts a case, turns it down or has it waiting for them', async () => {
    const { consultationId, version } = await submitCase(doctor);
    const { client, accountId } = specialist;
    const params = { consultationId };
    const waits = async () => (await client.call('work-list:count')).mine;
    const stand = async () => (await client.call('consultation:read', { params })).actions;
    assert.ok((await stand()).includes('accept'), 'nothing is on file: nobody is stopped');
    const waiting = await waits();
    assert.ok(waiting > 0);
    for (const [changes, reason] of [
      [{ validTo: inDays(-1) }, 'licence-expired'],
      [{ validFrom: inDays(1) }, 'licence-upcoming'],
    ] as const) {
      await enterLicence(provinceAdmin, accountId, changes);
      assert.deepEqual(await stand(), ['review', 'chat'], 'the case stays in sight');
      assert.equal(await waits(), 0);
      await refusedAs(`forbidden/${reason}`, client.call('consultation:accept', { params, body: { version } }));
      const body = { version, reason: '不在专业范围' };
      await refusedAs(`forbidden/${reason}`, client.call('consultation:decline', { params, body }));
      await refusedAs(`forbidden/${reason}`, client.call('consultation:ask-supplement', { params, body }));
    }
    // Both days are included.
    await enterLicence(provinceAdmin, accountId, { validFrom: inDays(0), validTo: inDays(0) });
    assert.equal(await waits(), waiting);
    const { state } = await client.call('consultation:accept', { params, body: { version } });
    assert.equal(state, 'accepted');
  });

  it('[LI4] without one that is valid nobody is invited, at either side', async () => {
    const { consultationId } = await acceptWritten(doctor, await server.signIn('specialist'));
    const params = { consultationId };
    for (const [role, facilityId, administrator] of [
      ['physician', county.facilityId, countyAdmin],
      ['surgeon', province.facilityId, provinceAdmin],
    ] as const) {
      const { accountId } = await addPerson(server.database, role, facilityId);
      const listed = async () =>
        (await doctor.call('colleagues:list', { params })).some((one) => one.accountId === accountId);
      assert.ok(await listed());
      await enterLicence(administrator, accountId, { validTo: inDays(-1) });
      assert.ok(!(await listed()));
      const invite = () => doctor.call('consultation:invite', { params, body: { accountId } });
      await refusedAs('conflict/colleague-without-licence', invite());
      await enterLicence(administrator, accountId, { validTo: inDays(300) });
      assert.ok((await invite()).participants.some((one) => one.accountId === accountId));
    }
  });

  it('[LI5] are shown to their holders and, missing ones too, to those who answer for them', async () => {
    const { accountId, client } = specialist;
    const listed = async () => (await provinceAdmin.call('person:read', { params: { accountId } })).licence;
    assert.equal((await listed())?.state, 'unrecorded');
    await enterLicence(provinceAdmin, accountId, { validTo: inDays(20) });
    const expected = { state: 'valid', validTo: inDays(20), daysLeft: 20 };
    assert.deepEqual(await listed(), expected);
    assert.deepEqual((await client.call('session:read')).licence, expected);
    const coordinator = await addPerson(server.database, 'coordinator', province.facilityId);
    const other = await provinceAdmin.call('person:read', { params: { accountId: coordinator.accountId } });
    assert.equal(other.licence, null, 'whose role is no practice needs none');
    const { people } = await provinceAdmin.call('people:list', { query: { search: specialist.login } });
    assert.deepEqual(people[0]?.licence, expected);
  });
});
