import assert from 'node:assert/strict';
import { join } from 'node:path';
import { addRecordedDemonstration } from '../../../server/demo/recorded-demonstration.ts';
import { openDemonstrationWorld, placeDemonstration } from '../../support/demonstration-world.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

describe('the demo network’s recorded demonstration', function () {
  this.timeout(240_000);
  let server: RunningServer;
  before(async () => {
    server = await startServer();
  });
  after(() => server?.close());

  it('can be seen again by whoever is invited, whole and with chapters', async () => {
    const { watcher } = await openDemonstrationWorld(server).then(async (world) => {
      await placeDemonstration(world, 'enrolling');
      return world;
    });
    await addRecordedDemonstration(server.database, { recordingsDir: join(server.dataDir, 'recordings') }, new Date());
    const { lines } = await watcher.client.call('demonstrations:list', { query: { desk: 'watch', when: 'past' } });
    const line = lines[0] ?? assert.fail('no demonstration is over');
    assert.equal(line.state, 'published');
    const params = { demonstrationId: line.demonstrationId };
    const { tracks, chapters, programs, people } = await watcher.client.call('replay:read', { params });
    assert.deepEqual(tracks.map(({ ref }) => ref.source).sort(), ['audio', 'field', 'room']);
    assert.deepEqual([chapters.length, programs.length, people.length], [3, 2, 1]);
    for (const { takes } of tracks) assert.ok((takes[0]?.segments.at(-1)?.[2] ?? 0) >= 23_000);
  });
});
