import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { startFakeDevice } from '../support/fake-device.ts';
import { connectSfu, type SfuClient, tokenFor } from '../support/sfu-client.ts';
import { type RunningSfu, startSfu } from '../support/start-sfu.ts';

const GRACE_MS = 400;

describe('people in a room', () => {
  let patient: RunningSfu;
  let hasty: RunningSfu;
  let roomId: string;
  const clients: SfuClient[] = [];
  before(async () => {
    // One sfu that waits for the absent, one that hardly does.
    [patient, hasty] = await Promise.all([startSfu(), startSfu({ graceMs: GRACE_MS })]);
  });
  after(() => Promise.all([patient.close(), hasty.close()]));
  beforeEach(() => {
    roomId = randomUUID();
  });
  afterEach(() => {
    for (const client of clients.splice(0)) client.close();
  });

  async function enter(sfu: RunningSfu, accountId: string = randomUUID()): Promise<SfuClient> {
    const client = await connectSfu(sfu.url, tokenFor(roomId, sfu.secret, { accountId }));
    clients.push(client);
    return client;
  }

  it('[SF11] the newcomer learns who and what is there, the others learn of the newcomer', async () => {
    const [a, b] = [await enter(patient), await enter(patient)];
    const joinedA = await a.join();
    const device = await startFakeDevice(a, joinedA);
    const { id: producerId } = await device.publish('video');
    const joinedB = await b.join();
    assert.deepEqual(
      joinedB.peers.map(({ peerId, displayName, facilityName, away }) => ({ peerId, displayName, facilityName, away })),
      [{ peerId: joinedA.peerId, displayName: '李医生', facilityName: '县人民医院', away: false }],
    );
    assert.deepEqual(joinedB.producers, [
      { producerId, peerId: joinedA.peerId, kind: 'video', source: 'video', paused: false },
    ]);
    assert.equal((await a.next('peer:joined')).peerId, joinedB.peerId);
    assert.deepEqual([a.heard, b.heard], [[], []]);
  });

  it('[SF12] one person is in the room once, and says which window it is to be', async () => {
    const accountId = randomUUID();
    const [a, b, other] = [await enter(patient, accountId), await enter(patient, accountId), await enter(patient)];
    const joinedA = await a.join();
    await other.join();
    const refused = await b.ask('room:join', { sessionId: randomUUID(), resume: false });
    assert.equal(!refused.ok && refused.failure.reason, 'in-other-window');
    await a.get('transport:restart-ice', { transportId: joinedA.recvTransport.transportId });
    const joinedB = await b.get('room:join', { sessionId: randomUUID(), resume: false, takeOver: true });
    await a.next('peer:replaced');
    await a.disconnected();
    assert.deepEqual(
      joinedB.peers.map(({ accountId: one }) => one === accountId),
      [false],
    );
    assert.equal((await other.next('peer:left')).peerId, joinedA.peerId);
  });

  it('[SF12] many windows of one token are one person', async () => {
    const accountId = randomUUID();
    const windows = await Promise.all(Array.from({ length: 12 }, () => enter(patient, accountId)));
    const answers = await Promise.all(
      windows.map((one) => one.ask('room:join', { sessionId: randomUUID(), resume: false })),
    );
    assert.equal(answers.filter(({ ok }) => ok).length, 1);
  });

  it('[SF12] a window whose line is lost stands in nobody’s way', async () => {
    const accountId = randomUUID();
    const [a, other] = [await enter(patient, accountId), await enter(patient)];
    await other.join();
    const { peerId } = await a.join();
    a.cut();
    await other.next('peer:away');
    await (await enter(patient, accountId)).join();
    assert.equal((await other.next('peer:left')).peerId, peerId);
  });

  it('[SF13] a reconnect takes over from a connection that the sfu still believes in', async () => {
    const accountId = randomUUID();
    const sessionId = randomUUID();
    const [old, fresh, other] = [
      await enter(patient, accountId),
      await enter(patient, accountId),
      await enter(patient),
    ];
    await other.join();
    const before = await old.join(sessionId);
    const after = await fresh.join(sessionId, true);
    assert.deepEqual([after.resumed, after.peerId], [true, before.peerId]);
    await old.next('peer:replaced');
    await old.disconnected();
    await other.next('peer:joined');
    await other.get('room:look', {});
    assert.deepEqual(other.heard, []);
  });

  it('[SF14] a short loss of the line keeps peer, transports and tracks; the others see it pass', async () => {
    const accountId = randomUUID();
    const sessionId = randomUUID();
    const [a, other] = [await enter(patient, accountId), await enter(patient)];
    const joinedOther = await other.join();
    const deviceOther = await startFakeDevice(other, joinedOther);
    const theirs = await deviceOther.publish('audio');
    const joined = await a.join(sessionId);
    const device = await startFakeDevice(a, joined);
    const mine = await device.publish('video');
    const consumer = await device.consume(theirs.id);

    a.cut();
    assert.equal((await other.next('peer:away')).peerId, joined.peerId);
    const late = await deviceOther.publish('screen');
    const b = await enter(patient, accountId);
    const resumed = await b.join(sessionId, true);

    assert.equal(resumed.resumed, true);
    assert.equal(resumed.peerId, joined.peerId);
    assert.equal(resumed.sendTransport?.transportId, joined.sendTransport?.transportId);
    assert.equal(resumed.recvTransport.transportId, joined.recvTransport.transportId);
    assert.deepEqual(
      resumed.ownProducers.map(({ producerId }) => producerId),
      [mine.id],
    );
    assert.deepEqual(resumed.ownConsumers, [{ consumerId: consumer.id, producerId: theirs.id, paused: true }]);
    assert.deepEqual(resumed.producers.map(({ producerId }) => producerId).sort(), [theirs.id, late.id].sort());
    assert.equal((await other.next('peer:returned')).peerId, joined.peerId);
    await b.get('consumer:resume', { consumerId: consumer.id });
  });

  it('[SF14] the session of another person cannot be taken over', async () => {
    const sessionId = randomUUID();
    const [a, thief] = [await enter(patient), await enter(patient)];
    const joined = await a.join(sessionId);
    const stolen = await thief.join(sessionId, true);
    assert.equal(stolen.resumed, false);
    assert.notEqual(stolen.peerId, joined.peerId);
    await a.get('transport:restart-ice', { transportId: joined.recvTransport.transportId });
  });

  it('[SF15] who does not come back is gone, tracks first', async () => {
    const [a, other] = [await enter(hasty), await enter(hasty)];
    await other.join();
    const joined = await a.join();
    const { id: producerId } = await (await startFakeDevice(a, joined)).publish('audio');
    a.cut();
    await other.next('peer:left', ({ peerId }) => peerId === joined.peerId);
    const names = other.heard.map(({ name }) => name).filter((name) => name !== 'speaker:changed');
    assert.deepEqual(names, ['peer:joined', 'producer:created', 'peer:away', 'producer:closed']);
    assert.deepEqual(await other.next('producer:closed'), { producerId });
    assert.deepEqual(await other.get('room:look', {}).then(({ peers }) => peers.length), 1);
  });

  it('[SF15] who breaks off while coming back is not kept as present', async () => {
    const accountId = randomUUID();
    const sessionId = randomUUID();
    const other = await enter(hasty);
    await other.join();
    let client = await enter(hasty, accountId);
    const { peerId } = await client.join(sessionId);
    for (let round = 0; round < 5; round += 1) {
      client.cut();
      client = await enter(hasty, accountId);
      client.socket.emit('room:join', { sessionId, resume: true });
    }
    client.cut();
    await other.next('peer:left', (left) => left.peerId === peerId);
    assert.equal((await other.get('room:look', {})).peers.length, 1);
  });

  it('[SF15] who leaves is gone at once', async () => {
    const [a, other] = [await enter(patient), await enter(patient)];
    await other.join();
    const joined = await a.join();
    const { id: producerId } = await (await startFakeDevice(a, joined)).publish('video');
    await a.get('room:leave', {});
    assert.deepEqual(await other.next('producer:closed'), { producerId });
    assert.deepEqual(await other.next('peer:left'), { peerId: joined.peerId });
  });

  it('[SF16] a reloaded window takes the place of its own ghost', async () => {
    const accountId = randomUUID();
    const sessionId = randomUUID();
    const [a, other] = [await enter(patient, accountId), await enter(patient)];
    await other.join();
    const before = await a.join(sessionId);
    a.cut();
    await other.next('peer:away');
    const after = await (await enter(patient, accountId)).join(sessionId, false);
    assert.equal(after.resumed, false);
    assert.notEqual(after.peerId, before.peerId);
    assert.deepEqual(
      after.peers.map(({ peerId }) => peerId).includes(before.peerId),
      false,
      'the ghost is still in the room',
    );
    await other.next('peer:left', ({ peerId }) => peerId === before.peerId);
    await other.next('peer:joined', ({ peerId }) => peerId === after.peerId);
  });

  it('[SF17] coming back too late is a new join, not an error', async () => {
    const accountId = randomUUID();
    const sessionId = randomUUID();
    const [a, other] = [await enter(hasty, accountId), await enter(hasty)];
    await other.join();
    const before = await a.join(sessionId);
    a.cut();
    await other.next('peer:left');
    const again = await (await enter(hasty, accountId)).join(sessionId, true);
    assert.equal(again.resumed, false);
    assert.notEqual(again.recvTransport.transportId, before.recvTransport.transportId);
    assert.deepEqual([again.ownProducers, again.ownConsumers], [[], []]);
  });

  it('[SF31] one may look who is there before going in, unseen', async () => {
    const [a, b] = [await enter(patient), await enter(patient)];
    assert.deepEqual(await b.get('room:look', {}), { peers: [] });
    const { peerId } = await a.join();
    const { peers } = await b.get('room:look', {});
    assert.deepEqual(
      peers.map((peer) => peer.peerId),
      [peerId],
    );
    await a.get('room:look', {});
    assert.deepEqual(a.heard, []);
  });

  it('many who come, break off and return at once end up with one picture of the room', async () => {
    const people = await Promise.all(
      Array.from({ length: 12 }, async () => {
        const [accountId, sessionId] = [randomUUID(), randomUUID()];
        const client = await enter(patient, accountId);
        return { accountId, sessionId, client, joined: await client.join(sessionId) };
      }),
    );
    const returned = await Promise.all(
      people.map(async ({ accountId, sessionId, client }, index) => {
        if (index % 3 === 0) client.cut();
        if (index % 3 === 1) return { client };
        const fresh = await enter(patient, accountId);
        await fresh.join(sessionId, index % 3 === 0);
        return { client: fresh };
      }),
    );
    const seen = await Promise.all(returned.map(({ client }) => client.get('room:look', {})));
    for (const { peers } of seen) {
      assert.equal(peers.length, 12);
      assert.equal(new Set(peers.map(({ accountId }) => accountId)).size, 12);
      assert.ok(peers.every(({ away }) => !away));
    }
  });
});
