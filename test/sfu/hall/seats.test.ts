import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { verifyRoomToken } from '../../../sfu/room-token.ts';
import { sign } from '../../../sfu/signed.ts';
import { eventually, rises } from '../../support/eventually.ts';
import { HallWorld, hallGrant } from '../../support/hall-world.ts';
import { createTrack } from '../../support/rtp.ts';
import { connectSfu, tokenFor } from '../../support/sfu-client.ts';

describe('seats in a hall', () => {
  let world: HallWorld;
  before(async () => {
    world = await HallWorld.start(2);
  });
  after(() => world.close());
  afterEach(() => world.empty());

  it('[SF37] watchers see theatre and stage, nobody is told of watchers, and everybody of how many', async () => {
    const theatre = await world.enter('theatre');
    const field = await theatre.publish('field', '术野摄像机');
    const device = await theatre.publish('device', '内镜');
    const chair = await world.enter('stage');
    const watchers = [await world.enter('audience'), await world.enter('audience'), await world.enter('audience')];
    const advocate = await world.enter('advocate');
    const [watcher, , last] = watchers;
    assert.ok(watcher && last);

    const stage = [theatre, chair].map(({ snapshot: { peerId } }) => peerId).sort();
    const snapshot = last.snapshot;
    assert.deepEqual(snapshot.peers.map(({ peerId }) => peerId).sort(), stage);
    assert.deepEqual(snapshot.peers.map(({ seat }) => seat).sort(), ['stage', 'theatre']);
    assert.deepEqual(
      snapshot.producers.map(({ producerId, source, label }) => [producerId, source, label]),
      [
        [field.producerId, 'field', '术野摄像机'],
        [device.producerId, 'device', '内镜'],
      ],
    );
    assert.deepEqual(advocate.snapshot.peers.map(({ peerId }) => peerId).sort(), stage);
    for (const person of [theatre, watcher]) {
      const state = await person.client.next('hall:state', ({ audience }) => audience === 3);
      assert.deepEqual([...state.stage].sort(), stage);
    }
    assert.equal((await theatre.client.next('peer:joined')).peerId, chair.snapshot.peerId);
    for (const { client } of [theatre, chair])
      assert.equal((await client.next('peer:joined')).peerId, advocate.snapshot.peerId);

    watchers[1]?.client.cut();
    await last.leave();
    await theatre.client.next('hall:state', ({ audience }) => audience === 2);
    for (const { client } of [theatre, chair, watcher, advocate])
      assert.deepEqual(
        client.heard.filter(({ name }) => name.startsWith('peer:')),
        [],
      );
    assert.deepEqual(
      (await watcher.client.get('room:look', {})).peers.map(({ peerId }) => peerId).sort(),
      [...stage, watcher.snapshot.peerId].sort(),
    );
  });

  it('[SF37] every watcher gets every track of the theatre, on whichever worker', async () => {
    const theatre = await world.enter('theatre');
    const tracks = [await theatre.publish('field'), await theatre.publish('room'), await theatre.publish('audio')];
    const watchers = await Promise.all([1, 2, 3, 4].map(() => world.enter('audience')));
    for (const watcher of watchers) for (const { producerId } of tracks) await watcher.watch(producerId);
    for (const watcher of watchers)
      for (const { producerId } of tracks) await rises('what arrives', 3, () => watcher.arrived(producerId));
  });

  it('[SF24] watchers on either worker get the layer of a picture that each of them wants', async () => {
    const theatre = await world.enter('theatre');
    const { producerId: field } = await theatre.publish('field', undefined, 20, 3);
    const watchers = await Promise.all([1, 2, 3, 4].map(() => world.enter('audience')));
    for (const watcher of watchers) await watcher.watch(field);
    const layersOf = () => watchers.map((watcher) => watcher.arrivals(field).layer);
    await eventually('all get the largest', () => layersOf().every((layer) => layer === 2));
    for (const [index, watcher] of watchers.entries()) {
      const consumerId = watcher.consumers.get(field)?.consumerId ?? '';
      await watcher.client.get('consumer:set-preferred-layers', { consumerId, layers: { spatialLayer: index % 3 } });
    }
    await eventually('each gets what it wants', () => layersOf().join() === '0,1,2,0');
  });

  it('[SF38] a seat publishes only what belongs to it, and a call only what a call has', () => {
    const claims = (grant: object) => {
      const token = tokenFor(randomUUID(), world.sfu.secret, hallGrant('theatre'));
      const read = verifyRoomToken(token, world.sfu.secret, Date.now());
      const { hall, ...rest } = read;
      return sign('huizhen-room+jwt', { ...rest, ...grant }, world.sfu.secret);
    };
    const { hall } = hallGrant('audience');
    const wrong = [
      { mayPublish: ['field'] },
      { mayPublish: ['screen'], hall },
      { mayPublish: ['audio'], hall: { ...hall, seat: 'advocate' } },
      { mayPublish: ['device'], hall: { ...hall, seat: 'stage' } },
      { mayPublish: [], hall: { ...hall, maxReceiveBps: 0 } },
    ];
    for (const grant of wrong)
      assert.throws(() => verifyRoomToken(claims(grant), world.sfu.secret, Date.now()), JSON.stringify(grant));
    verifyRoomToken(claims({ mayPublish: ['audio'], hall }), world.sfu.secret, Date.now());
  });

  it('[SF38] a hall is not entered as a call, nor a call as a hall', async () => {
    await world.enter('stage');
    const client = await connectSfu(world.sfu.url, tokenFor(world.roomId, world.sfu.secret));
    const reply = await client.ask('room:join', { sessionId: randomUUID(), resume: false });
    assert.equal(!reply.ok && reply.failure.code, 'conflict');
    client.close();
  });

  it('[SF37] a watcher’s line that is lost and back keeps its place and its tracks, and nobody hears of it', async () => {
    const theatre = await world.enter('theatre');
    const { producerId } = await theatre.publish('field');
    const watcher = await world.enter('audience');
    const sessionId = randomUUID();
    await watcher.client.get('room:leave', {});
    await watcher.join(sessionId);
    await watcher.watch(producerId);
    await rises('what arrives', 3, () => watcher.arrived(producerId));
    const { peerId } = watcher.snapshot;
    watcher.client.cut();
    const again = await connectSfu(world.sfu.url, watcher.token);
    const snapshot = await again.join(sessionId, true);
    assert.deepEqual([snapshot.resumed, snapshot.peerId, snapshot.ownConsumers.length], [true, peerId, 1]);
    await rises('what arrives', 3, () => watcher.arrived(producerId));
    await theatre.client.next('hall:state', ({ audience }) => audience === 1);
    assert.ok(theatre.client.heard.every(({ name }) => !name.startsWith('peer:')));
    again.close();
  });

  it('[SF64] the theatre hears where stage or advocate cannot decode what it sends, and not where one of hundreds cannot', async () => {
    const theatre = await world.enter('theatre');
    const { codecs = [], ...others } = theatre.snapshot.routerRtpCapabilities;
    const rtpCapabilities = { ...others, codecs: codecs.filter(({ mimeType }) => !/h264/i.test(mimeType)) };
    const { producerId } = await theatre.client.get('producer:create', {
      source: 'field',
      rtpParameters: createTrack('video', 1, 'h264').parameters,
      paused: false,
    });
    for (const seat of ['audience', 'stage', 'advocate'] as const) {
      const { client } = await world.enter(seat);
      await client.get('capabilities:declare', { rtpCapabilities });
      const reply = await client.ask('consumer:create', { producerId });
      assert.ok(!reply.ok && reply.failure.code === 'conflict');
      const heard = theatre.client.heard.filter(({ name }) => name === 'producer:undecodable');
      assert.equal(heard.length, seat === 'audience' ? 0 : 1, seat);
      if (seat !== 'audience') assert.deepEqual(await theatre.client.next('producer:undecodable'), { producerId });
    }
  });

  it('[SF65] whoever is there and whoever comes reads why nothing comes: the owner wants it so, or the camera gives none', async () => {
    const [theatre, chair] = [await world.enter('theatre'), await world.enter('stage')];
    const { producerId } = await theatre.publish('field');
    const pause = (why?: 'no-picture') => theatre.client.get('producer:pause', { producerId, ...(why && { why }) });
    for (const [why, by] of [
      ['no-picture', 'no-picture'],
      [undefined, 'owner'],
      ['no-picture', 'no-picture'],
    ] as const) {
      await pause(why);
      assert.deepEqual(await chair.client.next('producer:paused'), { producerId, by });
      const [view] = (await world.enter('audience')).snapshot.producers;
      assert.deepEqual([view?.paused, view?.pausedBy], [true, by]);
    }
    await theatre.client.get('producer:resume', { producerId });
    await chair.client.next('producer:resumed');
    const [view] = (await world.enter('audience')).snapshot.producers;
    assert.deepEqual([view?.paused, view?.pausedBy], [false, undefined]);
  });

  it('[SF38] a track keeps the id of its input, and is called otherwise by its owner alone', async () => {
    const [theatre, chair] = [await world.enter('theatre'), await world.enter('stage')];
    const inputId = randomUUID();
    const { parameters: rtpParameters } = createTrack('video');
    const made = { source: 'field', label: '术野', inputId, rtpParameters, paused: false } as const;
    const { producerId } = await theatre.client.get('producer:create', made);
    const { label, inputId: told } = await chair.client.next('producer:created');
    assert.deepEqual([label, told], ['术野', inputId]);
    const reply = await chair.client.ask('producer:rename', { producerId, label: '别的' });
    assert.ok(!reply.ok && reply.failure.code === 'not-found');
    await theatre.client.get('producer:rename', { producerId, label: '腹腔镜' });
    assert.deepEqual(await chair.client.next('producer:renamed'), { producerId, label: '腹腔镜' });
    await theatre.client.get('producer:rename', { producerId });
    assert.deepEqual(await chair.client.next('producer:renamed'), { producerId });
    const [view] = (await world.enter('audience')).snapshot.producers;
    assert.deepEqual([view?.producerId, view?.label, view?.inputId], [producerId, undefined, inputId]);
  });

  it('[SF39] what a seat sends and receives is kept under what its token says', async () => {
    const theatre = await world.enter('theatre', hallGrant('theatre', { maxSendBps: 12_000_000 }));
    const watcher = await world.enter('audience', hallGrant('audience', { maxReceiveBps: 2_000_000 }));
    const ceilings = async (transportId = '') => await world.plain.ceilingsOf(transportId);
    assert.equal((await ceilings(theatre.send?.transportId)).incomingBps, 12_000_000);
    assert.equal((await ceilings(watcher.snapshot.recvTransport.transportId)).outgoingBps, 2_000_000);
  });

  it('[SF39] however many come, the theatre is asked for few key frames; a camera of the stage for one each', async () => {
    const [theatre, chair] = [await world.enter('theatre'), await world.enter('stage')];
    const { producerId: field } = await theatre.publish('field', undefined, 20);
    const { producerId: camera } = await chair.publish('video', undefined, 20);
    const startMs = performance.now();
    for (let count = 0; count < 8; count += 1) {
      const watcher = await world.enter('audience');
      for (const producerId of [field, camera]) {
        await watcher.watch(producerId);
        await rises('what arrives', 1, () => watcher.arrived(producerId));
      }
    }
    const asked = ({ send }: typeof theatre) => world.line.keyFramesAsked(world.plain.portOf(send?.transportId ?? ''));
    const most = 1 + Math.ceil((performance.now() - startMs) / 2_000);
    assert.ok(asked(theatre) >= 1 && asked(theatre) <= most, `the theatre: ${asked(theatre)} of ${most}`);
    assert.ok(asked(chair) >= 4, `the stage: ${asked(chair)}`);
  });
});
