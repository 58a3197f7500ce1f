import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Client } from '../../support/client.ts';
import type { DemonstrationWorld, Entered } from '../../support/demonstration-world.ts';
import { eventually } from '../../support/eventually.ts';
import { uploadFile } from '../../support/images.ts';
import { pngByHand } from '../../support/photograph-by-hand.ts';
import { refusedAs } from '../../support/refusal.ts';
import { line, openShowingWorld, type ShowingWorld, viewportOf } from '../../support/showing-world.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

describe('key images of a demonstration', function () {
  this.timeout(180_000);
  let server: RunningServer;
  let world: DemonstrationWorld;
  let watcher: Entered;
  let shown: ShowingWorld;

  before(async () => {
    server = await startServer({ isHallReady: () => true });
    shown = await openShowingWorld(server);
    ({ world, watcher } = shown);
  });
  after(() => server?.close());
  beforeEach(() => shown.begin(true));
  afterEach(() => shown.closeWindows());

  const params = () => ({ demonstrationId: shown.demonstrationId });
  const step = async (client: Client) => {
    const { plan } = await client.call('demonstration:read', { params: params() });
    return { params: params(), body: { version: plan?.version ?? 0 } };
  };
  const list = (client: Client) => client.call('demonstration:key-images', { params: params() });
  const statusOf = async (client: Client, series: number) => (await shown.frame(client, series)).status;

  async function mark(client: Client, series: number): Promise<string> {
    const { window } = await shown.enter(client);
    const annotationId = randomUUID();
    const { target } = viewportOf(series, 2);
    const put = { ...params(), annotationId, mark: { target, shape: line(9) }, actId: randomUUID() };
    await window.request('showing:mark', put);
    return annotationId;
  }

  /** A still of the operation, which the audience saw. */
  async function still(): Promise<string> {
    const { consultationId, doctor, surgeonId } = world;
    await uploadFile(doctor, consultationId, await pngByHand({ bare: true }));
    const { materials } = await doctor.call('consultation:read', { params: { consultationId } });
    const { materialId } = materials.find(({ kind }) => kind === 'documents') ?? assert.fail();
    const taken = { materialId, takenBy: surgeonId, takenAt: new Date().toISOString() };
    await server.database.write(({ showings }) => showings.addStill({ ...params(), ...taken }));
    return materialId;
  }

  it('[DM38] lists marks and stills with whose and when, to those who made it, and to watchers what the published replay shows', async () => {
    const { surgeon, moderator, coordinator } = world;
    const unseen = await mark(surgeon, 72);
    const startedAt = new Date();
    await server.database.write(({ recordings }) =>
      recordings.insert({
        ...{ recordingId: randomUUID(), ...params(), startedBy: world.surgeonId, startedAt: startedAt.toISOString() },
        ...{ stoppedAt: new Date(startedAt.getTime() + 3_600_000).toISOString(), sealedAt: null, fault: null },
      }),
    );
    const [first, second] = [await mark(surgeon, 71), await mark(moderator.client, 71)];
    const stillId = await still();
    await refusedAs('conflict/state-not-allowed', surgeon.call('demonstration:key-images', { params: params() }));
    await surgeon.call('demonstration:end', await step(surgeon));
    const all = await list(moderator.client);
    assert.deepEqual(
      all.keyImages.map(({ materialId, isStill, markIds }) => [materialId, isStill, markIds.toSorted()]).toSorted(),
      [
        [shown.checked.materialId, false, [first, second].toSorted()],
        [
          all.pictures.find(({ materialId }) => ![stillId, shown.checked.materialId].includes(materialId))?.materialId,
          false,
          [unseen],
        ],
        [stillId, true, []],
      ].toSorted(),
    );
    const both = all.keyImages.find(({ materialId }) => materialId === shown.checked.materialId);
    assert.deepEqual(
      both?.authors.map(({ accountId }) => accountId).toSorted(),
      [world.surgeonId, moderator.accountId].toSorted(),
    );
    assert.doesNotMatch(JSON.stringify(all), /Zhang|P-4711/);
    assert.deepEqual([await statusOf(surgeon, 71), await statusOf(surgeon, 72)], [200, 200]);
    await refusedAs('forbidden', watcher.client.call('demonstration:key-images', { params: params() }));
    assert.equal(await statusOf(watcher.client, 71), 404);
    await coordinator.call('demonstration:open-replay', await step(coordinator));
    await moderator.client.call('demonstration:publish-replay', await step(moderator.client));
    const seen = await list(watcher.client);
    assert.deepEqual(
      seen.keyImages.map(({ materialId }) => materialId).toSorted(),
      [shown.checked.materialId, stillId].toSorted(),
      'what was marked before anything was recorded is no watcher’s',
    );
    assert.deepEqual([await statusOf(watcher.client, 71), await statusOf(watcher.client, 72)], [200, 404]);
    // Somebody sees a name on the still.
    await world.advocate.client.call('demonstration:withdraw-check', { params: { ...params(), materialId: stillId } });
    assert.ok((await list(watcher.client)).keyImages.every(({ isStill }) => !isStill));
  });

  it('[DM38] shows no watcher of a published replay a still of an instant whose picture is masked', async () => {
    const { surgeon, moderator, coordinator } = world;
    const startedAt = new Date();
    await server.database.write(({ recordings }) =>
      recordings.insert({
        ...{ recordingId: randomUUID(), ...params(), startedBy: world.surgeonId, startedAt: startedAt.toISOString() },
        ...{ stoppedAt: new Date(startedAt.getTime() + 3_600_000).toISOString(), sealedAt: null, fault: null },
      }),
    );
    await mark(surgeon, 71);
    const stillId = await still();
    const takenAt = Date.now();
    await surgeon.call('demonstration:end', await step(surgeon));
    await coordinator.call('demonstration:open-replay', await step(coordinator));
    const { version } = await coordinator.call('replay:read', { params: params() });
    const until = new Date(takenAt + 1).toISOString();
    const part = { fromAt: new Date(takenAt - 500).toISOString(), toAt: until, picture: true, sound: false };
    const none = { cutParts: [], leftOutQuestions: [], chapters: [] };
    await coordinator.call('replay:save', { params: params(), body: { version, maskedParts: [part], ...none } });
    await moderator.client.call('demonstration:publish-replay', await step(moderator.client));
    const isListed = async (client: Client) =>
      (await list(client)).keyImages.some(({ materialId }) => materialId === stillId);
    assert.deepEqual([await isListed(moderator.client), await isListed(watcher.client)], [true, false]);
  });

  it('[DM38] ends with the patient’s consent to teaching', async () => {
    const { surgeon, doctor, consultationId } = world;
    await mark(surgeon, 71);
    await surgeon.call('demonstration:end', await step(surgeon));
    assert.equal((await list(surgeon)).keyImages.length, 1);
    const body = { scopes: ['teach' as const], askedBy: 'patient' as const, askedByName: '', reason: '不愿公开' };
    await doctor.call('consent:withdraw', { params: { consultationId }, body });
    await refusedAs('conflict/state-not-allowed', surgeon.call('demonstration:key-images', { params: params() }));
    await eventually('no picture of it is handed out', async () => (await statusOf(surgeon, 71)) === 404);
  });
});
