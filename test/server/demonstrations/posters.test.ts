import assert from 'node:assert/strict';
import { addStranger } from '../../support/add-stranger.ts';
import type { Client } from '../../support/client.ts';
import {
  type DemonstrationWorld,
  enrolIn,
  openDemonstrationWorld,
  placeDemonstration,
} from '../../support/demonstration-world.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

/** The server looks at nothing but how a JPEG begins and how large it is. */
const JPEG = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(20_000, 7)]);
const BOTH = { picture: true, sound: true };

describe('the small picture of what a theatre shows', () => {
  let server: RunningServer;
  let world: DemonstrationWorld;
  let demonstrationId: string;

  before(async () => {
    server = await startServer();
    world = await openDemonstrationWorld(server);
    ({ demonstrationId } = await placeDemonstration(world, 'live'));
    await enrolIn(world, demonstrationId, world.watcher);
  });
  after(() => server?.close());

  const at = (query: Record<string, string>, of = demonstrationId) =>
    `/api/demonstrations/${of}/poster?${new URLSearchParams({ source: 'field', ...query })}`;
  const put = async (client: Client, { cutNumber = 0, bytes = JPEG, of = demonstrationId } = {}) => {
    const headers = { 'content-type': 'image/jpeg' };
    const address = at({ label: '术野', cutNumber: String(cutNumber) }, of);
    return (await client.fetch(address, { method: 'PUT', headers, body: Buffer.from(bytes) })).status;
  };
  const get = async (client: Client, query: Record<string, string> = {}) => {
    const response = await client.fetch(at({ accountId: world.surgeonId, label: '术野', ...query }));
    return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()), headers: response.headers };
  };

  it('[DM22] is seen by whoever may be in the hall, as the theatre sent it, and kept by no browser', async () => {
    assert.equal((await get(world.watcher.client)).status, 204, 'there is none yet');
    assert.equal(await put(world.surgeon), 204);
    for (const client of [world.watcher.client, world.moderator.client, world.advocate.client]) {
      const { status, bytes, headers } = await get(client);
      assert.deepEqual([status, headers.get('content-type')], [200, 'image/jpeg']);
      assert.equal(headers.get('cache-control'), 'no-store');
      assert.ok(bytes.equals(JPEG));
    }
    assert.equal((await get(world.watcher.client, { label: '全景' })).status, 204, 'of another picture there is none');
    assert.equal((await get(world.coordinator)).status, 403);
    assert.equal((await get(await addStranger(server))).status, 404);
  });

  it('[DM22] is sent by the theatre alone, small, a JPEG, and only while it is live', async () => {
    for (const { client } of [world.moderator, world.advocate, world.watcher]) assert.equal(await put(client), 403);
    assert.equal(await put(world.surgeon, { bytes: Buffer.concat([JPEG, JPEG]) }), 413);
    assert.equal(await put(world.surgeon, { bytes: Buffer.from('no picture') }), 400);
    const { demonstrationId: of } = await placeDemonstration(world, 'enrolling');
    assert.equal(await put(world.surgeon, { of }), 409);
    assert.ok((await get(world.watcher.client)).bytes.equals(JPEG), 'what was there stays');
  });

  it('[DM22] is taken back by the theatre alone, and then nobody sees it any more', async () => {
    const takeBack = async (client: Client) => (await client.fetch(at({}), { method: 'DELETE' })).status;
    for (const { client } of [world.moderator, world.watcher]) assert.equal(await takeBack(client), 403);
    assert.equal(await takeBack(await addStranger(server)), 404);
    assert.equal((await get(world.watcher.client)).status, 200);
    for (let time = 0; time < 2; time += 1) assert.equal(await takeBack(world.surgeon), 204);
    assert.equal((await get(world.watcher.client)).status, 204);
    assert.equal(await put(world.surgeon), 204, 'another one may come');
    assert.equal((await get(world.watcher.client)).status, 200);
  });

  it('[DM22] [SF58] is gone with a cut at once, also one that was taken before it and comes after', async () => {
    const params = { demonstrationId };
    const { number } = await world.advocate.client.call('demonstration:cut', { params, body: BOTH });
    assert.equal((await get(world.watcher.client)).status, 204);
    assert.equal(await put(world.surgeon, { cutNumber: number }), 204);
    assert.equal((await get(world.watcher.client)).status, 204, 'nothing is shown while it is cut');
    await world.advocate.client.call('demonstration:resume-cut', { params, body: { ...BOTH, number } });
    assert.equal((await get(world.watcher.client)).status, 204, 'nor what was there before');
    await put(world.surgeon, { cutNumber: number - 1 });
    assert.equal((await get(world.watcher.client)).status, 204, 'nor what was on its way');
    await put(world.surgeon, { cutNumber: number });
    assert.equal((await get(world.watcher.client)).status, 200);
  });
});
