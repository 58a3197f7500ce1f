import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { addStranger } from '../../support/add-stranger.ts';
import type { Client } from '../../support/client.ts';
import { connect } from '../../support/connect.ts';
import {
  type DemonstrationWorld,
  openDemonstrationWorld,
  placeDemonstration,
} from '../../support/demonstration-world.ts';
import { pngByHand } from '../../support/photograph-by-hand.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

describe('a still of the operation', () => {
  let server: RunningServer;
  let world: DemonstrationWorld;
  let demonstrationId: string;
  let picture: Uint8Array;

  before(async () => {
    server = await startServer();
    world = await openDemonstrationWorld(server);
    ({ demonstrationId } = await placeDemonstration(world, 'live'));
    picture = await pngByHand({ bare: true });
  });
  after(() => server?.close());

  const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
  const send = async (client: Client, of = demonstrationId, bytes = picture, sha256 = hashOf(bytes)) => {
    const headers = { 'content-type': 'image/png' };
    const path = `/api/demonstrations/${of}/stills/${sha256}`;
    const response = await client.fetch(path, { method: 'PUT', headers, body: Buffer.from(bytes) });
    const { reason } = (await response.json()) as { reason?: string };
    return reason === undefined ? response.status : `${response.status} ${reason}`;
  };
  const materials = async () => {
    const params = { consultationId: world.consultationId };
    return (await world.doctor.call('consultation:read', { params })).materials.filter(
      ({ kind }) => kind === 'documents',
    );
  };

  it('[DM21] becomes a picture of the patient’s case once, by surgeon or nurse', async () => {
    assert.equal((await materials()).length, 0);
    assert.equal(await send(world.surgeon), 201);
    assert.equal(await send(world.nurse.client), 201, 'the same bytes again');
    assert.equal((await materials()).length, 1);
  });

  it('[DM21] is taken by nobody else, and can be shown from then on', async () => {
    for (const one of [world.moderator, world.advocate, world.expert])
      assert.equal(await send(one.client), 403, one.accountId);
    assert.equal(await send(await addStranger(server)), 404);
    assert.equal(await send(world.surgeon, randomUUID()), 404);
    const window = await connect(server.url, world.moderator.client.cookie);
    const open = () => window.request('showing:open', { demonstrationId, sinceRevision: 0 });
    const [still, ...others] = (await open()).pictures;
    assert.deepEqual([still?.kind, others.length], ['documents', 0]);
    const get = () =>
      world.moderator.client.fetch(`/api/demonstrations/${demonstrationId}/documents/${hashOf(picture)}`);
    assert.equal((await get()).status, 200);
    const params = { demonstrationId, materialId: still?.materialId ?? '' };
    await world.advocate.client.call('demonstration:withdraw-check', { params });
    assert.deepEqual((await open()).pictures, []);
    assert.equal((await get()).status, 404);
    await server.database.write(({ halls }) =>
      halls.putCut(demonstrationId, { number: 1, picture: true, sound: false }, null),
    );
    const cutOff = await pngByHand({ width: 48, bare: true });
    assert.equal(await send(world.surgeon, demonstrationId, cutOff), 201);
    assert.deepEqual((await open()).pictures, [], 'what was cut nobody is shown unlooked at');
    window.close();
  });

  it('[DM21] is whole, a picture, and what was named', async () => {
    const { length } = await materials();
    assert.equal(
      await send(world.surgeon, demonstrationId, picture, hashOf(Buffer.from('another'))),
      '400 hash-mismatch',
    );
    assert.match(String(await send(world.surgeon, demonstrationId, picture.subarray(0, 60))), /^400 /);
    assert.match(String(await send(world.surgeon, demonstrationId, Buffer.from('no picture'))), /^400 /);
    assert.equal((await materials()).length, length);
  });

  it('[DM21] does not come into a case that is over, or after the demonstration', async () => {
    const { length } = await materials();
    const ended = await placeDemonstration(world, 'ended');
    assert.equal(await send(world.surgeon, ended.demonstrationId), '409 state-not-allowed');
    const params = { consultationId: world.consultationId };
    const { version } = await world.doctor.call('consultation:read', { params });
    await world.doctor.call('consultation:cancel', { params, body: { version, reason: 'no operation' } });
    const other = await pngByHand({ width: 60, bare: true });
    assert.match(String(await send(world.surgeon, demonstrationId, other)), /^409 /);
    assert.equal((await materials()).length, length);
  });
});
