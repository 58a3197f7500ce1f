import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Client, createClient } from '../../support/client.ts';
import { type Connection, connect } from '../../support/connect.ts';
import { sharedMariaDb } from '../../support/mariadb.ts';
import { type Redis, startRedis } from '../../support/redis.ts';
import {
  isNothing,
  line,
  openShowingWorld,
  refusalOf,
  type ShowingWorld,
  viewportOf,
} from '../../support/showing-world.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';
import { type RunningSfu, startSfu } from '../../support/start-sfu.ts';

describe('what a demonstration shows, on two servers', function () {
  this.timeout(240_000);
  let redis: Redis;
  let sfu: RunningSfu;
  let folder: string;
  const servers: RunningServer[] = [];
  let shown: ShowingWorld;
  const windows: Connection[] = [];

  before(async () => {
    const [mariaDb, started] = await Promise.all([sharedMariaDb(), startRedis()]);
    redis = started;
    folder = await mkdtemp(join(tmpdir(), 'huizhen-shared-'));
    const databaseUrl = await mariaDb.createDatabase();
    sfu = await startSfu();
    const environment = { REDIS_URL: redis.url, FIELD_SECRET: randomUUID(), DATA_DIR: folder };
    for (let count = 0; count < 2; count += 1)
      servers.push(await startServer({ databaseUrl, environment, sfuApart: sfu, isHallReady: () => true }));
    shown = await openShowingWorld(servers[0] ?? assert.fail());
  });
  after(async () => {
    for (const server of servers) await server.close();
    await sfu?.close();
    await redis?.close();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(() => shown.begin());
  afterEach(() => {
    shown.closeWindows();
    for (const window of windows.splice(0)) window.close();
  });

  /** A window of theirs at the other server. */
  async function enterThere({ cookie }: Client): Promise<Connection> {
    const window = await connect(servers[1]?.url ?? '', cookie);
    windows.push(window);
    await shown.open(window);
    return window;
  }
  const frameAt = (server: number, { cookie }: Client, series: number) =>
    shown.frame(createClient(servers[server]?.url ?? '', cookie), series);
  const isAt = (x: number) => (told: { viewport: unknown }) => {
    const { center } = told.viewport as { center?: { x: number } };
    return center?.x === x;
  };

  it('[SH1] [RT9] follows the presenter at both, with marks, pointers and one count of versions', async () => {
    const { demonstrationId, world, watcher } = shown;
    const { window: moderator } = await shown.enter(world.moderator.client);
    const { window: near } = await shown.enter(watcher.client);
    const far = await enterThere(watcher.client);
    await moderator.request('showing:present', { demonstrationId });
    for (let x = 1; x <= 30; x += 1) await shown.move(moderator, viewportOf(71, 1, x));
    for (const window of [near, far]) {
      assert.equal((await window.next('showing:changed', ({ material }) => material !== null)).version, 2);
      await window.next('showing:moved', isAt(30));
    }
    const { target } = viewportOf(71, 1);
    const mark = { target, shape: line(7) };
    await moderator.request('showing:mark', { demonstrationId, annotationId: randomUUID(), mark, actId: randomUUID() });
    await moderator.request('showing:point', { demonstrationId, target, point: { x: 5, y: 6 } });
    const marks = await Promise.all([near, far].map((window) => window.next('showing:marked')));
    assert.deepEqual(marks[0], marks[1]);
    for (const window of [near, far])
      assert.deepEqual((await window.next('showing:pointed')).pointers[0]?.point, { x: 5, y: 6 });

    // Somebody leads on from the other server: whoever led before shows nothing any more, on either.
    const deputy = await enterThere(world.deputy.client);
    await deputy.request('showing:present', { demonstrationId });
    for (const window of [near, far, moderator])
      assert.equal(
        (await window.next('showing:changed', ({ presenter }) => presenter?.accountId === world.deputy.accountId))
          .version,
        3,
      );
    await shown.move(moderator, viewportOf(71, 2, 50));
    await shown.move(deputy, viewportOf(71, 3, 60));
    for (const window of [near, far]) {
      await window.next('showing:moved', isAt(60));
      assert.deepEqual(window.pending('showing:moved').filter(isAt(50)), []);
    }
    const late = await enterThere(world.surgeon);
    const { version, viewport, presenter } = await shown.open(late);
    assert.deepEqual([version, viewport, presenter?.accountId], [3, viewportOf(71, 3, 60), world.deputy.accountId]);
  });

  it('[SH1] [RT9] has one presenter, the same to all, whoever takes the lead at both at the same moment', async () => {
    const { demonstrationId, world, watcher } = shown;
    const { window: moderator } = await shown.enter(world.moderator.client);
    const deputy = await enterThere(world.deputy.client);
    const { window: near } = await shown.enter(watcher.client);
    const far = await enterThere(watcher.client);
    const TURNS = 6;
    for (let turn = 0; turn < TURNS; turn += 1)
      await Promise.all([moderator, deputy].map((window) => window.request('showing:present', { demonstrationId })));
    const last = await Promise.all(
      [near, far].map((window) => window.next('showing:changed', ({ version }) => version === 2 * TURNS)),
    );
    assert.deepEqual(last[0]?.presenter, last[1]?.presenter);
    assert.deepEqual((await shown.open(near)).presenter, last[0]?.presenter);
    assert.equal((await shown.open(far)).version, 2 * TURNS);
  });

  it('[SH3] [RT9] vanishes at both where its check is withdrawn, and is handed out by neither from then on', async () => {
    const { demonstrationId, world, watcher } = shown;
    const { window: surgeon } = await shown.enter(world.surgeon);
    const far = await enterThere(watcher.client);
    const showsThere = await enterThere(world.deputy.client);
    await surgeon.request('showing:present', { demonstrationId });
    await shown.move(surgeon, viewportOf(71, 1));
    await far.next('showing:changed', ({ material }) => material !== null);
    for (const server of [0, 1]) assert.equal((await frameAt(server, watcher.client, 71)).status, 200);
    assert.equal((await frameAt(1, world.deputy.client, 71)).status, 200);
    const params = { demonstrationId, materialId: shown.checked.materialId };
    await world.advocate.client.call('demonstration:withdraw-check', { params });
    await far.next('showing:changed', isNothing);
    for (const server of [0, 1])
      for (const client of [watcher.client, world.deputy.client])
        assert.equal((await frameAt(server, client, 71)).status, 404);
    await showsThere.request('showing:present', { demonstrationId });
    assert.match(await refusalOf(shown.move(showsThere, viewportOf(71, 1))), /not-found/);
  });
});
