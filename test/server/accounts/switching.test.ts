import assert from 'node:assert/strict';
import { demoFacilities } from '../../../server/demo/network.ts';
import { addAppointment } from '../../support/add-appointment.ts';
import { type AddedPerson, addPerson, enterPerson, PERSON_PASSWORD } from '../../support/add-person.ts';
import { acceptCase } from '../../support/case-journey.ts';
import { type Client, createClient, machineClient, RefusedError, signIn } from '../../support/client.ts';
import { connect } from '../../support/connect.ts';
import { eventually } from '../../support/eventually.ts';
import { refusal } from '../../support/refusal.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';
import { submitCase } from '../../support/submit-case.ts';

const { county, province } = demoFacilities;

const isNoAppointment = (err: unknown) => err instanceof RefusedError && err.failure.reason === 'no-appointment';

/** A physician of the county's hospital who is a specialist of the provincial one as well. */
describe('a person at two hospitals', function () {
  this.timeout(180_000);
  let server: RunningServer;
  let aheadMs = 0;
  let person: AddedPerson;
  let specialistId: string;
  before(async () => {
    server = await startServer({ clock: () => new Date(Date.now() + aheadMs) });
    person = await addPerson(server.database, 'physician', county.facilityId, '林双');
    const { accountId } = person;
    specialistId = await addAppointment(server.database, {
      accountId,
      facilityId: province.facilityId,
      role: 'specialist',
      specialty: '放射科',
    });
  });
  beforeEach(async () => {
    aheadMs = 0;
    await server.database.write(({ accounts }) => accounts.noteAppointment(person.accountId, person.accountId));
  });
  after(() => server?.close());

  const enter = () => signIn(server.url, person.login, PERSON_PASSWORD);
  /** As the browser does: the answer brings another cookie. */
  async function switchTo(client: Client, appointmentId: string): Promise<Client> {
    const response = await client.fetch('/api/session/appointment', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ appointmentId }),
    });
    assert.equal(response.status, 200, await response.clone().text());
    assert.equal(response.headers.get('clear-site-data'), '"cache"');
    const cookie = response.headers.getSetCookie().map((line) => line.split(';')[0] ?? '');
    return createClient(server.url, cookie.join('; '));
  }
  const casesOf = async (client: Client) =>
    (await client.call('consultations:list')).map(({ consultationId }) => consultationId);

  it('[CA2] hears in one hospital that a call of the other one rings, and nothing of its patient, until it is answered or over', async () => {
    const inCounty = await enter();
    const inProvince = await switchTo(await enter(), specialistId);
    const doctor = await server.signIn('county-doctor');
    const { consultationId } = await acceptCase(doctor, inProvince);
    const start = () => doctor.call('call:start', { params: { consultationId } });
    const [county1, county2, own] = await Promise.all(
      [inCounty, inCounty, inProvince].map(({ cookie }) => connect(server.url, cookie)),
    );
    try {
      assert.ok(county1 && county2 && own);
      await start();
      const there = await county1.next('call:rung-elsewhere');
      assert.deepEqual(Object.keys(there).sort(), ['appointmentId', 'by', 'consultationId']);
      assert.deepEqual([there.consultationId, there.appointmentId], [consultationId, specialistId]);
      assert.equal(there.by.facilityId, county.facilityId);
      assert.equal((await own.next('call:rung')).consultationId, consultationId);
      assert.deepEqual([county1.pending('call:rung'), own.pending('call:rung-elsewhere')], [[], []]);
      const late = await connect(server.url, inCounty.cookie);
      assert.equal((await late.next('call:rung-elsewhere')).appointmentId, specialistId);
      late.close();
      await inProvince.call('call:ticket', { params: { consultationId } });
      for (const window of [county1, county2])
        assert.equal((await window.next('call:silenced')).consultationId, consultationId);
      await doctor.call('call:end', { params: { consultationId } });
      await start();
      await county1.next('call:rung-elsewhere');
      await doctor.call('call:end', { params: { consultationId } });
      await county1.next('call:silenced');
    } finally {
      for (const window of [county1, county2, own]) window?.close();
    }
  });

  it('[AP1] switches without signing out, and sees and does in each place what is that place’s', async () => {
    const inCounty = await enter();
    const own = await submitCase(inCounty);
    const others = await submitCase(await server.signIn('county-doctor'));
    const before = await inCounty.call('session:read');
    assert.deepEqual(
      [before.person.role, before.person.facilityId, before.appointments.map(({ role }) => role)],
      ['physician', county.facilityId, ['physician', 'specialist']],
    );
    assert.deepEqual(await casesOf(inCounty), [own.consultationId]);
    const inProvince = await switchTo(inCounty, specialistId);
    const after = await inProvince.call('session:read');
    assert.deepEqual(
      [after.person.role, after.person.facilityName, after.person.specialty, after.appointmentId],
      ['specialist', province.name, '放射科', specialistId],
    );
    assert.equal(after.expiresAt, before.expiresAt, 'the session lasts no longer for it');
    const seen = await casesOf(inProvince);
    assert.ok(seen.includes(others.consultationId), 'in the duty pool there');
    assert.ok(!seen.includes(own.consultationId), 'nobody answers their own request');
    for (const { consultationId } of [own, others]) {
      const accepted = await inProvince.ask('consultation:accept', {
        params: { consultationId },
        body: { version: consultationId === own.consultationId ? own.version : others.version },
      });
      assert.equal(accepted.status, consultationId === own.consultationId ? 404 : 200);
    }
    const view = await inProvince.call('consultation:read', { params: { consultationId: others.consultationId } });
    assert.deepEqual([view.specialist?.role, view.specialist?.facilityName], ['specialist', province.name]);
    const back = await switchTo(inProvince, person.accountId);
    assert.deepEqual(await casesOf(back), [own.consultationId]);
    assert.equal(
      (await back.ask('consultation:read', { params: { consultationId: others.consultationId } })).status,
      404,
    );
  });

  it('[AP2] acts in the old place no more from that session, while other sessions stay where they are', async () => {
    const [session, elsewhere] = [await enter(), await enter()];
    const window = await connect(server.url, session.cookie);
    const other = await connect(server.url, elsewhere.cookie);
    const inProvince = await switchTo(session, specialistId);
    assert.deepEqual(await window.next('session:ended'), { reason: 'switched' });
    await eventually('the old window is out', () => !window.socket.connected);
    assert.equal((await session.ask('session:read')).status, 401, 'the old cookie opens nothing');
    assert.equal((await elsewhere.call('session:read')).person.facilityId, county.facilityId);
    assert.ok(other.socket.connected);
    assert.equal((await inProvince.call('own-sessions:list')).length >= 2, true);
    const [act] = await server.database.read.audit.list({ limit: 1, actorId: person.accountId });
    assert.deepEqual(
      [act?.action, act?.detail['from'], act?.detail['to']],
      ['session:switch', person.accountId, specialistId],
    );
    assert.equal((await (await enter()).call('session:read')).appointmentId, specialistId, 'where they were last');
    other.close();
  });

  it('[AP2] goes nowhere but into appointments of one’s own that are in force', async () => {
    const client = await enter();
    const { accountId } = await addPerson(server.database, 'specialist', province.facilityId);
    const over = await addAppointment(server.database, {
      accountId: person.accountId,
      facilityId: province.facilityId,
      role: 'coordinator',
      toDay: '2026-01-01',
    });
    for (const appointmentId of [accountId, over])
      assert.equal((await refusal(client, 'session:switch', {}, { appointmentId })).short, 'not-found');
    const machine = await machineClient(server.url, person.login, PERSON_PASSWORD);
    const refused = await machine.fetch('/api/session/appointment', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ appointmentId: specialistId }),
    });
    assert.equal(refused.status, 403);
    assert.equal((await client.call('session:read')).appointmentId, person.accountId);
  });

  it('[AP3] hears in each place what happens there, and of the other nothing', async () => {
    const inCounty = await enter();
    const inProvince = await switchTo(await enter(), specialistId);
    const [here, there] = [await connect(server.url, inCounty.cookie), await connect(server.url, inProvince.cookie)];
    const doctor = await server.signIn('county-doctor');
    const { consultationId, version } = await submitCase(doctor);
    const arrived = await there.next('consultation:arrived', (one) => one.consultationId === consultationId);
    assert.ok(arrived.needsMe);
    await inProvince.call('consultation:accept', { params: { consultationId }, body: { version } });
    const line = { consultationId, messageId: '5f0c1a52-6d3f-4b86-9d5a-3b7f1e2d4c5b', text: '请补充既往史' };
    const asking = await connect(server.url, doctor.cookie);
    await asking.request('chat:post', line);
    assert.equal((await there.next('chat:posted')).text, line.text);
    await doctor.call('call:start', { params: { consultationId } });
    assert.equal((await there.next('call:rung')).consultationId, consultationId);
    assert.equal((await inProvince.call('notices:list')).notices[0]?.consultationId, consultationId);
    assert.ok((await inCounty.call('notices:list')).notices.every((one) => one.consultationId !== consultationId));
    for (const name of [
      'consultation:changed',
      'consultation:arrived',
      'chat:posted',
      'call:rung',
      'notice:posted',
    ] as const)
      assert.equal(here.pending(name).length, 0, `${name} is not told in the other hospital`);
    for (const one of [here, there, asking]) one.close();
  });

  it('[AP4] is told calmly when the appointment has ended, goes on in another one, and else comes in no more', async () => {
    const { client, login, accountId } = await enterPerson(server, 'physician');
    const further = await addAppointment(server.database, {
      accountId,
      facilityId: province.facilityId,
      role: 'specialist',
    });
    const window = await connect(server.url, client.cookie);
    const end = (which: string, table: string) =>
      server.database.query(`UPDATE ${table} SET endedAt = '2026-01-01T00:00:00.000Z' WHERE ${table}Id = '${which}'`);
    await end(accountId, 'account');
    assert.deepEqual(await window.next('session:ended'), { reason: 'appointment-ended' });
    for (const name of ['consultations:list', 'notices:list'] as const)
      assert.equal((await refusal(client, name, {})).short, 'forbidden/appointment-ended');
    assert.equal((await refusal(client, 'consultation:create', {})).short, 'forbidden/appointment-ended');
    const session = await client.call('session:read');
    assert.deepEqual(
      [session.appointmentEnded, session.appointments.map(({ appointmentId }) => appointmentId)],
      [true, [further]],
    );
    const inProvince = await switchTo(client, further);
    assert.equal((await inProvince.call('session:read')).appointmentEnded, false);
    assert.deepEqual(await casesOf(inProvince), []);
    await end(further, 'appointment');
    await assert.rejects(signIn(server.url, login, PERSON_PASSWORD), isNoAppointment);
  });
});
