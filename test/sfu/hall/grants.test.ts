import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { Failure } from '../../../server/contract/failure.ts';
import { createSfuControl, type SfuControl } from '../../../sfu/control.ts';
import { rises } from '../../support/eventually.ts';
import { HallWorld, hallGrant } from '../../support/hall-world.ts';
import { createTrack } from '../../support/rtp.ts';
import { tokenFor } from '../../support/sfu-client.ts';

describe('a voice given to a watcher', () => {
  let world: HallWorld;
  let control: SfuControl;
  before(async () => {
    world = await HallWorld.start(2);
    control = createSfuControl({ url: world.sfu.url, secret: world.sfu.secret });
  });
  after(() => world.close());
  afterEach(() => world.empty());

  it('[SF40] is heard by all, and what the watcher receives goes on untouched; taken back it is gone', async () => {
    const theatre = await world.enter('theatre');
    const { producerId: field } = await theatre.publish('field');
    const [asker, other] = [await world.enter('audience'), await world.enter('audience')];
    await asker.watch(field);
    assert.equal(asker.send, null);
    const voice = { source: 'audio' as const, rtpParameters: createTrack('audio').parameters, paused: false };
    const early = await asker.client.ask('producer:create', voice);
    assert.equal(!early.ok && early.failure.code, 'forbidden');

    await control.setPublish(world.roomId, asker.accountId, ['audio']);
    const granted = await asker.client.next('publish:changed');
    assert.deepEqual(granted.mayPublish, ['audio']);
    asker.send = granted.sendTransport;
    for (const person of [theatre, other])
      assert.equal((await person.client.next('peer:joined')).peerId, asker.snapshot.peerId);
    const { producerId } = await asker.publish('audio');
    for (const person of [theatre, other]) {
      await person.client.next('producer:created', (view) => view.producerId === producerId);
      await person.watch(producerId);
      await rises('the voice', 3, () => person.arrived(producerId));
    }
    await rises('the field', 3, () => asker.arrived(field));
    const picture = { ...voice, source: 'video' as const, rtpParameters: createTrack('video').parameters };
    const tooMuch = await asker.client.ask('producer:create', picture);
    assert.equal(!tooMuch.ok && tooMuch.failure.code, 'forbidden');

    await control.setPublish(world.roomId, asker.accountId, []);
    assert.deepEqual(await asker.client.next('publish:changed'), { mayPublish: [], sendTransport: null });
    for (const person of [theatre, other, asker]) await person.client.next('producer:closed');
    for (const person of [theatre, other])
      assert.equal((await person.client.next('peer:left')).peerId, asker.snapshot.peerId);
    const late = await asker.client.ask('producer:create', voice);
    assert.equal(!late.ok && late.failure.code, 'forbidden');
    await rises('the field', 3, () => asker.arrived(field));
  });

  it('[SF40] holds for whoever comes later with an older token, until a newer one says otherwise', async () => {
    await world.enter('theatre');
    const accountId = randomUUID();
    const issued = (agoMs: number, mayPublish: ['audio'] | []) =>
      tokenFor(world.roomId, world.sfu.secret, {
        ...hallGrant('audience'),
        accountId,
        mayPublish,
        issuedAt: new Date(Date.now() - agoMs).toISOString(),
      });
    const old = issued(0, ['audio']);
    await control.setPublish(world.roomId, accountId, []);
    const revoked = await world.enterWith(old, accountId);
    assert.deepEqual([revoked.send, revoked.snapshot.mayPublish], [null, []]);
    await revoked.leave();
    const fresh = await world.enterWith(issued(-1000, ['audio']), accountId);
    assert.ok(fresh.send);
  });

  it('[SF40] is not given beyond what the seat allows, nor in a call', async () => {
    const [advocate, watcher] = [await world.enter('advocate'), await world.enter('audience')];
    const refused = (code: string) => (error: unknown) => error instanceof Failure && error.code === code;
    for (const [person, sources] of [
      [advocate, ['audio']],
      [watcher, ['field']],
      [watcher, ['audio', 'screen']],
    ] as const)
      for (const one of [control, world.sfu.sfu])
        await assert.rejects(one.setPublish(world.roomId, person.accountId, sources), refused('forbidden'));
    assert.equal(watcher.client.heard.filter(({ name }) => name === 'publish:changed').length, 0);
    const forged = createSfuControl({ url: world.sfu.url, secret: 'another secret' });
    await assert.rejects(forged.setPublish(world.roomId, watcher.accountId, ['audio']), refused('unavailable'));
  });

  it('[SF40] given and taken in the same moment, whatever comes last holds, and no transport is left over', async () => {
    const watcher = await world.enter('audience');
    const transports = async () => {
      const dumps = await Promise.all(world.plain.routers.filter((one) => !one.closed).map((one) => one.dump()));
      return dumps.reduce((sum, { transportIds }) => sum + transportIds.length, 0);
    };
    const before = await transports();
    const orders = Array.from({ length: 10 }, (_, index) => (index % 2 === 0 ? (['audio'] as const) : []));
    await Promise.all(orders.map((sources) => world.sfu.sfu.setPublish(world.roomId, watcher.accountId, sources)));
    const reply = await watcher.client.ask('producer:create', {
      source: 'audio',
      rtpParameters: createTrack('audio').parameters,
      paused: false,
    });
    assert.equal(!reply.ok && reply.failure.code, 'forbidden');
    assert.equal(await transports(), before);
  });
});
