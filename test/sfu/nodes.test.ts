import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HallTicket } from '../../server/contract/index.ts';
import type { Client } from '../support/client.ts';
import { enrolIn, openDemonstrationWorld, placeDemonstration } from '../support/demonstration-world.ts';
import { eventually, rises, settles } from '../support/eventually.ts';
import { type SeatedPerson, SfuNodes } from '../support/sfu-nodes.ts';
import { startServer } from '../support/start-server.ts';

const WATCHERS = 300;
const BOTH = { picture: true, sound: true };
const CUT_WITHIN_MS = 300;
/** Several packets of each track would come in this time, also where the machine is busy. */
const SETTLED_MS = 1_000;
/** A silent node is given up after six seconds, and its people are back within two more; the machine may be busy. */
const BACK_WITHIN_MS = 20_000;

const ticketOf = (client: Client, demonstrationId: string): Promise<HallTicket> =>
  client.call('demonstration:ticket', { params: { demonstrationId } });

describe('a hall on several sfu nodes', function () {
  this.timeout(180_000);
  let nodes: SfuNodes;
  before(async () => {
    nodes = await SfuNodes.start();
  });
  after(() => nodes.close());
  afterEach(() => nodes.empty());

  /** Theatre with field and voice, and watchers on a node beside it. */
  async function open(watchers: number, everyMs = 20) {
    const theatre = await nodes.enter('theatre');
    const edge = nodes.otherThan(theatre.url);
    const field = (await theatre.publish('field', undefined, everyMs)).producerId;
    const voice = (await theatre.publish('audio', undefined, everyMs)).producerId;
    const there: SeatedPerson[] = [];
    for (let count = 0; count < watchers; count += 1) there.push(await nodes.enter('audience', { url: edge.url }));
    for (const watcher of there) {
      for (const track of [field, voice]) await watcher.watch(track);
      await rises('the field', 3, () => watcher.arrived(field));
    }
    return { theatre, edge, field, voice, watchers: there };
  }

  it('[SF51] 300 watchers over two nodes get picture and voice, are counted together, and a cut reaches them all', async () => {
    const theatre = await nodes.enter('theatre');
    const { producerId: field } = await theatre.publish('field', undefined, 250);
    const { producerId: voice } = await theatre.publish('audio', undefined, 250);
    const watchers: SeatedPerson[] = [];
    const enter = async () => {
      const watcher = await nodes.enter('audience');
      watchers.push(watcher);
      await watcher.watch(field);
      await watcher.watch(voice);
    };
    for (let entered = 0; entered < WATCHERS; entered += 30) await Promise.all(Array.from({ length: 30 }, enter));
    const beside = watchers.filter(({ url }) => url !== theatre.url);
    assert.ok(beside.length > 0.2 * WATCHERS && beside.length < 0.8 * WATCHERS, `${beside.length} on the other node`);
    await eventually('everybody gets both', () =>
      watchers.every((watcher) => watcher.arrived(field) >= 2 && watcher.arrived(voice) >= 2),
    );
    await watchers.at(-1)?.client.next('hall:state', ({ audience }) => audience === WATCHERS);
    await beside[0]?.client.next('hall:state', ({ audience }) => audience === WATCHERS);
    assert.ok(watchers.every(({ client }) => client.heard.every(({ name }) => !name.startsWith('peer:'))));

    await nodes.server.sfu.cutHall(nodes.roomId, BOTH);
    for (const { client } of beside) await client.next('producer:paused', ({ by }) => by === 'cut');
    const counted = () => watchers.flatMap((watcher) => [watcher.arrived(field), watcher.arrived(voice)]);
    // What this process has not read yet from its sockets was sent before.
    await settles(() => counted().reduce((sum, count) => sum + count, 0), SETTLED_MS);
    const before = counted();
    await sleep(SETTLED_MS);
    assert.deepEqual(counted(), before, 'on neither node');
    // Where the theatre's node is slow to answer, the other one is told as well, and what it cuts has a number of its own.
    const { number } = theatre.client.latest('hall:state').cut;
    await nodes.server.sfu.resumeHall(nodes.roomId, { number, ...BOTH });
    const dark = new Map(beside.map((watcher) => [watcher, watcher.arrived(field)]));
    await eventually('everybody there sees the field again', () =>
      beside.every((watcher) => watcher.arrived(field) > (dark.get(watcher) ?? 0)),
    );
  });

  it('[SF51] the server’s tickets lead to one node for each, and to one hall', async () => {
    const [first] = nodes.processes;
    const sfuApart = { url: first?.url ?? '', secret: nodes.secret };
    const server = await startServer({ sfuApart, environment: { REDIS_URL: nodes.redis.url } });
    try {
      const world = await openDemonstrationWorld(server);
      const { demonstrationId } = await placeDemonstration(world, 'live');
      await enrolIn(world, demonstrationId, world.watcher);
      nodes.roomId = demonstrationId;
      const theatre = await nodes.enterWith(await ticketOf(world.surgeon, demonstrationId));
      const { producerId: field } = await theatre.publish('field', undefined, 20);
      await nodes.seatAt(nodes.otherThan(theatre.url).url, world.watcher.accountId);
      const watcher = await nodes.enterWith(await ticketOf(world.watcher.client, demonstrationId));
      assert.equal(watcher.url, nodes.otherThan(theatre.url).url);
      await watcher.watch(field);
      await rises('the field', 3, () => watcher.arrived(field));
      const params = { demonstrationId };
      await world.advocate.client.call('demonstration:cut', { params, body: BOTH });
      await watcher.client.next('producer:paused', ({ by }) => by === 'cut');
      const whose = { ...params, accountId: world.watcher.accountId };
      await world.moderator.client.call('demonstration:give-voice', { params: whose, body: { sources: ['audio'] } });
      await watcher.client.next('room:move');
      assert.equal((await ticketOf(world.watcher.client, demonstrationId)).sfuUrl, theatre.url);
    } finally {
      await server.close();
    }
  });

  it('[SF51] an owner’s pause, its end and a closed track reach those on another node', async () => {
    const { theatre, field, voice, watchers } = await open(2);
    await theatre.client.get('producer:pause', { producerId: field });
    for (const { client } of watchers)
      assert.deepEqual(await client.next('producer:paused'), { producerId: field, by: 'owner' });
    await theatre.client.get('producer:resume', { producerId: field });
    for (const watcher of watchers) {
      await watcher.client.next('producer:resumed', ({ producerId }) => producerId === field);
      await rises('the field', 3, () => watcher.arrived(field));
    }
    await theatre.client.get('producer:close', { producerId: voice });
    for (const { client } of watchers) assert.deepEqual(await client.next('producer:closed'), { producerId: voice });
  });

  it('[SF52] a track goes to another node while anybody there takes it, and in so many layers as they take', async () => {
    const { theatre, watchers } = await open(1);
    const { producerId } = await theatre.publish('device', undefined, 50, 3);
    const wanted = (layers: number) =>
      theatre.client.next('producer:wanted', (notice) => notice.producerId === producerId && notice.layers === layers);
    await wanted(0);
    const [watcher] = watchers;
    await watcher?.client.next('producer:created', (one) => one.producerId === producerId);
    await watcher?.watch(producerId);
    await wanted(3);
    await rises('the device', 3, () => watcher?.arrived(producerId) ?? 0);
    await watcher?.leave();
    await wanted(0);
  });

  it('[SF53] whoever is given a voice moves to the theatre’s node and is heard on all', async () => {
    const { theatre, edge, watchers } = await open(2);
    const [asker, hearer] = watchers;
    assert.ok(asker && hearer);
    const { accountId } = asker;
    await nodes.server.sfu.setPublish(nodes.roomId, accountId, ['audio']);
    await asker.client.next('room:move', ({ afterMs }) => afterMs === 0);
    await asker.leave();
    const again = await nodes.enter('audience', { grant: { accountId, mayPublish: ['audio'] } });
    assert.deepEqual([again.url, hearer.url], [theatre.url, edge.url]);
    const { producerId } = await again.publish('audio');
    await hearer.client.next('peer:joined', (one) => one.accountId === accountId);
    await hearer.client.next('producer:created', (one) => one.producerId === producerId);
    await hearer.watch(producerId);
    await rises('the voice', 3, () => hearer.arrived(producerId));
    assert.ok(hearer.client.heard.every(({ name }) => name !== 'room:rejoin' && name !== 'room:move'));
  });

  it('[SF54] a node that has lost the theatre’s shows nothing of it as live and says so, until it is back', async () => {
    const { theatre, field, watchers } = await open(2);
    const pid = nodes.processAt(theatre.url).pid();
    // The process alone: its media worker goes on sending, and nobody could tell whether it may.
    process.kill(pid, 'SIGSTOP');
    try {
      for (const { client } of watchers)
        await client.next('producer:paused', ({ by, producerId }) => by === 'origin-lost' && producerId === field);
      await sleep(100);
      const counted = () => watchers.map((watcher) => watcher.arrived(field));
      const before = counted();
      await sleep(300);
      assert.deepEqual(counted(), before);
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    for (const watcher of watchers) {
      await watcher.client.next('producer:resumed', ({ producerId }) => producerId === field);
      await rises('the field', 3, () => watcher.arrived(field));
    }
  });

  it('[SF54] a cut reaches those on other nodes at once where the theatre’s node hangs, and holds once it is back', async () => {
    const { theatre, field, watchers } = await open(2);
    const pid = nodes.processAt(theatre.url).pid();
    process.kill(pid, 'SIGSTOP');
    const cut = nodes.server.sfu.cutHall(nodes.roomId, BOTH);
    try {
      for (const { client } of watchers)
        await client.next('producer:paused', ({ by, producerId }) => by === 'cut' && producerId === field);
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    await cut;
    const counted = () => watchers.map((watcher) => watcher.arrived(field));
    await sleep(CUT_WITHIN_MS);
    const before = counted();
    await sleep(CUT_WITHIN_MS);
    assert.deepEqual(counted(), before);
    await theatre.client.next('hall:state', (state) => state.cut.picture && state.cut.sound);
  });

  it('[SF55] a node that is to stop takes nobody, and its watchers are on another one within seconds', async () => {
    const { theatre, edge, field, watchers } = await open(3);
    const ended = edge.kill('SIGTERM');
    const waits = await Promise.all(watchers.map(async ({ client }) => (await client.next('room:move')).afterMs));
    assert.ok(Math.max(...waits) <= 6_000);
    await sleep(Math.min(...waits));
    for (const watcher of watchers) {
      const again = await nodes.enter('audience', { grant: { accountId: watcher.accountId } });
      assert.equal(again.url, theatre.url);
      await again.watch(field);
      await rises('the field', 3, () => again.arrived(field));
      await watcher.leave();
    }
    await ended;
    await edge.restart();
    await nodes.areThere(2);
  });

  it('[SF56] the watchers of a killed node are back on another one, and nobody else loses anything', async () => {
    const { theatre, edge, field, watchers } = await open(3);
    const beside = await nodes.enter('audience', { url: theatre.url });
    await beside.watch(field);
    const startedMs = performance.now();
    await edge.kill('SIGKILL');
    await Promise.all(
      watchers.map(async ({ accountId }) => {
        for (;;) {
          const again = await nodes.enter('audience', { grant: { accountId } }).catch(() => undefined);
          if (again) {
            await again.watch(field);
            return await rises('the field', 3, () => again.arrived(field));
          }
          await sleep(300);
        }
      }),
    );
    assert.ok(performance.now() - startedMs < BACK_WITHIN_MS);
    await rises('the field', 3, () => beside.arrived(field));
    assert.ok([beside, theatre].every(({ client }) => client.heard.every(({ name }) => name !== 'room:rejoin')));
    await edge.restart();
    await nodes.areThere(2);
  });

  it('[SF57] without Redis what runs goes on, and whoever comes is sent to the nodes last known', async () => {
    const { edge, field, watchers } = await open(2);
    await nodes.redis.kill();
    for (const watcher of watchers) await rises('the field', 5, () => watcher.arrived(field));
    const late = await nodes.enter('audience');
    await late.watch(field);
    await rises('the field', 3, () => late.arrived(field));
    await nodes.server.sfu.cutHall(nodes.roomId, BOTH);
    for (const { client } of [...watchers, late]) await client.next('producer:paused', ({ by }) => by === 'cut');
    await nodes.redis.restart();
    await sleep(3_000);
    await nodes.areThere(2);
    const later = await nodes.enter('audience', { url: edge.url });
    assert.deepEqual(later.snapshot.hall?.cut, { number: 1, ...BOTH });
  });

  it('[SF56] where the theatre’s node is killed theatre and audience meet on another one, and what was cut stays cut', async () => {
    const { theatre, field: before, watchers } = await open(1);
    const further = await nodes.enter('audience', { url: (await nodes.add()).url });
    await further.watch(before);
    watchers.push(further);
    const { accountId } = theatre;
    await theatre.client.get('hall:cut', BOTH);
    for (const { client } of watchers) await client.next('hall:state', ({ cut }) => cut.picture);
    theatre.stop();
    await nodes.processAt(theatre.url).kill('SIGKILL');
    const again = await (async () => {
      for (;;) {
        const back = await nodes.enter('theatre', { grant: { accountId } }).catch(() => undefined);
        if (back) return back;
        await sleep(300);
      }
    })();
    assert.notEqual(again.url, theatre.url);
    const { producerId: field } = await again.publish('field', undefined, 20);
    for (const watcher of watchers) {
      if (watcher.url === again.url) {
        assert.ok((await watcher.client.next('room:rejoin')).afterMs <= 2_000);
        await watcher.join();
        assert.equal(watcher.snapshot.hall?.cut.picture, true);
      } else {
        // Of a third node: it finds the new one, and nobody there joins anew.
        assert.deepEqual(await watcher.client.next('producer:closed'), { producerId: before });
        await watcher.client.next('producer:created', ({ producerId }) => producerId === field);
      }
      await watcher.watch(field);
    }
    await sleep(300);
    assert.deepEqual(
      watchers.map((watcher) => watcher.arrived(field)),
      [0, 0],
    );
    await again.client.get('hall:resume', { number: 1, ...BOTH });
    for (const watcher of watchers) await rises('the field', 3, () => watcher.arrived(field));
  });
});
