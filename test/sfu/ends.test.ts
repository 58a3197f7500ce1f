import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import * as mediasoup from 'mediasoup';
import { Failure } from '../../server/contract/failure.ts';
import { createSfuControl, type SfuControl } from '../../sfu/control.ts';
import type { RoomTokenGrant } from '../../sfu/room-token.ts';
import { sign } from '../../sfu/signed.ts';
import { eventually } from '../support/eventually.ts';
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
  afterEach(async () => {
    // A peer that is waited for would count as load in the next test.
    for (const client of clients.splice(0)) {
      if (client.socket.connected) await client.ask('room:leave', {});
      client.close();
    }
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

    it(`[SF32] a person whose right has ended is put out, alone, and an old token lets nobody in again (${where})`, async () => {
      const [room, elsewhere] = [randomUUID(), randomUUID()];
      const [accountId, signInId] = [randomUUID(), randomUUID()];
      const tokenOf = (roomId: string, grant: Partial<RoomTokenGrant>) => tokenFor(roomId, sfu.secret, grant);
      const come = async (token: string) => {
        const client = await connectSfu(sfu.url, token);
        clients.push(client);
        await client.join();
        return client;
      };
      const other = await come(tokenOf(room, {}));
      const signedIn = tokenOf(room, { accountId, signInId });
      const third = randomUUID();
      const [here, there, laptop] = [
        await come(signedIn),
        await come(tokenOf(elsewhere, { accountId, signInId })),
        await come(tokenOf(third, { accountId })),
      ];
      const device = await startFakeDevice(other, await other.get('room:leave', {}).then(() => other.join()));
      const { id: producerId } = await device.publish('audio');
      const people = await control().listPeople();
      assert.equal(people.filter((one) => one.accountId === accountId && one.signInId === signInId).length, 2);

      await control().removePerson({ signInId });
      for (const client of [here, there]) {
        await client.next('peer:removed');
        await client.disconnected();
      }
      await other.next('peer:left');
      const lateAsks = [
        (late: SfuClient) => late.ask('room:join', { sessionId: randomUUID(), resume: true }),
        (late: SfuClient) => late.ask('room:look', {}),
        (late: SfuClient) => late.ask('consumer:create', { producerId }),
      ];
      for (const ask of lateAsks) {
        const late = await connectSfu(sfu.url, signedIn);
        assert.ok(!(await ask(late)).ok);
        late.close();
      }
      assert.ok(laptop.socket.connected, 'another sign-in of the same person stays');

      await control().removePerson({ roomId: room, accountId });
      await laptop.get('room:look', {});
      await control().removePerson({ accountId });
      await laptop.next('peer:removed');
      await control().removePerson({ accountId });
      const fresh = { accountId, issuedAt: new Date(Date.now() + 1000).toISOString() };
      await come(tokenOf(room, fresh));
      assert.ok(other.socket.connected);
    });

    it(`[SF29] a moderator mutes a person, who may speak again (${where})`, async () => {
      const roomId = randomUUID();
      const accountId = randomUUID();
      const [one, other] = [await enter(roomId, accountId), await enter(roomId)];
      const voices: string[] = [];
      for (const client of [one]) {
        const device = await startFakeDevice(client, await client.join());
        voices.push((await device.publish('audio')).id);
        await device.publish('video');
      }
      const loud = await (await startFakeDevice(other, await other.join())).publish('audio');
      await control().mutePeer(roomId, accountId);
      for (const client of [one, other])
        for (const producerId of voices) {
          const notice = await client.next('producer:paused', (paused) => paused.producerId === producerId);
          assert.equal(notice.by, 'moderator');
        }
      assert.ok(![one, other].some(({ heard }) => heard.some(({ name }) => name === 'producer:paused')));
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

  it('[SF28] a media worker that hangs is replaced like one that died', async () => {
    const single = await startSfu({ workerCount: 1 });
    const worker = workers.at(-1);
    assert.ok(worker);
    const client = await connectSfu(single.url, tokenFor(randomUUID(), single.secret));
    await client.join();
    process.kill(worker.pid, 'SIGSTOP');
    await eventually('it is replaced', () => client.heard.some(({ name }) => name === 'room:rejoin'));
    assert.deepEqual((await client.join()).peers, []);
    client.close();
    await single.close();
  }).timeout(120_000);

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

  it('[SF33] nobody stays longer than what they signed in with', async () => {
    const signInEndsAt = new Date(Date.now() + 300).toISOString();
    const client = await connectSfu(sfu.url, tokenFor(randomUUID(), sfu.secret, { signInEndsAt }));
    clients.push(client);
    await client.join();
    await client.next('peer:removed');
    await client.disconnected();
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
      const removal = { method: 'POST', headers: header, body: JSON.stringify({ accountId: randomUUID() }) };
      assert.equal((await fetch(`${sfu.url}/sfu/removals`, removal)).status, 401);
      assert.equal((await fetch(`${sfu.url}/sfu/people`, { headers: header })).status, 401);
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
