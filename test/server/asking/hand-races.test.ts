import assert from 'node:assert/strict';
import { type AskingWorld, DATABASES, openAskingWorld, outcome } from './asking-world.ts';

for (const database of DATABASES)
  describe(`a hand and the word, where two act at one moment, on ${database}`, function () {
    this.timeout(180_000);
    let place: AskingWorld;

    before(async () => {
      place = await openAskingWorld(database, 1);
    });
    after(() => place?.close());

    /** Does this once, all of it, between what the server has read and what it is about to write. */
    function slipIn(isNow: () => Promise<boolean>, act: () => Promise<unknown>): void {
      const opened = place.world.server.database;
      const { write } = opened;
      let isOver = false;
      opened.write = async (work) => {
        if (!isOver && (await isNow())) {
          isOver = true;
          opened.write = write;
          await act();
        }
        return write(work);
      };
    }

    async function raise() {
      const demonstrationId = await place.live();
      const [watcher] = place.watchers;
      assert.ok(watcher);
      const params = { demonstrationId };
      const { hand } = await watcher.client.call('hand:raise', { params });
      assert.ok(hand);
      const moderator = place.world.moderator.client;
      const { read } = place.world.server.database;
      return {
        watcher: watcher.client,
        params,
        grant: () => outcome(moderator, 'hand:grant', { ...params, handId: hand.handId }),
        state: async () => (await read.asking.findHand(demonstrationId, hand.handId))?.state,
        voices: () => read.halls.listVoices(demonstrationId),
      };
    }

    it('[AS5] leaves nobody the word who lowers their hand in the moment in which it is granted', async () => {
      const { watcher, params, grant, state, voices } = await raise();
      let granted = '';
      slipIn(
        async () => true,
        async () => {
          granted = await grant();
        },
      );
      assert.equal((await watcher.call('hand:lower', { params })).hand, null);
      assert.deepEqual([granted, await state(), await voices()], ['200', 'over', []]);
    });

    it('[AS5] says of no hand that it has the word where that is given back before the hand is granted', async () => {
      const { watcher, params, grant, state, voices } = await raise();
      slipIn(
        async () => (await voices()).length > 0,
        () => watcher.call('demonstration:give-back-voice', { params }),
      );
      assert.equal(await grant(), 'conflict/state-not-allowed');
      assert.deepEqual([await state(), await voices()], ['raised', []]);
      assert.equal(await grant(), '200', 'the hand can be granted all the same');
    });
  });
