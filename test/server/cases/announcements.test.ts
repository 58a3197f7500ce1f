import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { verifyRoomToken } from '../../../sfu/room-token.ts';
import { acceptCase, acceptWritten, draftCase, meetCase, submitCase } from '../../support/case-journey.ts';
import type { Client } from '../../support/client.ts';
import { type Connection, connect } from '../../support/connect.ts';
import { enterCall } from '../../support/enter-call.ts';
import { connectSfu } from '../../support/sfu-client.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

describe('what happens to a case', () => {
  let server: RunningServer;
  const clients: Record<string, Client> = {};
  const open: Connection[] = [];
  const window = async (account: string): Promise<Connection> => {
    const connection = await connect(server.url, client(account).cookie);
    open.push(connection);
    return connection;
  };
  const client = (account: string): Client => {
    const found = clients[account];
    assert.ok(found);
    return found;
  };

  before(async function () {
    this.timeout(180_000);
    server = await startServer();
    for (const account of [
      'county-doctor',
      'county-coordinator',
      'specialist',
      'specialist-2',
      'coordinator',
      'surgeon',
    ])
      clients[account] = await server.signIn(account);
  });
  afterEach(() => {
    for (const connection of open.splice(0)) connection.close();
  });
  after(() => server?.close());

  it('[CO6] appears at once at those whom it waits for, in each of their windows, with a sound', async () => {
    const pool = await Promise.all([
      window('specialist'),
      window('specialist'),
      window('specialist-2'),
      window('coordinator'),
    ]);
    const others = await Promise.all([window('county-coordinator'), window('surgeon')]);
    const sent = await submitCase(client('county-doctor'));
    for (const connection of pool) {
      const arrived = await connection.next(
        'consultation:arrived',
        (line) => line.consultationId === sent.consultationId,
      );
      assert.equal(arrived.needsMe, true);
      assert.equal(arrived.patientLabel, '张*');
      assert.ok(!JSON.stringify(arrived).includes('张建国'));
    }
    const [countyCoordinator, surgeon] = others;
    const changed = await countyCoordinator?.next(
      'consultation:changed',
      (line) => line.consultationId === sent.consultationId,
    );
    assert.equal(changed?.needsMe, false);
    assert.deepEqual(countyCoordinator?.pending('consultation:arrived'), []);
    assert.deepEqual(surgeon?.pending('consultation:changed'), []);
  });

  it('[NT1] is told by what it was, to those whom it concerns and nobody else, without a word of the patient', async () => {
    const [doctor, pool, coordinator] = await Promise.all([
      window('county-doctor'),
      window('specialist-2'),
      window('county-coordinator'),
    ]);
    const sent = await submitCase(client('county-doctor'));
    const params = { consultationId: sent.consultationId };
    const ofCase = ({ consultationId }: { consultationId: string | null }) => consultationId === sent.consultationId;
    assert.equal((await pool.next('notice:posted', ofCase)).kind, 'arrived');
    const asked = await client('specialist').call('consultation:ask-supplement', {
      params,
      body: { version: sent.version, reason: '请补充增强 CT' },
    });
    const back = await doctor.next('notice:posted', ofCase);
    assert.deepEqual([back.kind, back.caseNumber], ['supplement-asked', sent.caseNumber]);
    assert.ok(!/张|增强/.test(JSON.stringify({ ...back, byName: '', byFacilityName: '' })));
    const again = await client('county-doctor').call('consultation:submit', {
      params,
      body: { version: asked.version },
    });
    assert.equal((await pool.next('notice:posted', ofCase)).kind, 'supplemented');
    await client('specialist').call('consultation:accept', { params, body: { version: again.version } });
    const taken = await doctor.next('notice:posted', ofCase);
    assert.deepEqual([taken.kind, taken.byName], ['accepted', '陈致远']);
    assert.equal((await coordinator.next('notice:posted', ({ kind }) => kind === 'accepted')).kind, 'accepted');
    assert.deepEqual(pool.pending('notice:posted').filter(ofCase), [], 'a colleague’s answer is no news for the pool');
  });

  it('[NT2] is kept for each person until they have read it, whatever window they open next', async () => {
    const doctor = client('county-doctor');
    const history = () => doctor.call('notices:list');
    await doctor.call('notices:read', { body: {} });
    assert.equal((await history()).unread, 0);
    const { consultationId } = await acceptCase(doctor, client('specialist'));
    const { notices, unread } = await history();
    assert.deepEqual([unread, notices[0]?.kind, notices[0]?.consultationId], [1, 'accepted', consultationId]);
    await client('specialist').call('notices:read', { body: {} });
    assert.equal((await history()).unread, 1, 'another person’s reading is not mine');
    await doctor.call('notices:read', { body: { consultationId } });
    assert.deepEqual([(await history()).unread, (await history()).notices[0]?.readAt === null], [0, false]);
  });

  it('[CO15] is told to everyone with a grant, each with their own actions, and a last time to those who lost theirs', async () => {
    const sent = await submitCase(client('county-doctor'));
    const doctor = await window('county-doctor');
    const winner = await window('specialist');
    const loser = await window('specialist-2');
    await client('specialist').call('consultation:accept', {
      params: { consultationId: sent.consultationId },
      body: { version: sent.version },
    });
    const isAccepted = (line: { state: string; consultationId: string }): boolean =>
      line.consultationId === sent.consultationId && line.state === 'accepted';
    const [atDoctor, atWinner, atLoser] = await Promise.all(
      [doctor, winner, loser].map((connection) => connection.next('consultation:changed', isAccepted)),
    );
    assert.ok(atDoctor?.actions.includes('start-call') && !atDoctor.actions.includes('write-opinion'));
    assert.ok(atWinner?.actions.includes('write-opinion'));
    assert.deepEqual([atLoser?.actions, atLoser?.needsMe, atLoser?.specialistName], [[], false, '陈致远']);
  });

  it('[CO15] while it is a draft is told to its maker’s windows alone', async () => {
    const doctor = await window('county-doctor');
    const coordinator = await window('county-coordinator');
    const draft = await draftCase(client('county-doctor'));
    await doctor.next('consultation:changed', (line) => line.consultationId === draft.consultationId);
    assert.deepEqual(coordinator.pending('consultation:changed'), []);
  });

  it('[RP6] the requester hears at once that the opinion is signed', async () => {
    const accepted = await acceptWritten(client('county-doctor'), client('specialist'));
    const params = { consultationId: accepted.consultationId };
    const { version } = await client('specialist').call('opinion:save', {
      params,
      body: {
        findings: '见结节',
        diagnosis: [{ code: 'R91', display: '肺结节' }],
        recommendations: [],
        keyImages: [],
        version: 0,
      },
    });
    const doctor = await window('county-doctor');
    await client('specialist').call('report:sign', { params, body: { version, password: 'huizhen-demo' } });
    const arrived = await doctor.next('consultation:arrived');
    assert.deepEqual([arrived.state, arrived.needsMe, arrived.actions.includes('acknowledge')], ['issued', true, true]);
  });

  it('[CA1] [CA2] a call rings at whoever takes part, in every window', async () => {
    const accepted = await acceptCase(client('county-doctor'), client('specialist'));
    const params = { consultationId: accepted.consultationId };
    const invited = (await client('specialist').call('colleagues:list', { params })).find(
      (one) => one.role === 'surgeon',
    );
    await client('specialist').call('consultation:invite', { params, body: { accountId: invited?.accountId ?? '' } });
    const ringing = await Promise.all([window('county-doctor'), window('county-doctor'), window('surgeon')]);
    const silent = await Promise.all([window('specialist'), window('coordinator')]);
    const call = await client('specialist').call('call:start', { params });
    for (const connection of ringing) {
      const ring = await connection.next('call:rung');
      assert.deepEqual([ring.call.callId, ring.by.name, ring.patientLabel], [call.callId, '陈致远', '张*']);
    }
    for (const connection of silent) {
      await connection.next('consultation:changed', (line) => line.state === 'accepted' && line.callActive);
      assert.deepEqual(connection.pending('call:rung'), []);
    }
    assert.equal((await client('county-doctor').call('call:start', { params })).callId, call.callId);
    const late = await window('county-doctor');
    assert.equal((await late.next('call:rung')).call.callId, call.callId);
  });

  it('[CA6] a call is the meeting once both sides are in it together, not by one who waits alone or a coordinator', async () => {
    const [doctor, specialist] = [client('county-doctor'), client('specialist')];
    const { consultationId } = await meetCase(doctor, specialist);
    const alone = [
      await enterCall(specialist, consultationId),
      await enterCall(client('county-coordinator'), consultationId),
    ];
    await sleep(2500);
    const before = await specialist.call('consultation:read', { params: { consultationId } });
    assert.deepEqual([before.state, before.metAt, before.actions.includes('sign')], ['accepted', null, false]);
    alone[0]?.close();
    const waiting = await window('specialist');
    const requester = await enterCall(doctor, consultationId);
    alone.push(requester, await enterCall(specialist, consultationId));
    const line = await waiting.next('consultation:changed', (one) => one.state === 'in-consultation');
    assert.deepEqual([line.consultationId, line.actions.includes('sign')], [consultationId, true]);
    for (const one of alone) one.close();
    const after = await specialist.call('consultation:read', { params: { consultationId } });
    assert.ok(after.metAt);
  });

  it('[CA1] started by both sides at once it is one call', async () => {
    const { consultationId } = await acceptCase(client('county-doctor'), client('specialist'));
    const calls = await Promise.all(
      ['county-doctor', 'specialist'].map((account) =>
        client(account).call('call:start', { params: { consultationId } }),
      ),
    );
    assert.equal(new Set(calls.map((call) => call.callId)).size, 1);
  });

  it('[CA3] silenced or answered in one window, it rings in no other of that person', async () => {
    const met = await meetCase(client('county-doctor'), client('specialist'));
    const { consultationId } = met;
    const [one, other] = [await window('county-doctor'), await window('county-doctor')];
    const isThis = (notice: { consultationId: string }): boolean => notice.consultationId === consultationId;
    await Promise.all([one, other].map((connection) => connection.next('call:rung', isThis)));
    await one.request('call:silence', { consultationId });
    await other.next('call:silenced', isThis);
    const third = await window('county-doctor');
    await third.request('chat:since', { consultationId, afterSequence: 0 });
    assert.deepEqual(third.pending('call:rung').filter(isThis), []);

    const again = await meetCase(client('county-doctor'), client('specialist'));
    await one.next('call:rung', (notice) => notice.consultationId === again.consultationId);
    await client('county-doctor').call('call:ticket', { params: { consultationId: again.consultationId } });
    await one.next('call:silenced', (notice) => notice.consultationId === again.consultationId);
  });

  it('[WL4] a call whose ringing was put off is still named on the work list, and is joined from there', async () => {
    const [doctor, specialist] = [client('county-doctor'), client('specialist')];
    const { consultationId } = await meetCase(doctor, specialist);
    const isThis = (one: { consultationId: string }): boolean => one.consultationId === consultationId;
    const at = await window('county-doctor');
    await at.next('call:rung', isThis);
    await at.request('call:silence', { consultationId });
    await at.next('call:silenced', isThis);
    const calls = async () => (await doctor.call('work-list:desk')).calls.filter(isThis);
    const [line] = await calls();
    assert.ok(line?.callActive && line.actions.includes('join-call'));
    const room = await enterCall(doctor, consultationId);
    room.close();
    await specialist.call('call:end', { params: { consultationId } });
    assert.deepEqual(await calls(), [], 'a call that is over is named to nobody');
  });

  it('[CA4] gives a ticket that opens the call’s room for a while, under the session’s name', async () => {
    const met = await meetCase(client('county-doctor'), client('specialist'));
    const params = { consultationId: met.consultationId };
    const claimsOf = async (account: string) => {
      const ticket = await client(account).call('call:ticket', { params });
      return verifyRoomToken(ticket.token, server.roomTokenSecret, Date.now());
    };
    const doctor = await claimsOf('county-doctor');
    assert.deepEqual(
      [doctor.roomId, doctor.displayName, doctor.facilityName, doctor.mayPublish],
      [met.call?.callId, '李春梅', '青溪县人民医院', ['audio', 'video', 'screen']],
    );
    assert.deepEqual((await claimsOf('coordinator')).mayPublish, ['audio', 'video']);
    assert.ok(!JSON.stringify(doctor).includes('张'), 'no patient in a token');
    await client('specialist').call('call:end', { params });
    const refused = await client('county-doctor').ask('call:ticket', { params });
    assert.equal(refused.status, 409);
  });

  it('[CA5] ends for everyone, in the room too, and may be started again as another call', async () => {
    const met = await meetCase(client('county-doctor'), client('specialist'));
    const params = { consultationId: met.consultationId };
    const doctor = await window('county-doctor');
    const first = await client('county-doctor').call('call:ticket', { params });
    await client('specialist').call('call:end', { params });
    const ended = await doctor.next('call:ended', (notice) => notice.consultationId === met.consultationId);
    assert.equal(ended.call.callId, met.call?.callId);
    assert.ok(ended.call.endedAt);
    const late = await connectSfu(server.url, first.token);
    const answer = await late.ask('room:join', { sessionId: randomUUID(), resume: false });
    late.close();
    assert.equal(answer.ok ? 'in' : answer.failure.reason, 'room-closed');
    assert.notEqual((await client('specialist').call('call:start', { params })).callId, met.call?.callId);
  });

  it('[CA2] rings at somebody who is invited while it is on', async () => {
    const met = await meetCase(client('county-doctor'), client('specialist'));
    const params = { consultationId: met.consultationId };
    const surgeon = await window('surgeon');
    const invited = (await client('specialist').call('colleagues:list', { params })).find(
      (one) => one.role === 'surgeon',
    );
    await client('specialist').call('consultation:invite', { params, body: { accountId: invited?.accountId ?? '' } });
    const ring = await surgeon.next('call:rung', (notice) => notice.consultationId === met.consultationId);
    assert.equal(ring.call.callId, met.call?.callId);
  });
});
