import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { handOverLeft } from '../../../server/cases/left-cases.ts';
import { demoFacilities } from '../../../server/demo/network.ts';
import { createLog } from '../../../server/runtime/log.ts';
import { addAppointment } from '../../support/add-appointment.ts';
import { type AddedPerson, enterPerson, PERSON_PASSWORD } from '../../support/add-person.ts';
import { acceptCase, acceptWritten, submitCase } from '../../support/case-journey.ts';
import type { Client } from '../../support/client.ts';
import { enterLicence, inDays, LICENCE } from '../../support/licences.ts';
import { refusedAs } from '../../support/refusal.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

const { county, province } = demoFacilities;
const OPINION = {
  findings: '右肺下叶实性结节，边缘毛刺。',
  diagnosis: [{ code: 'R91', display: '肺结节' }],
  recommendations: [{ recommendationId: randomUUID(), text: '建议穿刺活检' }],
  keyImages: [],
};

describe('a case that is handed over', function () {
  this.timeout(180_000);
  let server: RunningServer;
  let doctor: Client;
  let coordinator: Client;
  let administrator: Client;
  let specialist: AddedPerson & { client: Client };
  let colleague: AddedPerson & { client: Client };
  before(async () => {
    server = await startServer();
    doctor = (await enterPerson(server, 'physician', county.facilityId)).client;
    coordinator = (await enterPerson(server, 'coordinator', province.facilityId)).client;
    administrator = (await enterPerson(server, 'facility-admin', province.facilityId)).client;
    colleague = await enterPerson(server, 'specialist', province.facilityId);
  });
  beforeEach(async () => {
    specialist = await enterPerson(server, 'specialist', province.facilityId);
  });
  after(() => server?.close());

  /** Accepted by the specialist, who has written the opinion and not signed it. */
  async function written() {
    const { consultationId } = await acceptWritten(doctor, specialist.client);
    const params = { consultationId };
    await specialist.client.call('opinion:save', { params, body: { ...OPINION, version: 0 } });
    const { version } = await doctor.call('consultation:read', { params });
    return { consultationId, params, version };
  }
  const read = (client: Client, consultationId: string) =>
    client.call('consultation:read', { params: { consultationId } });
  const kinds = async (client: Client, consultationId: string) =>
    (await client.call('notices:list')).notices
      .filter((one) => one.consultationId === consultationId)
      .map(({ kind, byName }) => `${kind} ${byName}`.trim());
  const acts = async (consultationId: string) =>
    (await server.database.read.audit.list({ limit: 50 })).filter(
      (one) => one.action === 'consultation:hand-over' && one.consultationId === consultationId,
    );
  const lapse = (specialistId: string) =>
    handOverLeft(
      {
        work: server.database,
        clock: () => new Date(),
        log: createLog('silent', 'test'),
        notify: {
          toAccounts: () => undefined,
          toAppointments: () => undefined,
          toCase: () => undefined,
          toCaseVolatile: () => undefined,
          leaveCase: () => undefined,
          toDemonstration: () => undefined,
          toShowing: () => undefined,
          toShowingVolatile: () => undefined,
          toShowers: () => undefined,
          leaveShowers: () => undefined,
          leaveDemonstration: () => undefined,
        },
      },
      { requestId: 'r', at: new Date() },
      { specialistId },
    );
  /** On file as if the day had passed by itself: nobody has looked yet. */
  const expire = ({ accountId }: AddedPerson) =>
    server.database.write(({ practitioners }) =>
      practitioners.put({ ...LICENCE, validTo: inDays(-1), accountId, revision: 1 }),
    );

  it('[CO21] by its specialist waits for the whole duty pool, with what was written for whoever takes it', async () => {
    const { consultationId, params, version } = await written();
    const hand = (client: Client, reason: string) =>
      client.call('consultation:hand-over', { params, body: { version, reason } });
    await refusedAs('invalid-message/reason-missing', hand(specialist.client, ''));
    await refusedAs('forbidden', hand(doctor, '换人'));
    await refusedAs('not-found', hand(colleague.client, '换人'));
    const left = await hand(specialist.client, '临时手术');
    assert.equal(left.state, 'submitted');
    assert.deepEqual([left.specialist, left.acceptedAt, left.metAt], [null, null, null]);
    assert.equal(left.handOver?.from.accountId, specialist.accountId);
    assert.equal(left.handOver?.by?.accountId, specialist.accountId);
    assert.equal(left.handOver?.reason, '临时手术');
    assert.ok(left.actions.includes('accept'), 'of the duty pool again');
    await refusedAs('forbidden', specialist.client.call('opinion:read', { params }));
    const taken = await colleague.client.call('consultation:accept', { params, body: { version: left.version } });
    assert.equal(taken.handOver?.from.accountId, specialist.accountId);
    await refusedAs('not-found', specialist.client.call('consultation:read', { params }));
    const draft = await colleague.client.call('opinion:read', { params });
    assert.deepEqual([draft.findings, draft.version], [OPINION.findings, 1]);
    const body = { version: draft.version, password: PERSON_PASSWORD };
    const report = await colleague.client.call('report:sign', { params, body });
    assert.equal(report.content.author.accountId, colleague.accountId);
    for (const client of [doctor, coordinator])
      assert.ok((await kinds(client, consultationId)).includes('handed-over 钱一'));
    assert.equal((await acts(consultationId))[0]?.detail['to'], 'submitted');
  });

  it('[CO21] by the invited coordinator too; a meeting that its specialist had is no meeting of the next one', async () => {
    const { consultationId, version } = await acceptCase(doctor, specialist.client);
    const params = { consultationId };
    const met = new Date().toISOString();
    await server.database.query(
      `UPDATE consultation SET state = 'in-consultation', metAt = '${met}' WHERE consultationId = '${consultationId}'`,
    );
    const { callId } = await specialist.client.call('call:start', { params });
    const body = { version, reason: '专家突发疾病' };
    await refusedAs('conflict/state-not-allowed', coordinator.call('consultation:hand-over', { params, body }));
    assert.ok(!(await read(coordinator, consultationId)).actions.includes('hand-over'), 'while the call is on');
    assert.ok(callId);
    await specialist.client.call('call:end', { params });
    const left = await coordinator.call('consultation:hand-over', { params, body });
    assert.deepEqual([left.state, left.metAt], ['submitted', null]);
    assert.ok((await kinds(specialist.client, consultationId)).includes('handed-over 钱一'));
    const again = await colleague.client.call('consultation:accept', { params, body: { version: left.version } });
    assert.ok(!again.actions.includes('sign'), 'the two sides have yet to meet');
  });

  it('[CO21] while something is being added waits for that, and then for the duty pool', async () => {
    const { consultationId, params, version } = await written();
    const body = { version, reason: '补充薄层 CT' };
    const asked = await specialist.client.call('consultation:ask-supplement', { params, body });
    const again = { version: asked.version, reason: '休假' };
    const left = await coordinator.call('consultation:hand-over', { params, body: again });
    assert.equal(left.state, 'supplement');
    const sent = await doctor.call('consultation:submit', { params, body: { version: left.version } });
    assert.equal(sent.state, 'submitted');
    assert.ok((await read(colleague.client, consultationId)).actions.includes('accept'));
    // Nobody has it: there is nothing to hand over.
    const none = { version: sent.version, reason: '再次' };
    await refusedAs('conflict/state-not-allowed', coordinator.call('consultation:hand-over', { params, body: none }));
  });

  it('[LI6] goes back once the licence is entered as expired, and everybody is told', async () => {
    const { consultationId, params } = await written();
    await enterLicence(administrator, specialist.accountId, { validTo: inDays(-1) });
    const left = await read(doctor, consultationId);
    assert.equal(left.state, 'submitted');
    assert.deepEqual([left.handOver?.from.accountId, left.handOver?.by], [specialist.accountId, null]);
    const own = await read(specialist.client, consultationId);
    assert.ok(!own.actions.includes('accept') && !own.actions.includes('write-opinion'));
    for (const client of [doctor, coordinator, specialist.client, colleague.client])
      assert.ok((await kinds(client, consultationId)).includes('handed-over'));
    await colleague.client.call('consultation:accept', { params, body: { version: left.version } });
    assert.equal((await colleague.client.call('opinion:read', { params })).findings, OPINION.findings);
    const [act, ...others] = await acts(consultationId);
    assert.equal(others.length, 0);
    assert.equal(act?.actorId, null);
    assert.equal(act?.detail['cause'], 'licence');
    assert.equal(left.handOver?.cause, 'licence');
    // Renewed, the same person may take cases again.
    await enterLicence(administrator, specialist.accountId, { validTo: inDays(400) });
    const next = await submitCase(doctor);
    assert.ok((await read(specialist.client, next.consultationId)).actions.includes('accept'));
  });

  it('[LI6] goes back at the first attempt to sign after midnight, which is refused; what was written last is kept', async () => {
    const { consultationId, params } = await written();
    await expire(specialist);
    const last = { ...OPINION, findings: '午夜之后补写的一句。' };
    const { version } = await specialist.client.call('opinion:save', { params, body: { ...last, version: 1 } });
    const sign = () => specialist.client.call('report:sign', { params, body: { version, password: PERSON_PASSWORD } });
    await refusedAs('forbidden/licence-expired', sign());
    const left = await read(colleague.client, consultationId);
    assert.deepEqual([left.state, left.issuedAt], ['submitted', null]);
    await refusedAs('forbidden', sign());
    await colleague.client.call('consultation:accept', { params, body: { version: left.version } });
    assert.equal((await colleague.client.call('opinion:read', { params })).findings, last.findings);
  });

  it('[LI6] goes back by itself, once though several servers look, and not in the middle of its call', async () => {
    const idle = await written();
    const { consultationId } = await acceptCase(doctor, specialist.client);
    const params = { consultationId };
    await specialist.client.call('call:start', { params });
    const { consultationId: othersId } = await acceptWritten(doctor, colleague.client);
    await expire(specialist);
    const counts = await Promise.all([lapse(specialist.accountId), lapse(specialist.accountId)]);
    assert.equal(
      counts.reduce((sum, one) => sum + one, 0),
      1,
    );
    assert.equal((await acts(idle.consultationId)).length, 1);
    assert.equal((await read(doctor, consultationId)).state, 'accepted', 'the call is on');
    assert.equal((await read(doctor, othersId)).state, 'accepted', 'a colleague’s');
    await specialist.client.call('call:end', { params });
    assert.equal(await lapse(specialist.accountId), 1);
    assert.equal((await read(doctor, consultationId)).state, 'submitted');
  });

  it('[LI6] goes back once its specialist no longer works there or is disabled, and is kept by who only left another post', async () => {
    const ended = await written();
    const period = (changes: string) =>
      server.database.query(`UPDATE account SET ${changes} WHERE accountId = '${specialist.accountId}'`);
    await period(`toDay = '${inDays(0)}'`);
    assert.equal(await lapse(specialist.accountId), 0, 'on the last day');
    await period(`toDay = '${inDays(-1)}'`);
    assert.equal(await lapse(specialist.accountId), 1);
    const left = await read(doctor, ended.consultationId);
    assert.deepEqual([left.state, left.handOver?.by, left.handOver?.cause], ['submitted', null, 'appointment']);
    await refusedAs(
      'forbidden/appointment-ended',
      specialist.client.call('consultation:read', { params: ended.params }),
    );
    await colleague.client.call('consultation:accept', { params: ended.params, body: { version: left.version } });
    const { findings } = await colleague.client.call('opinion:read', { params: ended.params });
    assert.equal(findings, OPINION.findings);

    specialist = await enterPerson(server, 'specialist', province.facilityId);
    const kept = await written();
    const { accountId } = specialist;
    const elsewhere = { accountId, facilityId: county.facilityId, role: 'physician', toDay: inDays(-1) } as const;
    await addAppointment(server.database, elsewhere);
    assert.equal(await lapse(specialist.accountId), 0, 'the post that was left is another one');
    const body = { reason: '已离职' };
    await administrator.call('person:disable', { params: { accountId }, body });
    assert.equal(await lapse(specialist.accountId), 1);
    const { handOver } = await read(doctor, kept.consultationId);
    assert.deepEqual([handOver?.from.accountId, handOver?.cause], [specialist.accountId, 'account']);
  });

  it('[LI6] a report that was signed stays its author’s, who only amends it with a licence that is valid', async () => {
    const { consultationId, params } = await written();
    const body = { version: 1, password: PERSON_PASSWORD };
    await specialist.client.call('report:sign', { params, body });
    await enterLicence(administrator, specialist.accountId, { validTo: inDays(-1) });
    const { state, version, actions } = await read(specialist.client, consultationId);
    assert.equal(state, 'issued');
    assert.ok(actions.includes('read-report') && !actions.includes('amend-report'));
    const amended = { version, kind: 'corrected', reason: '笔误' } as const;
    await refusedAs('forbidden/licence-expired', specialist.client.call('report:amend', { params, body: amended }));
  });
});
