import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import BetterSqlite3 from 'better-sqlite3';
import { GRACE_MS } from '../../../server/demonstrations/attendance.ts';
import { addAdministrator } from '../../support/add-administrator.ts';
import { enterPerson } from '../../support/add-person.ts';
import type { Client } from '../../support/client.ts';
import { connect } from '../../support/connect.ts';
import {
  type DemonstrationWorld,
  type Entered,
  enrolIn,
  FOREIGN,
  INVITED,
  openDemonstrationWorld,
  placeDemonstration,
} from '../../support/demonstration-world.ts';
import { eventually } from '../../support/eventually.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

describe('being in a demonstration', function () {
  this.timeout(180_000);
  let server: RunningServer;
  let world: DemonstrationWorld;

  before(async () => {
    server = await startServer();
    world = await openDemonstrationWorld(server);
  });
  after(() => server?.close());

  const enterBy = async ({ client }: Pick<Entered, 'client'>, demonstrationId: string) => {
    const window = await connect(server.url, client.cookie);
    const answer = await window.ask('demonstration:enter', { demonstrationId });
    return { window, answer };
  };
  const presencesIn = ({ database }: RunningServer) =>
    database.query('SELECT * FROM demonstration_presence') as Promise<unknown[]>;
  const presentS = async (client: Client, demonstrationId: string, accountId: string): Promise<number> => {
    const { people } = await client.call('demonstration:attendance', { params: { demonstrationId } });
    return people.find(({ person }) => person.accountId === accountId)?.presentS ?? -1;
  };

  it('[DM13] counts people, not windows, and each second once', async () => {
    const { demonstrationId } = await placeDemonstration(world, 'live');
    await enrolIn(world, demonstrationId, world.watcher);
    const one = await enterBy(world.watcher, demonstrationId);
    assert.deepEqual(one.answer, { ok: true, value: { presentCount: 1 } });
    const other = await enterBy(world.watcher, demonstrationId);
    assert.deepEqual(other.answer, { ok: true, value: { presentCount: 1 } });
    const moderator = await enterBy(world.moderator, demonstrationId);
    assert.deepEqual(moderator.answer, { ok: true, value: { presentCount: 2 } });
    await pause(2_100);
    await one.window.ask('demonstration:leave', { demonstrationId });
    await other.window.ask('demonstration:leave', { demonstrationId });
    const seconds = await presentS(world.surgeon, demonstrationId, world.watcher.accountId);
    assert.ok(seconds >= 2 && seconds <= 5, `${seconds} s of two windows`);
    const view = await world.surgeon.call('demonstration:read', { params: { demonstrationId } });
    assert.equal(view.presentCount, 1, 'the moderator alone');
    for (const { window } of [one, other, moderator]) window.socket.disconnect();
  });

  it('[DM13] goes on over a lost line, since the window may be back in a moment', async () => {
    const { demonstrationId } = await placeDemonstration(world, 'live');
    await enrolIn(world, demonstrationId, world.watcher);
    const first = await enterBy(world.watcher, demonstrationId);
    await pause(1_100);
    first.window.socket.disconnect();
    await pause(1_100);
    const second = await enterBy(world.watcher, demonstrationId);
    await second.window.ask('demonstration:leave', { demonstrationId });
    second.window.socket.disconnect();
    const seconds = await presentS(world.surgeon, demonstrationId, world.watcher.accountId);
    assert.ok(seconds >= 2, `${seconds} s: the moment in between counts`);
  });

  it('[DM13] notes no window that went while it came in', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'huizhen-gone-'));
    const file = join(dataDir, 'demonstrations.sqlite');
    const other = await startServer({ databaseUrl: `sqlite:${file}` });
    try {
      const place = await openDemonstrationWorld(other);
      const { demonstrationId } = await placeDemonstration(place, 'live');
      await enrolIn(place, demonstrationId, place.watcher);
      const window = await connect(other.url, place.watcher.client.cookie);
      window.socket.emit('demonstration:enter', { demonstrationId }, () => assert.fail('it had gone'));
      window.socket.disconnect();
      await eventually('it was let in', async () => (await presencesIn(other)).length === 1);
      await pause(1_500);
    } finally {
      await other.close();
    }
    // A server that ends notes for the last time who is there.
    const [presence] = new BetterSqlite3(file)
      .prepare('SELECT fromAt, lastSeenAt FROM demonstration_presence')
      .all() as { fromAt: string; lastSeenAt: string }[];
    const seenMs = Date.parse(presence?.lastSeenAt ?? '') - Date.parse(presence?.fromAt ?? '');
    assert.ok(seenMs < 1_000, `seen for ${seenMs} ms`);
    await rm(dataDir, { recursive: true });
  });

  it('[DM13] takes no minutes from anybody for a server that was away for less than the grace', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'huizhen-away-'));
    const databaseUrl = `sqlite:${join(dataDir, 'demonstrations.sqlite')}`;
    const environment = { FIELD_SECRET: randomBytes(32).toString('base64url') };
    const startMs = Date.now();
    try {
      const before = await startServer({ databaseUrl, environment });
      const { demonstrationId } = await placeDemonstration(await openDemonstrationWorld(before), 'live');
      await before.close();
      const after = await startServer({
        databaseUrl,
        environment,
        clock: () => new Date(Date.now() + GRACE_MS - 10_000),
      });
      const served = () => after.database.read.demonstrations.listServed(demonstrationId);
      try {
        await eventually('it is noted at once', async () =>
          (await served()).some(({ toAt }) => Date.parse(toAt) >= startMs + GRACE_MS - 10_000),
        );
        const [stretch, ...others] = await served();
        assert.deepEqual(others, [], 'one stretch');
        assert.ok(Date.parse(stretch?.fromAt ?? '') < startMs + GRACE_MS - 10_000, 'from before it was away');
      } finally {
        await after.close();
      }
    } finally {
      await rm(dataDir, { recursive: true });
    }
  });

  it('[DM13] is for who enrolled or has a seat, and ends with the enrolment', async () => {
    const { demonstrationId } = await placeDemonstration(world, 'enrolling');
    const invited = await enterPerson(server, 'trainee', INVITED);
    const stranger = await enterPerson(server, 'trainee', FOREIGN);
    const codeOf = async (person: Entered) => {
      const { window, answer } = await enterBy(person, demonstrationId);
      window.socket.disconnect();
      return answer.ok ? 'ok' : answer.failure.code;
    };
    assert.deepEqual([await codeOf(invited), await codeOf(stranger)], ['forbidden', 'not-found']);
    const params = { demonstrationId };
    await invited.client.call('demonstration:enrol', { params });
    assert.equal(await codeOf(invited), 'ok');
    await invited.client.call('demonstration:withdraw', { params });
    const view = await world.surgeon.call('demonstration:read', { params });
    assert.equal(view.presentCount, 0);
  });

  it('[DM14] is listed whole for the desk, and for an administrator their own people alone, as a table too', async () => {
    const { demonstrationId } = await placeDemonstration(world, 'enrolling', {
      audience: [INVITED, FOREIGN].map((id) => ({ kind: 'facility' as const, id })),
    });
    const foreign = await enterPerson(server, 'trainee', FOREIGN);
    for (const person of [world.watcher, foreign]) await enrolIn(world, demonstrationId, person);
    const administrator = (await addAdministrator(server)).client;
    const idsOf = async (client: Client) => {
      const attendance = await client.call('demonstration:attendance', { params: { demonstrationId } });
      return [attendance.everybody, attendance.people.map(({ person }) => person.accountId).toSorted()];
    };
    const both = [world.watcher.accountId, foreign.accountId].toSorted();
    assert.deepEqual(await idsOf(world.moderator.client), [true, both]);
    assert.deepEqual(await idsOf(administrator), [false, [world.watcher.accountId]]);
    const path = `/api/demonstrations/${demonstrationId}/attendance.csv`;
    const linesOf = async (client: Client) => {
      const answer = await client.fetch(path);
      assert.equal(answer.status, 200);
      const bytes = Buffer.from(await answer.arrayBuffer());
      assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
      return bytes.toString().trim().split('\r\n').length;
    };
    assert.deepEqual([await linesOf(world.surgeon), await linesOf(administrator)], [3, 2]);
    assert.equal((await world.watcher.client.fetch(path)).status, 403);
    assert.equal((await world.doctor.fetch(path)).status, 403, 'one who is invited and did not enrol');
  });
});
