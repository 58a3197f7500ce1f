import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import * as mediasoup from 'mediasoup';
import { Failure } from '../../server/contract/failure.ts';
import { createSfuControl, type SfuControl } from '../../sfu/control.ts';
import { sign } from '../../sfu/signed.ts';
import { startFakeDevice } from '../support/fake-device.ts';
import { connectSfu, type SfuClient, tokenFor } from '../support/sfu-client.ts';
import { type RunningSfu, startSfu } from '../support/start-sfu.ts';

describe('ends and faults', () => {
  let sfu: RunningSfu;
  const workers: mediasoup.types.Worker[] = [];
  const clients: SfuClient[] = [];
  const remember = (worker: mediasoup.types.Worker) => workers.push(worker);
  before(async () => {
    mediasoup.observer.on('newworker', remember);
    sfu = await startSfu({ workerCount: 2 });
  });
  after(() => {
    mediasoup.observer.off('newworker', remember);
    return sfu.close();
  });
  afterEach(() => {
    for (const client of clients.splice(0)) client.close();
  });

  async function enter(roomId: string, accountId: string = randomUUID()): Promise<SfuClient> {
    const client = await connectSfu(sfu.url, tokenFor(roomId, sfu.secret, { accountId }));
    clients.push(client);
    return client;
  }

  const controls: [string, () => SfuControl][] = [
    ['in the same process', () => sfu.sfu],
    ['over http', () => createSfuControl({ url: sfu.url, secret: sfu.secret })],
  ];
  for (const [where, control] of controls) {
    it(`[SF27] an ended call is over for everyone in it and nobody else (${where})`, async () => {
      const [ended, other] = [randomUUID(), randomUUID()];
      const [a, b, c] = [await enter(ended), await enter(ended), await enter(other)];
      await Promise.all([a.join(), b.join()]);
      const { recvTransport } = await c.join();
      await control().endRoom(ended);
      for (const client of [a, b]) {
        await client.next('room:ended');
        await client.disconnected();
      }
      await c.get('transport:restart-ice', { transportId: recvTransport.transportId });
      await control().endRoom(ended);
    });

    it(`[SF29] a moderator mutes a person in all windows, who may speak again (${where})`, async () => {
      const roomId = randomUUID();
      const accountId = randomUUID();
      const [one, two, other] = [await enter(roomId, accountId), await enter(roomId, accountId), await enter(roomId)];
      const voices: string[] = [];
      for (const client of [one, two]) {
        const device = await startFakeDevice(client, await client.join());
        voices.push((await device.publish('audio')).id);
        await device.publish('video');
      }
      const loud = await (await startFakeDevice(other, await other.join())).publish('audio');
      await control().mutePeer(roomId, accountId);
      for (const client of [one, two, other])
        for (const producerId of voices) {
          const notice = await client.next('producer:paused', (paused) => paused.producerId === producerId);
          assert.equal(notice.by, 'moderator');
        }
      assert.ok(![one, two, other].some(({ heard }) => heard.some(({ name }) => name === 'producer:paused')));
      const [producerId = ''] = voices;
      await one.get('producer:resume', { producerId });
      await other.next('producer:resumed');
      await other.get('producer:pause', { producerId: loud.id });
      await control().mutePeer(randomUUID(), accountId);
    });

    it(`the sfu says how many workers it has (${where})`, async () => {
      assert.deepEqual(await control().health(), { workers: 2 });
    });
  }

  it('[SF28] a killed media worker is replaced, its people are called back, others notice nothing', async () => {
    const [roomA, roomB] = [randomUUID(), randomUUID()];
    const [a, b, elsewhere] = [await enter(roomA), await enter(roomA), await enter(roomB)];
    const { value: joined, worker: under } = await withItsWorker(() => a.join());
    await (await startFakeDevice(a, joined)).publish('video');
    await b.join();
    const { value: unconcerned, worker } = await withItsWorker(() => elsewhere.join());
    assert.notEqual(worker, under, 'rooms are spread over the workers');
    const { recvTransport } = unconcerned;
    const workersBefore = workers.length;
    process.kill(under.pid, 'SIGKILL');
    await Promise.all([a.next('room:rejoin'), b.next('room:rejoin')]);
    const again = await a.join();
    assert.equal(again.resumed, false);
    const deviceAgain = await startFakeDevice(a, again);
    const { id: producerId } = await deviceAgain.publish('video');
    const { peers, producers } = await b.join();
    assert.deepEqual([peers.length, producers[0]?.producerId], [1, producerId]);
    await elsewhere.get('transport:restart-ice', { transportId: recvTransport.transportId });
    assert.deepEqual(elsewhere.heard, []);
    while (workers.length === workersBefore || (await sfu.sfu.health()).workers < 2)
      await new Promise((resolve) => setTimeout(resolve, 20));
  });

  it('[SF28] with the only worker killed, whoever comes back at once waits for the new one', async () => {
    const single = await startSfu({ workerCount: 1 });
    const worker = workers.at(-1);
    assert.ok(worker);
    const client = await connectSfu(single.url, tokenFor(randomUUID(), single.secret));
    await client.join();
    process.kill(worker.pid, 'SIGKILL');
    await client.next('room:rejoin');
    assert.deepEqual((await client.join()).peers, []);
    assert.equal((await single.sfu.health()).workers, 1);
    client.close();
    await single.close();
  });

  it('[SF30] without the secret the control does nothing', async () => {
    const roomId = randomUUID();
    const client = await enter(roomId);
    const { recvTransport } = await client.join();
    const stale = sign('huizhen-control+jwt', { expiresAt: new Date(Date.now() - 1).toISOString() }, sfu.secret);
    const headers = [{}, { authorization: 'Bearer nonsense' }, { authorization: `Bearer ${stale}` }];
    headers.push({ authorization: `Bearer ${tokenFor(roomId, sfu.secret)}` });
    for (const header of headers) {
      const end = await fetch(`${sfu.url}/sfu/rooms/${roomId}`, { method: 'DELETE', headers: header });
      assert.equal(end.status, 401);
      const mute = await fetch(`${sfu.url}/sfu/rooms/${roomId}/mute`, { method: 'POST', headers: header, body: '{}' });
      assert.equal(mute.status, 401);
    }
    const wrong = createSfuControl({ url: sfu.url, secret: 'another secret' });
    await assert.rejects(wrong.endRoom(roomId), (error) => error instanceof Failure && error.code === 'unavailable');
    await client.get('transport:restart-ice', { transportId: recvTransport.transportId });
  });

  it('an sfu that does not answer is told apart', async () => {
    const control = createSfuControl({ url: 'http://127.0.0.1:1', secret: sfu.secret });
    await assert.rejects(control.health(), (error) => error instanceof Failure && error.reason === 'sfu-unreachable');
  });

  it('the control answers nothing but what it knows', async () => {
    assert.equal((await fetch(`${sfu.url}/`)).status, 404);
    assert.equal((await fetch(`${sfu.url}/healthz`)).status, 200);
  });

  /** Joins the first of a room, and finds the worker on which that made a router. */
  async function withItsWorker<T>(join: () => Promise<T>): Promise<{ value: T; worker: mediasoup.types.Worker }> {
    const living = workers.filter(({ closed }) => !closed);
    const count = async (worker: mediasoup.types.Worker) => (await worker.dump()).routerIds.length;
    const before = await Promise.all(living.map(count));
    const value = await join();
    const after = await Promise.all(living.map(count));
    const worker = living.find((_, index) => after[index] !== before[index]);
    assert.ok(worker);
    return { value, worker };
  }
});
