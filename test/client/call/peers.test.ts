import assert from 'node:assert/strict';
import { createPeerBook } from '../../../client/call/peer-book.ts';
import type { PeerView } from '../../../sfu/contract/room.ts';
import { createRandom } from '../../support/random.ts';
import { peer } from './call-world.ts';

describe('the way into a room', () => {
  describe('who is there', () => {
    it('keeps a person’s tile when the room was rebuilt and they come back as another peer', () => {
      const book = createPeerBook();
      book.stand([peer('a', 'li'), peer('b', 'chen')], false, 0);
      const keys = book.peers.map(({ key }) => key);
      book.stand([], false, 1_000);
      assert.deepEqual(
        book.peers.map(({ awaited }) => awaited),
        [true, true],
      );
      book.joined(peer('c', 'chen'));
      assert.deepEqual(
        book.peers.map(({ key }) => key),
        keys,
      );
      assert.deepEqual(
        book.peers.map(({ awaited }) => awaited),
        [true, false],
      );
    });

    it('forgets who does not come back within half a minute', () => {
      const book = createPeerBook();
      book.stand([peer('a')], false, 0);
      book.stand([], false, 1_000);
      assert.equal(book.sweep(30_000), false);
      assert.equal(book.sweep(31_000), true);
      assert.deepEqual(book.peers, []);
    });

    it('knows at once who left while one’s own line was lost', () => {
      const book = createPeerBook();
      book.stand([peer('a'), peer('b')], false, 0);
      book.stand([peer('b')], true, 1_000);
      assert.deepEqual(
        book.peers.map(({ peerId }) => peerId),
        ['b'],
      );
    });

    it('shows exactly whom the sfu has, and nobody twice, whatever happened (seeded)', () => {
      for (let seed = 1; seed <= 100; seed++) {
        const { below, next } = createRandom(seed);
        const book = createPeerBook();
        let there: PeerView[] = [];
        let made = 0;
        for (let step = 0; step < 60; step++) {
          const nowMs = step * 5_000;
          const dice = next();
          if (dice < 0.4) {
            made += 1;
            const joining = peer(`peer ${made}`, `account ${below(3)}`);
            there.push(joining);
            book.joined(joining);
          } else if (dice < 0.6 && there.length > 0) {
            const [left] = there.splice(below(there.length), 1);
            if (left) book.left(left.peerId);
          } else if (dice < 0.8) {
            // A lost line: what happened meanwhile shows in the snapshot alone.
            there = there.filter(() => next() < 0.7);
            book.stand(there, true, nowMs);
          } else {
            there = there.map(({ accountId }) => peer(`peer ${++made}`, accountId)).filter(() => next() < 0.5);
            book.stand(there, false, nowMs);
          }
          book.sweep(nowMs);
          const shown = book.peers.filter(({ awaited }) => !awaited).map(({ peerId }) => peerId);
          assert.deepEqual(shown.sort(), there.map(({ peerId }) => peerId).sort(), `seed ${seed}, step ${step}`);
          const keys = book.peers.map(({ key }) => key);
          assert.equal(new Set(keys).size, keys.length, `seed ${seed}, step ${step}`);
        }
        assert.deepEqual(book.sweep(1e9) ? book.peers.some(({ awaited }) => awaited) : false, false);
      }
    });
  });
});
