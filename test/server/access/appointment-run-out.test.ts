import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { chinaDate, endOfChinaDay } from '../../../server/patients/china-date.ts';
import { RefusedError } from '../../support/client.ts';
import { connect } from '../../support/connect.ts';
import { comePresent, goneAfter, isClosed, type Presence } from '../../support/ended-rights.ts';
import { eventually } from '../../support/eventually.ts';
import { refusal } from '../../support/refusal.ts';
import { lengthTo, target } from '../../support/review-moves.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';
import { submitCase } from '../../support/submit-case.ts';

const MINUTES_10_MS = 600_000;
const HOURS_4_MS = 4 * 3_600_000;
const DAY_MS = 24 * 3_600_000;

const isNoAppointment = (err: unknown) => err instanceof RefusedError && err.failure.reason === 'no-appointment';

describe('an appointment that runs out at midnight, while its holder is in a call', function () {
  this.timeout(180_000);
  let server: RunningServer;
  let present: Presence;
  let own: string;
  let accountId: string;
  /** In China; each test has a day of its own, since a clock never goes back. */
  let midnightMs = endOfChinaDay(chinaDate(new Date())).getTime();
  let aheadMs = 0;
  /** That is what it is now: what the machine has been busy with until then does not count. */
  const setToMidnight = (laterMs = 1_000): void => {
    aheadMs = midnightMs + laterMs - Date.now();
  };
  const change = (sql: string) => server.database.query(sql);
  const standing = async (changes: string) => change(`UPDATE account SET ${changes} WHERE accountId = '${accountId}'`);

  before(async () => {
    setToMidnight(-MINUTES_10_MS);
    server = await startServer({
      clock: () => new Date(Date.now() + aheadMs),
      environment: { SESSION_IDLE_MINUTES: '600' },
    });
    accountId = (await (await server.signIn('county-doctor')).call('session:read')).person.accountId;
  });
  beforeEach(async () => {
    midnightMs += DAY_MS;
    setToMidnight(-MINUTES_10_MS);
    await standing('toDay = NULL, endedAt = NULL');
    present = await comePresent(server, server.url);
    ({ consultationId: own } = await submitCase(present.doctor));
    await standing(`toDay = '${chinaDate(new Date(midnightMs - MINUTES_10_MS))}'`);
  });
  afterEach(() => present.close());
  after(() => server?.close());

  const draw = () =>
    present.socket.ask('annotation:put', {
      consultationId: present.consultationId,
      annotationId: randomUUID(),
      target,
      shape: lengthTo(3),
    });

  it('[AP7] finishes the call with everything that belongs to it, opens nothing else, and is out when it is over', async () => {
    const { doctor, consultationId, socket, sfu } = present;
    const elsewhere = await server.signIn('county-doctor');
    const idle = await connect(server.url, elsewhere.cookie);
    assert.equal((await doctor.call('consultations:list')).length >= 2, true);
    setToMidnight();
    assert.deepEqual(await socket.next('appointment:run-out'), { consultationId, hours: 4 });
    assert.deepEqual(await idle.next('session:ended'), { reason: 'appointment-ended' }, 'who is in no call is out');
    assert.equal(
      (await refusal(elsewhere, 'consultation:read', { consultationId })).short,
      'forbidden/appointment-ended',
    );

    const params = { consultationId };
    assert.ok((await draw()).ok, 'draws');
    const text = '再看一下肺窗';
    await socket.request('chat:post', { consultationId, messageId: randomUUID(), text });
    assert.ok((await doctor.call('consultation:read', { params })).actions.includes('join-call'));
    assert.ok((await doctor.call('call:ticket', { params })).token, 'comes back after a lost line');
    const specialist = await server.signIn('specialist');
    const { version } = await specialist.call('consultation:read', { params: { consultationId: own } });
    await specialist.call('consultation:accept', { params: { consultationId: own }, body: { version } });
    await specialist.call('call:start', { params: { consultationId: own } });
    const again = await connect(server.url, doctor.cookie);
    assert.deepEqual(await again.next('appointment:run-out'), { consultationId, hours: 4 });
    const session = await doctor.call('session:read');
    assert.deepEqual([session.appointmentEnded, session.permissions], [false, []]);

    assert.equal((await refusal(doctor, 'consultation:read', { consultationId: own })).short, 'not-found');
    for (const name of ['consultations:list', 'work-list:read', 'consultation:create', 'notices:list'] as const)
      assert.equal((await refusal(doctor, name, {})).code, 'forbidden', name);
    assert.equal((await refusal(doctor, 'patients:search', {}, { search: '张' })).code, 'forbidden');
    assert.ok(!(await (await doctor.fetch('/dicomweb/studies')).text()).includes('0020000D'), 'no study');
    await assert.rejects(server.signIn('county-doctor'), isNoAppointment);
    assert.ok(sfu.socket.connected);
    const rung = [...again.pending('call:rung'), ...again.pending('call:rung-elsewhere')];
    assert.ok(!rung.some((one) => one.consultationId === own), 'a call of another case');
    await specialist.call('call:end', { params: { consultationId: own } });
    await goneAfter(() => specialist.call('call:end', { params }), {
      'the socket': () => isClosed(socket),
      HTTP: () =>
        eventually(
          'the case is closed to them',
          async () => (await doctor.ask('consultation:read', { params })).status === 403,
        ),
    });
    assert.deepEqual(await socket.next('session:ended'), { reason: 'appointment-ended' });
    for (const one of [idle, again]) one.close();
  });

  it('[AP7] goes on for four hours and no longer', async () => {
    setToMidnight(HOURS_4_MS - 60_000);
    await present.socket.next('appointment:run-out');
    assert.ok((await draw()).ok);
    await goneAfter(() => setToMidnight(HOURS_4_MS), {
      'the place in the room': () => present.sfu.next('peer:removed'),
      'the socket': () => isClosed(present.socket),
    });
  });

  it('[AP7] ends at once where an administrator ends it, before midnight and after', async () => {
    const end = () => standing(`endedAt = '${new Date(Date.now() + aheadMs).toISOString()}'`);
    await goneAfter(end, {
      'the place in the room': () => present.sfu.next('peer:removed'),
      'the socket': () => isClosed(present.socket),
    });
    assert.deepEqual(await present.socket.next('session:ended'), { reason: 'appointment-ended' });
    assert.equal(
      (await present.doctor.ask('call:ticket', { params: { consultationId: present.consultationId } })).status,
      403,
    );
  });
});
