import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { RoomSnapshot } from '../../sfu/contract/room.ts';
import { type FakeDevice, startFakeDevice } from '../support/fake-device.ts';
import { connectSfu, type SfuClient, tokenFor } from '../support/sfu-client.ts';
import { type RunningSfu, startSfu } from '../support/start-sfu.ts';

describe('tracks in a room', () => {
  let sfu: RunningSfu;
  let roomId: string;
  let a: SfuClient;
  let b: SfuClient;
  let joinedA: RoomSnapshot;
  let joinedB: RoomSnapshot;
  let deviceA: FakeDevice;
  let deviceB: FakeDevice;
  before(async () => {
    sfu = await startSfu();
  });
  after(() => sfu.close());
  beforeEach(async () => {
    roomId = randomUUID();
    [a, b] = [
      await connectSfu(sfu.url, tokenFor(roomId, sfu.secret)),
      await connectSfu(sfu.url, tokenFor(roomId, sfu.secret)),
    ];
    [joinedA, joinedB] = [await a.join(), await b.join()];
    [deviceA, deviceB] = [await startFakeDevice(a, joinedA), await startFakeDevice(b, joinedB)];
    await a.next('peer:joined');
  });
  afterEach(() => {
    a.close();
    b.close();
  });

  async function codeOf(asking: ReturnType<SfuClient['ask']>): Promise<string> {
    const reply = await asking;
    return reply.ok ? 'ok' : reply.failure.code;
  }

  it('[SF18] only what the token allows may be published', async () => {
    const { rtpParameters } = await deviceA.publish('audio');
    const listener = await connectSfu(sfu.url, tokenFor(roomId, sfu.secret, { mayPublish: [] }));
    const speaker = await connectSfu(sfu.url, tokenFor(roomId, sfu.secret, { mayPublish: ['audio'] }));
    assert.equal((await listener.join()).sendTransport, null);
    assert.ok((await speaker.join()).sendTransport);
    const audio = { source: 'audio' as const, rtpParameters, paused: false };
    assert.equal(await codeOf(listener.ask('producer:create', audio)), 'forbidden');
    assert.equal(await codeOf(speaker.ask('producer:create', { ...audio, source: 'screen' })), 'forbidden');
    assert.equal(await codeOf(speaker.ask('producer:create', audio)), 'ok');
    listener.close();
    speaker.close();
  });

  it('[SF18] a voice cannot pass for a picture', async () => {
    const { rtpParameters } = await deviceA.publish('audio');
    const encodings = [{ ssrc: 4242 }];
    const reply = await b.ask('producer:create', {
      source: 'video',
      rtpParameters: { ...rtpParameters, encodings },
      paused: false,
    });
    assert.ok(!reply.ok);
    assert.deepEqual([reply.failure.code, reply.failure.fields], ['invalid-message', ['rtpParameters.codecs']]);
  });

  it('[SF19] nobody publishes without end', async () => {
    const results = await Promise.allSettled(Array.from({ length: 12 }, () => deviceA.publish('video')));
    assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 8);
    const [first] = await b.get('room:look', {}).then(() => b.heard.filter(({ name }) => name === 'producer:created'));
    const { producerId } = (first?.notice ?? assert.fail('nothing was created')) as { producerId: string };
    await a.get('producer:close', { producerId });
    await deviceA.publish('video');
  });

  it('[SF20] everyone else hears what becomes of a track, and only its owner decides', async () => {
    const { id: producerId } = await deviceA.publish('video');
    const { peerId } = joinedA;
    const created = { producerId, peerId, kind: 'video', source: 'video', paused: false };
    assert.deepEqual(await b.next('producer:created'), created);
    for (const name of ['producer:pause', 'producer:resume', 'producer:close'] as const)
      assert.equal(await codeOf(b.ask(name, { producerId })), 'not-found');
    await a.get('producer:pause', { producerId });
    assert.deepEqual(await b.next('producer:paused'), { producerId, by: 'owner' });
    await a.get('producer:pause', { producerId });
    await a.get('producer:resume', { producerId });
    assert.deepEqual(await b.next('producer:resumed'), { producerId });
    await a.get('producer:close', { producerId });
    assert.deepEqual(await b.next('producer:closed'), { producerId });
    assert.deepEqual(a.heard, []);
    assert.deepEqual(
      b.heard.filter(({ name }) => name.startsWith('producer:')),
      [],
      'pausing twice was told twice',
    );
  });

  it('[SF20] who joins later sees a paused track as paused', async () => {
    const { id: producerId } = await deviceA.publish('audio');
    await a.get('producer:pause', { producerId });
    const late = await connectSfu(sfu.url, tokenFor(roomId, sfu.secret));
    const { producers } = await late.join();
    assert.deepEqual(
      producers.map((producer) => [producer.producerId, producer.paused]),
      [[producerId, true]],
    );
    late.close();
  });

  it('[SF34] pictures can be had over a new transport, while the voice goes on over the old one', async () => {
    const { id: voice } = await deviceA.publish('audio');
    const { id: picture } = await deviceA.publish('video');
    const heard = await b.get('consumer:create', { producerId: voice });
    let seen = await b.get('consumer:create', { producerId: picture });
    let transportId = joinedB.recvTransport.transportId;
    for (let round = 0; round < 2; round += 1) {
      const renewed = await b.get('transport:renew', {});
      assert.notEqual(renewed.transportId, transportId);
      transportId = renewed.transportId;
      assert.equal(await codeOf(b.ask('consumer:resume', { consumerId: seen.consumerId })), 'not-found');
      const again = await b.get('consumer:create', { producerId: picture });
      assert.notEqual(again.consumerId, seen.consumerId);
      seen = again;
      await b.get('consumer:resume', { consumerId: seen.consumerId });
      await b.get('consumer:resume', { consumerId: heard.consumerId });
      await b.get('transport:restart-ice', { transportId });
    }
  });

  it('[SF21] a consumer begins paused and says whose track it is', async () => {
    const { id: producerId } = await deviceA.publish('video');
    const view = await b.get('consumer:create', { producerId });
    assert.deepEqual(
      [view.paused, view.producerPaused, view.peerId, view.source, view.kind, view.type],
      [true, false, joinedA.peerId, 'video', 'video', 'simulcast'],
    );
    await b.get('consumer:resume', { consumerId: view.consumerId });
    assert.equal((await b.get('consumer:create', { producerId })).paused, false);
    await b.get('consumer:pause', { consumerId: view.consumerId });
    assert.equal((await b.get('consumer:create', { producerId })).paused, true);
  });

  it('[SF22] asking twice for a track, even at once, gives one consumer', async () => {
    const { id: producerId } = await deviceA.publish('audio');
    const views = await Promise.all([1, 2, 3].map(() => b.get('consumer:create', { producerId })));
    assert.equal(new Set(views.map(({ consumerId }) => consumerId)).size, 1);
    const [view] = views;
    assert.ok(view);
    await b.get('consumer:close', { consumerId: view.consumerId });
    assert.notEqual((await b.get('consumer:create', { producerId })).consumerId, view.consumerId);
  });

  it('[SF22] consuming what cannot be consumed says why', async () => {
    const { id: producerId } = await deviceA.publish('video');
    const mute = await connectSfu(sfu.url, tokenFor(roomId, sfu.secret));
    await mute.join();
    assert.equal(await codeOf(mute.ask('consumer:create', { producerId })), 'conflict');
    await mute.get('capabilities:declare', { rtpCapabilities: { codecs: [], headerExtensions: [] } });
    assert.equal(await codeOf(mute.ask('consumer:create', { producerId })), 'conflict');
    assert.equal(await codeOf(a.ask('consumer:create', { producerId })), 'not-found');
    assert.equal(await codeOf(b.ask('consumer:create', { producerId: randomUUID() })), 'not-found');
    await a.get('producer:close', { producerId });
    assert.equal(await codeOf(b.ask('consumer:create', { producerId })), 'not-found');
    mute.close();
  });

  it('[SF23] a closed track takes its consumers with it', async () => {
    const { id: producerId } = await deviceA.publish('video');
    const { consumerId } = await b.get('consumer:create', { producerId });
    await a.get('producer:close', { producerId });
    await b.next('producer:closed');
    assert.equal(await codeOf(b.ask('consumer:resume', { consumerId })), 'not-found');
    assert.equal(await codeOf(b.ask('consumer:close', { consumerId })), 'not-found');
  });

  it('[SF23] whatever is asked of a track while it or its sender goes is done or not found, never a fault of the sfu', async () => {
    const settled = new Set<string>();
    for (let round = 0; round < 12; round += 1) {
      const c = await connectSfu(sfu.url, tokenFor(roomId, sfu.secret));
      const deviceC = await startFakeDevice(c, await c.join());
      const { id: producerId } = await deviceC.publish('video');
      const { consumerId } = await b.get('consumer:create', { producerId });
      const ofConsumer = () => [
        b.ask('consumer:resume', { consumerId }),
        b.ask('consumer:set-preferred-layers', { consumerId, layers: { spatialLayer: round % 3 } }),
        b.ask('consumer:set-priority', { consumerId, priority: 1 + round }),
        b.ask('consumer:pause', { consumerId }),
        b.ask('consumer:create', { producerId }),
      ];
      const going = round % 2 === 0 ? c.ask('producer:close', { producerId }) : c.ask('room:leave', {});
      // The sfu hears of the end and of the questions in the same moment, whichever comes first.
      const asked = [...ofConsumer(), ...ofConsumer(), ...ofConsumer(), ...ofConsumer()];
      assert.equal(await codeOf(going), 'ok');
      for (const asking of asked) settled.add(await codeOf(asking));
      c.close();
    }
    assert.deepEqual([...settled].sort(), ['not-found', 'ok']);
  });

  it('[SF24] layers and priority can be asked for, of one’s own consumers only', async () => {
    const { id: producerId } = await deviceA.publish('video');
    const { consumerId } = await b.get('consumer:create', { producerId });
    await b.get('consumer:set-preferred-layers', { consumerId, layers: { spatialLayer: 1, temporalLayer: 0 } });
    await b.get('consumer:set-preferred-layers', { consumerId, layers: { spatialLayer: 0 } });
    await b.get('consumer:set-priority', { consumerId, priority: 255 });
    assert.equal(await codeOf(a.ask('consumer:set-priority', { consumerId, priority: 1 })), 'not-found');
    assert.equal(await codeOf(b.ask('consumer:set-priority', { consumerId, priority: 256 })), 'invalid-message');
  });

  it('[SF36] only the sender hears how many of its layers anybody takes: more at once, fewer after a while', async () => {
    const { id: producerId } = await deviceA.publish('video');
    const { consumerId } = await b.get('consumer:create', { producerId });
    const told = () => a.next('producer:wanted');
    assert.deepEqual(await told(), { producerId, layers: 0 }, 'what is created and never resumed is not taken');
    await b.get('consumer:resume', { consumerId });
    assert.deepEqual(await told(), { producerId, layers: 3 });
    await b.get('consumer:set-preferred-layers', { consumerId, layers: { spatialLayer: 0 } });
    assert.deepEqual(await told(), { producerId, layers: 1 });
    await b.get('consumer:set-preferred-layers', { consumerId, layers: { spatialLayer: 1 } });
    assert.deepEqual(await told(), { producerId, layers: 2 });
    const c = await connectSfu(sfu.url, tokenFor(roomId, sfu.secret));
    await c.join();
    assert.deepEqual(await told(), { producerId, layers: 3 }, 'whoever joins takes the picture in a moment');
    c.close();
    assert.deepEqual(
      b.heard.filter(({ name }) => name === 'producer:wanted'),
      [],
    );
  });

  it('[SF36] a sender whose connection was lost is told again', async () => {
    const sessionId = randomUUID();
    const accountId = randomUUID();
    const token = tokenFor(roomId, sfu.secret, { accountId });
    const lost = await connectSfu(sfu.url, token);
    const device = await startFakeDevice(lost, await lost.join(sessionId));
    const { id: producerId } = await device.publish('video');
    lost.cut();
    await b.next('peer:away');
    const { consumerId } = await b.get('consumer:create', { producerId });
    await b.get('consumer:set-preferred-layers', { consumerId, layers: { spatialLayer: 0 } });
    await b.get('consumer:resume', { consumerId });
    const back = await connectSfu(sfu.url, token);
    assert.equal((await back.join(sessionId, true)).resumed, true);
    assert.deepEqual(await back.next('producer:wanted'), { producerId, layers: 3 });
    assert.deepEqual(await back.next('producer:wanted'), { producerId, layers: 1 });
    back.close();
  });

  it('[SF25] a transport gets new ICE parameters, another’s does not', async () => {
    const { transportId, iceParameters } = joinedA.recvTransport;
    const renewed = await a.get('transport:restart-ice', { transportId });
    assert.notEqual(renewed.iceParameters.usernameFragment, iceParameters.usernameFragment);
    assert.equal(await codeOf(b.ask('transport:restart-ice', { transportId })), 'not-found');
  });

  it('a transport is connected once', async () => {
    await deviceB.publish('audio');
    const { transportId, dtlsParameters } = joinedB.sendTransport ?? joinedB.recvTransport;
    assert.equal(await codeOf(b.ask('transport:connect', { transportId, dtlsParameters })), 'conflict');
  });

  it('cameras are offered VP8 first, and no header extension that does harm', () => {
    const { codecs = [], headerExtensions = [] } = joinedA.routerRtpCapabilities;
    assert.deepEqual(
      codecs.map(({ mimeType }) => mimeType).filter((mimeType) => !mimeType.endsWith('/rtx')),
      ['audio/opus', 'video/VP8', 'video/H264'],
    );
    const harmful = headerExtensions.filter(({ uri }) => /video-orientation|abs-capture-time/.test(uri));
    assert.deepEqual(harmful, []);
  });
});
