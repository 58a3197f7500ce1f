import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import type { HallProgram } from '../../../server/contract/index.ts';
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
  const put = async (client: Client, bytes: Uint8Array, query = '') => {
    const path = `/api/demonstrations/${demonstrationId}/stills/${hashOf(bytes)}${query}`;
    const headers = { 'content-type': 'image/png' };
    const response = await client.fetch(path, { method: 'PUT', headers, body: Buffer.from(bytes) });
    assert.equal(response.status, 201);
    return ((await response.json()) as { isShowable: boolean }).isShowable;
  };
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

  it('[DM21] is taken by nobody else', async () => {
    for (const one of [world.moderator, world.advocate, world.expert])
      assert.equal(await send(one.client), 403, one.accountId);
    assert.equal(await send(await addStranger(server)), 404);
    assert.equal(await send(world.surgeon, randomUUID()), 404);
  });

  it('[DM21] can be shown at once where it was on air and not cut since, and new to the case', async () => {
    const window = await connect(server.url, world.moderator.client.cookie);
    const shown = async () => (await window.request('showing:open', { demonstrationId, sinceRevision: 0 })).pictures;
    const program = { layout: 'single', main: null, second: null } as const;
    const main = { accountId: world.surgeonId, source: 'field', label: '术野' } as const;
    const putProgram = (changed: HallProgram) =>
      server.database.write(({ halls }) => halls.putProgram(demonstrationId, changed));
    const cut = (number: number, picture: boolean) =>
      server.database.write(({ halls }) => halls.putCut(demonstrationId, { number, picture, sound: false }, null));
    const query = (source: string, label: string, cutNumber = 0) =>
      `?${new URLSearchParams({ source, label, cutNumber: String(cutNumber) })}`;
    const field = query('field', '术野');
    let width = 40;
    const another = () => {
      width += 8;
      return pngByHand({ width, bare: true });
    };

    await putProgram({ ...program, main });
    assert.equal(await put(world.surgeon, await another()), false, 'it is a preview');
    assert.equal(await put(world.surgeon, await another(), query('room', '术野')), false, 'another camera');
    assert.equal(await put(world.surgeon, await another(), query('field', '另一路')), false, 'another of that kind');
    assert.equal(await put(world.nurse.client, await another(), field), false, 'the program has somebody else’s');
    assert.equal(await put(world.surgeon, picture, field), false, 'the case had it unchecked');
    await putProgram({ ...program, main: null, second: main });
    assert.equal(await put(world.surgeon, await another(), field), false, 'the layout leaves it out');
    await putProgram({ ...program, main });
    await cut(1, true);
    assert.equal(await put(world.surgeon, await another(), query('field', '术野', 1)), false, 'it is cut');
    await cut(1, false);
    assert.equal(await put(world.surgeon, await another(), field), false, 'it was cut since');
    assert.deepEqual(await shown(), []);

    const seen = await another();
    assert.equal(await put(world.surgeon, seen, query('field', '术野', 1)), true);
    await cut(2, false);
    assert.equal(
      await put(world.surgeon, seen, query('field', '术野', 1)),
      true,
      'the answer was lost, it is sent again',
    );
    await cut(1, false);
    const [still, ...others] = await shown();
    assert.deepEqual([still?.kind, others.length], ['documents', 0]);
    const get = () => world.moderator.client.fetch(`/api/demonstrations/${demonstrationId}/documents/${hashOf(seen)}`);
    assert.equal((await get()).status, 200);
    // One press takes it off, with the check of it in the plan.
    const materialId = still?.materialId ?? '';
    await server.database.write(async ({ demonstrations }) => {
      const stored = (await demonstrations.findForUpdate(demonstrationId)) ?? assert.fail();
      const by = { listedBy: world.surgeonId, checkedBy: world.theatre.accountId, checkedAt: stored.createdAt };
      const materials = [{ materialId, ...by, checkedCount: 0 }];
      await demonstrations.replace({ ...stored, version: stored.version + 1, materials }, stored.version);
    });
    await world.advocate.client.call('demonstration:withdraw-check', { params: { demonstrationId, materialId } });
    assert.deepEqual(await shown(), []);
    assert.equal((await get()).status, 404);
    assert.equal(await put(world.surgeon, seen, query('field', '术野', 1)), false, 'sent again it stays off');
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
