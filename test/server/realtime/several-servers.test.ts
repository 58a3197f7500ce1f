import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { DEMO_PASSWORD } from '../../../server/demo/network.ts';
import { acceptCase, acceptWritten, submitCase } from '../../support/case-journey.ts';
import { type Client, createClient } from '../../support/client.ts';
import { type Connection, connect } from '../../support/connect.ts';
import { newDemoDatabase } from '../../support/demo-network.ts';
import { comePresent } from '../../support/ended-rights.ts';
import { frameOf } from '../../support/imaging-parts.ts';
import { type Redis, startRedis } from '../../support/redis.ts';
import { refusal } from '../../support/refusal.ts';
import { lengthTo, target, viewportAt } from '../../support/review-moves.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';
import { type RunningSfu, startSfu } from '../../support/start-sfu.ts';
import { opinion } from '../reports/opinion-by-hand.ts';

describe('two servers behind one address', function () {
  this.timeout(240_000);
  let redis: Redis;
  let sfu: RunningSfu;
  const servers: RunningServer[] = [];
  const open: Connection[] = [];
  let doctor: Client;
  let specialist: Client;
  const windowAt = async (server: number, client: Client): Promise<Connection> => {
    const connection = await connect(servers[server]?.url ?? '', client.cookie);
    open.push(connection);
    return connection;
  };

  before(async () => {
    const [databaseUrl, started] = await Promise.all([newDemoDatabase(), startRedis()]);
    redis = started;
    sfu = await startSfu();
    const environment = { REDIS_URL: redis.url, FIELD_SECRET: randomUUID() };
    for (let count = 0; count < 2; count += 1)
      servers.push(await startServer({ databaseUrl, environment, sfuApart: sfu }));
    const [first] = servers;
    assert.ok(first);
    [doctor, specialist] = await Promise.all([first.signIn('county-doctor'), first.signIn('specialist')]);
  });
  afterEach(() => {
    for (const connection of open.splice(0)) connection.close();
  });
  after(async () => {
    for (const server of servers) await server.close();
    await sfu?.close();
    await redis?.close();
  });

  it('[RT9] tell each other’s windows what happens to a case, and who takes it', async () => {
    const atOther = await windowAt(1, specialist);
    const sent = await submitCase(doctor);
    const arrived = await atOther.next('consultation:arrived', (line) => line.consultationId === sent.consultationId);
    assert.equal(arrived.needsMe, true);
    const specialistAtOther = createClient(servers[1]?.url ?? '', specialist.cookie);
    const params = { consultationId: sent.consultationId };
    const accepted = await specialistAtOther.call('consultation:accept', { params, body: { version: sent.version } });
    assert.equal(accepted.state, 'accepted');
    const whole = await specialistAtOther.call('patient:reveal', { params });
    assert.equal(whole.phone, '13800001234', 'sealed by the one, opened by the other');
  });

  it('[RT9] share one review: annotations, pictures, presence and who presents', async () => {
    const { consultationId } = await acceptCase(doctor, specialist);
    const [one, two] = [await windowAt(0, doctor), await windowAt(1, specialist)];
    await one.request('review:open', { consultationId, sinceRevision: 0 });
    const snapshot = await two.request('review:open', { consultationId, sinceRevision: 0 });
    assert.equal(snapshot.peers.length, 2);
    await one.next('review:peers-changed', (notice) => notice.peers.length === 2);

    await one.request('presenter:ask', { consultationId });
    assert.equal((await two.next('presenter:changed')).presenter?.peerId, one.socket.id);
    await one.request('viewport:move', { consultationId, viewport: viewportAt(5) });
    await two.next('viewport:moved', (moved) => frameOf(moved.viewport) === 5);

    const asking = two.request('presenter:ask', { consultationId });
    const question = await one.next('presenter:asked');
    await one.request('presenter:answer', { consultationId, accountId: question.accountId, grant: true });
    assert.deepEqual(await asking, { granted: true });
    await two.request('viewport:move', { consultationId, viewport: viewportAt(9) });
    await one.next('viewport:moved', (moved) => frameOf(moved.viewport) === 9);
    await one.request('viewport:move', { consultationId, viewport: viewportAt(11) });

    const { revision } = await one.request('annotation:put', {
      consultationId,
      annotationId: randomUUID(),
      target,
      shape: lengthTo(3),
    });
    assert.equal((await two.next('annotation:changed')).revision, revision);
    assert.deepEqual(
      two
        .pending('viewport:moved')
        .map((moved) => frameOf(moved.viewport))
        .filter((frame) => frame === 11),
      [],
      'whoever presented before shows nothing any more',
    );
    two.close();
    const away = await one.next('presenter:changed', (changed) => changed.presenter?.peerId === null);
    assert.equal(away.presenter?.name, '陈致远');
    const back = await windowAt(0, specialist);
    const again = await back.request('review:open', { consultationId, sinceRevision: 0 });
    assert.deepEqual([again.presenter?.peerId, again.viewport], [back.socket.id, viewportAt(9)]);
  });

  it('[RP3] count wrong passwords at a signature together', async () => {
    const { consultationId } = await acceptWritten(doctor, specialist);
    const params = { consultationId };
    await specialist.call('opinion:save', { params, body: { ...opinion, version: 0 } });
    const atOther = createClient(servers[1]?.url ?? '', specialist.cookie);
    const sign = async (client: Client, password: string) =>
      (await refusal(client, 'report:sign', params, { version: 1, password })).short;
    for (const [guess, client] of [specialist, atOther, specialist, atOther, specialist].entries())
      assert.equal(await sign(client, `guess ${guess}`), 'forbidden/signature-password');
    for (const client of [atOther, specialist]) assert.equal(await sign(client, DEMO_PASSWORD), 'rate-limited');
  });

  it('[RT7] [RT9] end a session’s windows on every server', async () => {
    const session = await servers[0]?.signIn('county-doctor');
    assert.ok(session);
    const atOther = await windowAt(1, session);
    await session.call('session:close');
    assert.deepEqual(await atOther.next('session:ended'), { reason: 'signed-out' });
  });

  it('[SF32] [RT7] put a person who signs out at one of them out of the call and of the other’s windows', async () => {
    const [first, second] = servers;
    assert.ok(first && second);
    const present = await comePresent(first, sfu.url, second);
    const { cookie } = present.doctor;
    await present.isOutAfter(() => createClient(second.url, cookie).call('session:close'), 'closed');
    present.close();
  });

  it('[RT9] while Redis is gone each server goes on for its own windows, and for all again once it is back', async () => {
    const { consultationId } = await acceptCase(doctor, specialist);
    const [one, near, far] = [await windowAt(0, doctor), await windowAt(0, specialist), await windowAt(1, specialist)];
    for (const connection of [one, near, far])
      await connection.request('review:open', { consultationId, sinceRevision: 0 });
    await one.request('presenter:ask', { consultationId });
    const draw = () =>
      one.request('annotation:put', { consultationId, annotationId: randomUUID(), target, shape: lengthTo(1) });
    await redis.kill();
    const { revision } = await draw();
    assert.equal((await near.next('annotation:changed')).revision, revision);
    await one.request('viewport:move', { consultationId, viewport: viewportAt(3) });
    await near.next('viewport:moved', (moved) => frameOf(moved.viewport) === 3);
    const late = await windowAt(0, doctor);
    const snapshot = await late.request('review:open', { consultationId, sinceRevision: 0 });
    assert.equal(snapshot.presenter?.peerId, one.socket.id, 'nobody loses the role to the outage');
    await redis.restart();
    let isHeard = false;
    far.socket.on('annotation:changed', () => {
      isHeard = true;
    });
    for (let tries = 0; tries < 60 && !isHeard; tries += 1) {
      await draw();
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    assert.ok(isHeard, 'the other server hears again');
    const healed = await far.request('review:open', { consultationId, sinceRevision: 0 });
    assert.equal(healed.annotations.length, healed.revision);
  });
});
