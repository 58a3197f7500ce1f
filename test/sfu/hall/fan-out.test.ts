import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { types } from 'mediasoup';
import { eventually, rises } from '../../support/eventually.ts';
import { type HallPerson, HallWorld } from '../../support/hall-world.ts';

const WATCHERS = 300;

describe('a hall on all workers of a machine', () => {
  let world: HallWorld;
  before(async () => {
    world = await HallWorld.start(2);
  });
  after(() => world.close());
  afterEach(() => world.empty());

  const living = () => world.plain.workers.filter(({ closed }) => !closed);
  const routers = () => world.plain.routers.filter(({ closed }) => !closed);

  /** What a router has: tracks sent to it or piped to it, and what leaves it. */
  async function dump(router: types.Router): Promise<{ producers: number; consumers: number; transports: number }> {
    const { mapProducerIdConsumerIds, mapConsumerIdProducerId, transportIds } = await router.dump();
    return {
      producers: mapProducerIdConsumerIds.length,
      consumers: mapConsumerIdProducerId.length,
      transports: transportIds.length,
    };
  }

  /** The worker that a person receives from, by the port. */
  async function workerOf(person: HallPerson): Promise<types.Worker> {
    for (const router of routers()) {
      const { transportIds } = await router.dump();
      if (!transportIds.includes(person.snapshot.recvTransport.transportId)) continue;
      for (const worker of living()) if ((await worker.dump()).routerIds.includes(router.id)) return worker;
    }
    return assert.fail('on no worker');
  }

  it('[SF44] 300 watchers over two workers get picture and voice; the theatre’s is sent to the second one once', async () => {
    const theatre = await world.enter('theatre');
    const { producerId: field } = await theatre.publish('field', undefined, 250);
    const { producerId: voice } = await theatre.publish('audio', undefined, 500);
    const watchers: HallPerson[] = [];
    const enter = async () => {
      const watcher = await world.enter('audience');
      watchers.push(watcher);
      await watcher.watch(field);
      await watcher.watch(voice);
    };
    for (let entered = 0; entered < WATCHERS; entered += 30) await Promise.all(Array.from({ length: 30 }, enter));
    await eventually('everybody gets both', () =>
      watchers.every((watcher) => watcher.arrived(field) >= 2 && watcher.arrived(voice) >= 2),
    );
    const counts = await Promise.all(routers().map(dump));
    assert.equal(counts.length, 2);
    assert.deepEqual(
      counts.map(({ producers }) => producers),
      [2, 2],
    );
    // Each watcher has two; the origin has two more, which feed the other one.
    const total = counts.reduce((sum, { consumers }) => sum + consumers, 0);
    assert.equal(total, 2 * WATCHERS + 2);
    for (const { consumers } of counts) assert.ok(consumers > 0.3 * 2 * WATCHERS, `spread: ${consumers} of ${total}`);
    const last = watchers.at(-1);
    await last?.client.next('hall:state', ({ audience }) => audience === WATCHERS);
    assert.ok(watchers.every(({ client }) => client.heard.every(({ name }) => !name.startsWith('peer:'))));

    await Promise.all(watchers.map((watcher) => watcher.leave()));
    await eventually('what was brought to the second worker is gone with the last watcher there', async () => {
      const after = await Promise.all(routers().map(dump));
      return (
        after.reduce((sum, { consumers }) => sum + consumers, 0) === 0 && after.some(({ producers }) => producers === 0)
      );
    });
  }).timeout(180_000);

  it('[SF46] a killed edge worker calls back its own watchers, spread over two seconds, and the others lose nothing', async () => {
    const theatre = await world.enter('theatre');
    const { producerId: field } = await theatre.publish('field', undefined, 20);
    const watchers = await Promise.all(Array.from({ length: 12 }, () => world.enter('audience')));
    for (const watcher of watchers) await watcher.watch(field);
    const origin = (await workerOf(theatre)).pid;
    const places = await Promise.all(watchers.map(async (watcher) => ({ watcher, worker: await workerOf(watcher) })));
    const edge = places.find(({ worker }) => worker.pid !== origin)?.worker ?? assert.fail('all on one worker');
    const theirs = places.filter(({ worker }) => worker === edge).map(({ watcher }) => watcher);
    const others = places.filter(({ worker }) => worker !== edge).map(({ watcher }) => watcher);
    assert.ok(others.length > 0);
    for (const watcher of watchers) await rises('the field', 3, () => watcher.arrived(field));
    const counted = () => others.map((watcher) => watcher.arrived(field));
    const before = counted();
    process.kill(edge.pid, 'SIGKILL');
    const waits = await Promise.all(theirs.map(async ({ client }) => (await client.next('room:rejoin')).afterMs));
    assert.ok(waits.every((waitMs) => waitMs >= 0 && waitMs <= 2_000));
    assert.ok(new Set(waits).size > 1, `not all at once: ${waits.join(', ')}`);
    for (const watcher of theirs) {
      await watcher.join();
      await watcher.watch(field);
      await rises('the field', 3, () => watcher.arrived(field));
    }
    const sent = counted().map((count, index) => count - (before[index] ?? 0));
    const most = Math.max(...sent);
    assert.ok(
      sent.every((count) => most - count <= 1),
      `the others got ${sent.join(', ')}`,
    );
    assert.ok([theatre, ...others].every(({ client }) => client.heard.every(({ name }) => name !== 'room:rejoin')));
    await eventually('it is replaced', async () => (await world.sfu.sfu.health()).workers === 2);
  });

  it('[SF46] where the theatre’s worker is killed all are called back, the theatre at once; a cut outlives it', async () => {
    const theatre = await world.enter('theatre');
    await theatre.publish('field', undefined, 20);
    const watchers = await Promise.all(Array.from({ length: 4 }, () => world.enter('audience')));
    await world.sfu.sfu.cutHall(world.roomId, { picture: true, sound: true });
    process.kill((await workerOf(theatre)).pid, 'SIGKILL');
    theatre.stop();
    assert.deepEqual(await theatre.client.next('room:rejoin'), { afterMs: 0 });
    for (const { client } of watchers) await client.next('room:rejoin');
    await theatre.join();
    const { producerId } = await theatre.publish('field', undefined, 20);
    for (const watcher of watchers) {
      await watcher.join();
      await watcher.watch(producerId);
    }
    await sleep(300);
    assert.deepEqual(
      watchers.map((watcher) => watcher.arrived(producerId)),
      [0, 0, 0, 0],
    );
    await world.sfu.sfu.resumeHall(world.roomId, { number: 1, picture: true, sound: true });
    for (const watcher of watchers) await rises('the field', 3, () => watcher.arrived(producerId));
  });

  it('[SF44] an sfu that is about to stop opens no hall, and lets those who watch go on', async () => {
    const single = await HallWorld.start(1);
    const theatre = await single.enter('theatre');
    const { producerId } = await theatre.publish('field');
    const drained = single.sfu.sfu.drain();
    const watcher = await single.enter('audience');
    await watcher.watch(producerId);
    await rises('the field', 3, () => watcher.arrived(producerId));
    await watcher.leave();
    await theatre.leave();
    await drained;
    await single.close();
  });
});
