import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { INVITED_MS, MOST_PHONES } from '../../../server/demonstrations/phones/phone-camera.ts';
import { verifyRoomToken } from '../../../sfu/room-token.ts';
import { type Client, createClient } from '../../support/client.ts';
import {
  type DemonstrationWorld,
  openDemonstrationWorld,
  placeDemonstration,
} from '../../support/demonstration-world.ts';
import { eventually } from '../../support/eventually.ts';
import { connectSfu, type SfuClient } from '../../support/sfu-client.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

describe('a telephone as a camera of the theatre', function () {
  this.timeout(180_000);
  let server: RunningServer;
  let world: DemonstrationWorld;
  let nobody: Client;
  let late = 0;
  const windows: SfuClient[] = [];

  before(async () => {
    server = await startServer({ isHallReady: () => true, clock: () => new Date(Date.now() + late) });
    world = await openDemonstrationWorld(server);
    nobody = createClient(server.url, '');
  });
  afterEach(() => {
    late = 0;
    for (const window of windows.splice(0)) window.close();
  });
  after(() => server?.close());

  const place = async () => (await placeDemonstration(world, 'live')).demonstrationId;
  const invite = (demonstrationId: string, client = world.surgeon) =>
    client.call('phone-camera:invite', { params: { demonstrationId } });
  const open = (secret: string) => nobody.call('phone-camera:open', { body: { secret } });
  const refusal = async (asking: Promise<{ status: number; body: unknown }>) => {
    const { status, body } = await asking;
    return [status, (body as { reason?: string }).reason];
  };
  async function enter(token: string): Promise<SfuClient> {
    const window = await connectSfu(server.url, token);
    windows.push(window);
    await window.join();
    return window;
  }
  /** Both ends of one telephone, in its room. */
  async function join(demonstrationId: string) {
    const { cameraId, secret } = await invite(demonstrationId);
    const { key } = await open(secret);
    const ticket = await nobody.call('phone-camera:ticket', { body: { cameraId, key } });
    const params = { demonstrationId, cameraId };
    const page = await enter((await world.surgeon.call('phone-camera:watch', { params })).token);
    return { cameraId, key, page, phone: await enter(ticket.token), ticket };
  }
  const isShut = (cameraId: string, key: string) =>
    refusal(nobody.ask('phone-camera:ticket', { body: { cameraId, key } }));

  it('[DM23] is let in once, by a code of a few minutes, to send one picture into a room of its own', async () => {
    const demonstrationId = await place();
    const { cameraId, key, page, ticket } = await join(demonstrationId);
    const claims = verifyRoomToken(ticket.token, server.roomTokenSecret, Date.now());
    assert.deepEqual([claims.roomId, claims.mayPublish, claims.hall], [cameraId, ['video'], undefined]);
    assert.notEqual(claims.accountId, world.surgeonId, 'it is nobody’s window');
    const joined = await page.next('peer:joined');
    assert.equal(joined.accountId, cameraId);
    const listed = await world.surgeon.call('phone-cameras:list', { params: { demonstrationId } });
    assert.deepEqual(
      listed.cameras.map((one) => [one.cameraId, one.isOpened]),
      [[cameraId, true]],
    );

    const { secret } = await invite(demonstrationId);
    await open(secret);
    assert.deepEqual(await refusal(nobody.ask('phone-camera:open', { body: { secret } })), [409, 'link-used']);
    const other = await invite(demonstrationId);
    late = INVITED_MS;
    const expired = await refusal(nobody.ask('phone-camera:open', { body: { secret: other.secret } }));
    assert.deepEqual(expired, [409, 'link-expired']);
    late = 0;
    const foreign = await refusal(nobody.ask('phone-camera:open', { body: { secret: 'guessed' } }));
    assert.deepEqual(foreign, [404, 'link-unknown']);
    assert.deepEqual(await isShut(cameraId, 'guessed'), [404, 'link-unknown']);
    assert.equal((await nobody.ask('demonstration:ticket', { params: { demonstrationId } })).status, 401);
    assert.ok(key.length > 40);
  });

  it('[DM23] is received by nobody but the page of whoever invited it', async () => {
    const demonstrationId = await place();
    const { cameraId } = await join(demonstrationId);
    const params = { demonstrationId, cameraId };
    for (const { client } of [world.nurse, world.moderator, world.watcher]) {
      const { status } = await client.ask('phone-camera:watch', { params });
      assert.ok(status === 404 || status === 403, String(status));
    }
    const elsewhere = { demonstrationId: await place(), cameraId };
    assert.equal((await world.surgeon.ask('phone-camera:watch', { params: elsewhere })).status, 404);
    assert.equal(
      (await world.surgeon.ask('phone-camera:end', { params: { ...params, cameraId: randomUUID() } })).status,
      404,
    );
  });

  it('[DM23] is out when it is let go, with the demonstration, and with the sign-in of whoever invited it', async () => {
    const demonstrationId = await place();
    const first = await join(demonstrationId);
    await world.surgeon.call('phone-camera:end', { params: { demonstrationId, cameraId: first.cameraId } });
    await first.phone.next('room:ended');
    assert.deepEqual(await isShut(first.cameraId, first.key), [404, 'link-unknown']);

    const second = await join(demonstrationId);
    const { version } =
      (await world.surgeon.call('demonstration:read', { params: { demonstrationId } })).plan ?? assert.fail();
    await world.moderator.client.call('demonstration:end', { params: { demonstrationId }, body: { version } });
    await second.phone.next('room:ended');
    assert.deepEqual(await isShut(second.cameraId, second.key), [404, 'link-unknown']);

    const another = await place();
    const { cameraId, secret } = await invite(another, world.nurse.client);
    const { key } = await open(secret);
    const phone = await enter((await nobody.call('phone-camera:ticket', { body: { cameraId, key } })).token);
    await world.nurse.client.call('session:close');
    await phone.next('peer:removed');
    assert.deepEqual(await isShut(cameraId, key), [404, 'link-unknown']);

    const auditor = await server.signIn('auditor');
    const acts = (await auditor.call('audit:list', { query: {} })).filter(
      ({ subjectId }) => subjectId === demonstrationId,
    );
    await eventually('all of it is in the trail', async () => acts.length > 0);
    assert.deepEqual(
      acts
        .map(({ action, actorId }) => [action, actorId])
        .filter(([action]) => action?.startsWith('phone-camera'))
        .toReversed(),
      [
        ['phone-camera:invite', world.surgeonId],
        ['phone-camera:open', null],
        ['phone-camera:end', world.surgeonId],
        ['phone-camera:invite', world.surgeonId],
        ['phone-camera:open', null],
      ],
    );
  });

  it('[DM23] counts those of its own sign-in against the six of a theatre, and none of one that has ended', async () => {
    const demonstrationId = await place();
    const before = await server.signIn('surgeon');
    const invited = Array.from({ length: MOST_PHONES }, () => invite(demonstrationId, before));
    for (const { secret } of await Promise.all(invited)) await open(secret);
    const params = { demonstrationId };
    assert.equal((await before.ask('phone-camera:invite', { params })).status, 409);
    await before.call('session:close');
    await invite(demonstrationId, await server.signIn('surgeon'));
  });

  it('[DM23] is let in whatever strangers behind the same address try', async () => {
    const demonstrationId = await place();
    const { cameraId, secret } = await invite(demonstrationId);
    const statuses = new Set<number>();
    for (let tries = 0; tries < 40; tries += 1)
      statuses.add((await nobody.ask('phone-camera:open', { body: { secret: `guess ${tries}` } })).status);
    assert.deepEqual([...statuses], [404, 429]);
    const { key } = await open(secret);
    assert.ok((await nobody.call('phone-camera:ticket', { body: { cameraId, key } })).token);
  });
});
