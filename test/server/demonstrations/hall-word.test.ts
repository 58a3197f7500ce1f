import assert from 'node:assert/strict';
import { connect } from '../../support/connect.ts';
import {
  type DemonstrationWorld,
  enrolIn,
  openDemonstrationWorld,
  placeDemonstration,
} from '../../support/demonstration-world.ts';
import { connectSfu } from '../../support/sfu-client.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

describe('the word that is given to a watcher', function () {
  this.timeout(180_000);
  let server: RunningServer;
  let world: DemonstrationWorld;

  before(async () => {
    server = await startServer({ isHallReady: () => true });
    world = await openDemonstrationWorld(server);
  });
  after(() => server?.close());

  it('[DM18] is taken back from whoever gives it back, or lowers the hand that it was given to, at once', async () => {
    const { demonstrationId } = await placeDemonstration(world, 'live');
    await enrolIn(world, demonstrationId, world.watcher);
    const params = { demonstrationId };
    const { moderator, watcher } = world;
    const window = await connectSfu(server.url, (await watcher.client.call('demonstration:ticket', { params })).token);
    await window.join();
    const desk = await connect(server.url, moderator.client.cookie);
    for (const end of ['demonstration:give-back-voice', 'hand:lower'] as const) {
      const { hand } = await watcher.client.call('hand:raise', { params });
      const handId = hand?.handId ?? assert.fail();
      await moderator.client.call('hand:grant', { params: { ...params, handId } });
      assert.deepEqual((await window.next('publish:changed')).mayPublish, ['audio']);
      await watcher.client.call(end, { params });
      assert.deepEqual((await window.next('publish:changed')).mayPublish, [], end);
      const { own } = await watcher.client.call('asking:read', { params });
      assert.equal(own.hand, null, 'the hand went with the word');
      assert.deepEqual((await watcher.client.call('demonstration:read', { params })).live?.voices, []);
      await desk.next('asking:desk-changed', ({ desk: { hands } }) => hands.length === 0);
    }
    // By the desk as well: whoever is told that they have spoken need not lower their hand.
    const { hand } = await watcher.client.call('hand:raise', { params });
    await moderator.client.call('hand:grant', { params: { ...params, handId: hand?.handId ?? assert.fail() } });
    const whose = { ...params, accountId: watcher.accountId };
    await moderator.client.call('demonstration:take-voice', { params: whose });
    assert.equal((await watcher.client.call('asking:read', { params })).own.hand, null);
    await watcher.client.call('demonstration:give-back-voice', { params });
    desk.close();
    window.close();
  });
});
