import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { acceptCase } from '../../support/case-journey.ts';
import type { Client } from '../../support/client.ts';
import { type Connection, connect, SocketRefusedError } from '../../support/connect.ts';
import { frameOf } from '../../support/imaging-parts.ts';
import { target, viewportAt } from '../../support/review-moves.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

describe('the shared review', function () {
  this.timeout(180_000);
  let server: RunningServer;
  let doctor: Client;
  let specialist: Client;
  let coordinator: Client;
  let consultationId: string;
  const open: Connection[] = [];
  const window = async (client: Client): Promise<Connection> => {
    const connection = await connect(server.url, client.cookie);
    open.push(connection);
    return connection;
  };
  const enter = (connection: Connection) => connection.request('review:open', { consultationId, sinceRevision: 0 });
  /** A window that is in the review. */
  const inReview = async (client: Client): Promise<Connection> => {
    const connection = await window(client);
    await enter(connection);
    return connection;
  };
  const ask = (connection: Connection) => connection.request('presenter:ask', { consultationId });
  const move = (connection: Connection, frame: number) =>
    connection.request('viewport:move', { consultationId, viewport: viewportAt(frame) });
  const codeOf = (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'ok',
      (error: unknown) => {
        assert.ok(error instanceof SocketRefusedError, String(error));
        return error.failure.code;
      },
    );

  before(async () => {
    server = await startServer();
    [doctor, specialist, coordinator] = await Promise.all([
      server.signIn('county-doctor'),
      server.signIn('specialist'),
      server.signIn('coordinator'),
    ]);
  });
  beforeEach(async () => {
    ({ consultationId } = await acceptCase(doctor, specialist));
  });
  afterEach(() => {
    for (const connection of open.splice(0)) connection.close();
  });
  after(() => server?.close());

  it('[RV1] tells whoever enters who is there, who presents and what they show', async () => {
    const leader = await inReview(doctor);
    await ask(leader);
    await move(leader, 7);
    const follower = await window(specialist);
    const snapshot = await enter(follower);
    assert.equal(snapshot.peerId, follower.socket.id);
    assert.deepEqual(snapshot.presenter, {
      accountId: (await doctor.call('session:read')).person.accountId,
      name: '李春梅',
      peerId: leader.socket.id,
    });
    assert.deepEqual(snapshot.viewport, viewportAt(7));
    assert.deepEqual(snapshot.peers.map((peer) => peer.peerId).sort(), [leader.socket.id, follower.socket.id].sort());
    assert.deepEqual([snapshot.revision, snapshot.annotations], [0, []]);
  });

  it('[RV2] is closed to a window that did not enter, or has left', async () => {
    const outside = await window(doctor);
    const requests = () => [
      codeOf(ask(outside)),
      codeOf(outside.request('presenter:answer', { consultationId, accountId: randomUUID(), grant: true })),
      codeOf(outside.request('pointer:move', { consultationId, target, point: null })),
      codeOf(
        outside.request('quality:report', {
          consultationId,
          quality: { target, state: 'full', loadedFrames: 1, totalFrames: 1 },
        }),
      ),
    ];
    assert.deepEqual(new Set(await Promise.all(requests())), new Set(['not-found']));
    await enter(outside);
    await outside.request('review:close', { consultationId });
    assert.deepEqual(new Set(await Promise.all(requests())), new Set(['not-found']));
    const follower = await inReview(specialist);
    await move(outside, 3);
    assert.equal((await enter(follower)).viewport, null);
  });

  it('[RV3] lets the first who asks present, and the same person go on in another window', async () => {
    const [leader, follower] = [await inReview(doctor), await inReview(specialist)];
    assert.deepEqual(await ask(leader), { granted: true });
    assert.equal((await follower.next('presenter:changed')).presenter?.peerId, leader.socket.id);
    const second = await inReview(doctor);
    assert.deepEqual(await ask(second), { granted: true });
    assert.equal((await follower.next('presenter:changed')).presenter?.peerId, second.socket.id);
  });

  it('[RV4] asks the presenter, who hands over or does not', async () => {
    const [leader, follower] = [await inReview(doctor), await inReview(specialist)];
    await ask(leader);
    for (const grant of [false, true]) {
      const asking = ask(follower);
      const question = await leader.next('presenter:asked');
      assert.deepEqual([question.name, question.answerWithinS], ['陈致远', 10]);
      await leader.request('presenter:answer', { consultationId, accountId: question.accountId, grant });
      assert.deepEqual(await asking, { granted: grant });
    }
    assert.equal(
      (await leader.next('presenter:changed', (one) => one.presenter?.name === '陈致远')).presenter?.peerId,
      follower.socket.id,
    );
  });

  it('[RV4] refuses a second who asks meanwhile, and an answer that is not the presenter’s', async () => {
    const [leader, follower, third] = [await inReview(doctor), await inReview(specialist), await inReview(coordinator)];
    await ask(leader);
    const asking = ask(follower);
    const question = await leader.next('presenter:asked');
    assert.deepEqual(await ask(third), { granted: false });
    const answer = { consultationId, accountId: question.accountId, grant: true };
    assert.equal(await codeOf(third.request('presenter:answer', answer)), 'forbidden');
    await leader.request('presenter:answer', answer);
    assert.deepEqual(await asking, { granted: true });
  });

  it('[RV4] gives the role to whoever asked when ten seconds bring no answer', async () => {
    const [leader, follower] = [await inReview(doctor), await inReview(specialist)];
    await ask(leader);
    assert.deepEqual(await ask(follower), { granted: true });
    assert.equal(
      (await leader.next('presenter:changed', (one) => one.presenter?.name === '陈致远')).presenter?.peerId,
      follower.socket.id,
    );
  });

  it('[RV5] keeps the role for a presenter whose line broke and who comes back', async () => {
    const [leader, follower] = [await inReview(doctor), await inReview(specialist)];
    await ask(leader);
    await follower.next('presenter:changed');
    leader.socket.io.engine.close();
    const away = await follower.next('presenter:changed');
    assert.deepEqual([away.presenter?.name, away.presenter?.peerId], ['李春梅', null]);
    const back = await window(doctor);
    assert.equal((await enter(back)).presenter?.peerId, back.socket.id);
    assert.equal((await follower.next('presenter:changed')).presenter?.peerId, back.socket.id);
  });

  it('[RV5] frees the role after five seconds, and at once where the presenter closes the review', async () => {
    const [leader, follower] = [await inReview(doctor), await inReview(specialist)];
    await ask(leader);
    leader.close();
    assert.equal((await follower.next('presenter:changed', (one) => one.presenter === null)).presenter, null);
    const again = await inReview(doctor);
    await ask(again);
    await follower.next('presenter:changed', (one) => one.presenter?.peerId === again.socket.id);
    await again.request('review:close', { consultationId });
    assert.equal((await follower.next('presenter:changed', (one) => one.presenter === null)).presenter, null);
  });

  it('[RV6] shows the presenter’s picture alone, the last one for certain, also to whoever comes later', async () => {
    const [leader, follower] = [await inReview(doctor), await inReview(specialist)];
    await ask(leader);
    await move(follower, 99);
    for (let frame = 1; frame <= 200; frame += 1)
      leader.socket.emit('viewport:move', { consultationId, viewport: viewportAt(frame) }, undefined as never);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await move(leader, 42);
    const last = await follower.next('viewport:moved', (one) => frameOf(one.viewport) === 42);
    assert.equal(last.peerId, leader.socket.id);
    const seen = follower.pending('viewport:moved').map((one) => frameOf(one.viewport));
    assert.ok(!seen.includes(99), 'a follower’s own picture went out');
    assert.deepEqual(leader.pending('viewport:moved'), [], 'the presenter is not told of themselves');
    const late = await window(coordinator);
    assert.deepEqual((await enter(late)).viewport, viewportAt(42));
  });

  it('[RV7] shows everyone’s pointer to the others under the session’s name', async () => {
    const [one, two] = [await inReview(doctor), await inReview(specialist)];
    const forged = { consultationId, target, point: { x: 12.5, y: 7 }, name: 'somebody else', accountId: randomUUID() };
    await one.request('pointer:move', forged);
    const seen = await two.next('pointer:moved');
    assert.deepEqual([seen.name, seen.point, seen.peerId], ['李春梅', { x: 12.5, y: 7 }, one.socket.id]);
    await one.request('pointer:move', { consultationId, target, point: null });
    assert.equal((await two.next('pointer:moved')).point, null);
    assert.deepEqual(one.pending('pointer:moved'), []);
  });

  it('[RV8] shows who is there and what each sees', async () => {
    const one = await inReview(doctor);
    const two = await inReview(specialist);
    const isBoth = (notice: { peers: unknown[] }): boolean => notice.peers.length === 2;
    await one.next('review:peers-changed', isBoth);
    const quality = { target, state: 'preview', loadedFrames: 3, totalFrames: 30 } as const;
    await two.request('quality:report', { consultationId, quality });
    const told = await one.next('review:peers-changed', (notice) => notice.peers.some((peer) => peer.quality !== null));
    assert.deepEqual(told.peers.find((peer) => peer.peerId === two.socket.id)?.quality, quality);
    two.close();
    const alone = await one.next('review:peers-changed', (notice) => notice.peers.length === 1);
    assert.equal(alone.peers[0]?.name, '李春梅');
  });

  it('[RV9] is over for whoever’s grant ends, in the middle of it', async () => {
    const [leader, follower] = [await inReview(doctor), await inReview(specialist)];
    await ask(leader);
    const { version } = await doctor.call('consultation:read', { params: { consultationId } });
    await doctor.call('consultation:cancel', { params: { consultationId }, body: { version, reason: '患者转院' } });
    await follower.next('consultation:changed', (line) => line.state === 'cancelled');
    await leader.request('pointer:move', { consultationId, target, point: { x: 1, y: 1 } });
    await move(leader, 5);
    assert.equal(await codeOf(follower.request('pointer:move', { consultationId, target, point: null })), 'not-found');
    assert.equal(await codeOf(enter(follower)), 'not-found');
    assert.deepEqual(follower.pending('pointer:moved'), []);
    assert.deepEqual(follower.pending('viewport:moved'), []);
  });

  it('[CO14] leaves a row in the access log for each entry', async () => {
    await inReview(specialist);
    const rows = await server.database.read.audit.listAccesses({ limit: 10, consultationId });
    assert.deepEqual([rows[0]?.subjectKind, rows[0]?.basis], ['review', 'assignment']);
  });
});
