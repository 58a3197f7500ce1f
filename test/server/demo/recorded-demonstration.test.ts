import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEMO_PASSWORD } from '../../../server/demo/network.ts';
import { addRecordedDemonstration } from '../../../server/demo/recorded-demonstration.ts';
import { createLog } from '../../../server/runtime/log.ts';
import { signIn } from '../../support/client.ts';
import {
  type DemonstrationWorld,
  openDemonstrationWorld,
  placeDemonstration,
} from '../../support/demonstration-world.ts';
import { eventually } from '../../support/eventually.ts';
import { findFreePort, startProcess } from '../../support/start-process.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

const past = { query: { desk: 'watch', when: 'past' } };
const namesIn = (folder: string) => readdir(folder).catch(() => [] as string[]);

describe('the demo network’s recorded demonstration', function () {
  this.timeout(240_000);
  let server: RunningServer;
  let world: DemonstrationWorld;
  let recordingsDir: string;
  before(async () => {
    server = await startServer();
    recordingsDir = join(server.dataDir, 'recordings');
    world = await openDemonstrationWorld(server);
    await placeDemonstration(world, 'enrolling');
    // More than a page of a list has, all before the one that has a case.
    const early = { consultationId: null, startsAt: '2026-01-01T00:00:00.000Z', endsAt: '2026-01-01T03:00:00.000Z' };
    for (let count = 0; count < 60; count += 1) await placeDemonstration(world, 'planned', early);
  });
  after(() => server?.close());

  const add = (signal = new AbortController().signal) =>
    addRecordedDemonstration(
      { work: server.database, config: { recordingsDir }, clock: () => new Date(), log: createLog('silent', 'test') },
      signal,
    );
  const listPast = async () => (await world.watcher.client.call('demonstrations:list', past)).lines;

  it('leaves nothing behind where the server stops while it is computed', async () => {
    const stop = new AbortController();
    const making = add(stop.signal);
    await eventually('something is computed', async () => (await namesIn(recordingsDir)).length > 0);
    stop.abort();
    await assert.rejects(making, { name: 'AbortError' });
    assert.deepEqual([await namesIn(recordingsDir), await listPast()], [[], []]);
  });

  it('can be seen again by whoever is invited, whole and with chapters, and is there once, whoever makes it', async () => {
    await Promise.all([add(), add()]);
    await add();
    const lines = await listPast();
    const [line] = lines;
    assert.deepEqual(
      lines.map(({ state }) => state),
      ['published'],
    );
    const params = { demonstrationId: line?.demonstrationId ?? '' };
    const { tracks, chapters, programs, people } = await world.watcher.client.call('replay:read', { params });
    assert.deepEqual(tracks.map(({ ref }) => ref.source).sort(), ['audio', 'field', 'room']);
    assert.deepEqual([chapters.length, programs.length, people.length], [3, 2, 1]);
    for (const { takes } of tracks) assert.ok((takes[0]?.segments.at(-1)?.[2] ?? 0) >= 23_000);
    assert.equal((await namesIn(recordingsDir)).length, 1, 'the other one is gone');
  });
});

describe('a demo server that is killed in its first seconds', function () {
  this.timeout(240_000);

  it('has its replay after the next start', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'huizhen-replay-'));
    const recordings = join(dataDir, 'recordings');
    const environment = { DATA_DIR: dataDir, DATABASE_URL: '', HOST: '127.0.0.1', DEMO: '1' };
    const port = String(await findFreePort());
    const server = await startProcess('server/main.ts', ['--without-sfu'], { ...environment, PORT: port });
    const listPast = async () =>
      (await (await signIn(server.url, 'trainee', DEMO_PASSWORD)).call('demonstrations:list', past)).lines;
    try {
      await eventually('something is computed', async () => (await namesIn(recordings)).length > 0);
      await server.kill('SIGKILL');
      await server.restart();
      await eventually('the replay is there', async () => (await listPast()).length > 0);
      const [line, ...others] = await listPast();
      assert.deepEqual([line?.state, others], ['published', []]);
    } finally {
      await server.kill('SIGKILL');
      // The encoder of a server that was killed outlives it by a moment.
      await rm(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
    }
  });
});
