import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { type RouteName, routes } from '../../../server/contract/index.ts';
import type { Client } from '../../support/client.ts';
import { BODIES } from '../access/route-bodies.ts';
import { type AskingWorld, newQuestion, openAskingWorld, outcome } from './asking-world.ts';

/** What belongs to the desk: whoever moderates, and nobody else. */
const OF_THE_DESK: RouteName[] = [
  'question:mark',
  'question:show',
  'question:clear',
  'hand:offer',
  'hand:grant',
  'hand:close',
  'poll:open',
  'poll:close',
  'live-chat:remove',
  'live-chat:slow',
];

describe('who may ask in a live demonstration', function () {
  this.timeout(180_000);
  let place: AskingWorld;
  let moderator: Client;

  before(async () => {
    place = await openAskingWorld('SQLite', 1);
    moderator = place.world.moderator.client;
  });
  after(() => place?.close());

  const watcher = () => place.watchers[0]?.client ?? assert.fail('no watcher');

  it('[AS8] is for those who are in it, the desk for moderator and deputy, and nothing before it is live or after', async () => {
    const demonstrationId = await place.live();
    const ids = {
      demonstrationId,
      questionId: randomUUID(),
      handId: randomUUID(),
      pollId: randomUUID(),
      messageId: randomUUID(),
    };
    const wrong: string[] = [];
    for (const name of Object.keys(routes) as RouteName[]) {
      if (!/^(question|hand|poll|live-chat|reaction):/.test(name)) continue;
      const body = BODIES[name] ?? {};
      const isDesk = OF_THE_DESK.includes(name);
      for (const client of isDesk ? [watcher(), place.world.surgeon, place.world.nurse.client] : [place.world.doctor]) {
        const got = await outcome(client, name, ids, body);
        if (got !== 'forbidden') wrong.push(`${name}: ${got}`);
      }
    }
    assert.deepEqual(wrong, []);
    for (const state of ['enrolling', 'ended'] as const) {
      const other = await place.live({ state });
      const early = await outcome(watcher(), 'question:ask', { demonstrationId: other }, newQuestion('太早'));
      assert.equal(early, 'conflict/state-not-allowed', state);
      assert.equal(
        await outcome(moderator, 'live-chat:slow', { demonstrationId: other }, { paceS: 10 }),
        'conflict/state-not-allowed',
      );
    }
    await watcher().call('demonstration:withdraw', { params: { demonstrationId } });
    assert.equal(await outcome(watcher(), 'question:ask', { demonstrationId }, newQuestion('还在吗')), 'forbidden');
  });
});
