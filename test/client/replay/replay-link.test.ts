import assert from 'node:assert/strict';
import { createReplayLink } from '../../../client/replay/replay-link.ts';
import { ReviewSession } from '../../../client/review/session.ts';
import type { Viewport } from '../../../server/contract/picture-kinds.ts';
import { type ShowingAt, showingAt } from '../../../server/contract/showing-at.ts';
import { createRandom } from '../../support/random.ts';
import { BEGAN_MS, randomShowing } from '../../support/random-showing.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const LASTS_MS = 180_000;

describe('a review that sees a replay', () => {
  it('[DM35] shows at twenty instants, forth and back, what was shown at each', async () => {
    const random = createRandom(20_261_210);
    const events = randomShowing(random, LASTS_MS);
    const clock = new VirtualClock();
    const { link, show } = createReplayLink('demonstration', { nameOf: (id) => `name of ${id}`, reader: 'reader' });
    const session = new ReviewSession({
      ...{ link, consultationId: 'demonstration', clock, solo: false },
      me: { accountId: 'reader', name: 'reader' },
      mayShare: () => false,
      leadsByMoving: () => false,
    });
    let followed: Viewport | null = null;
    session.onFollow((viewport) => {
      followed = viewport;
    });
    const troubles: unknown[] = [];
    session.onTrouble((trouble) => troubles.push(trouble));
    await clock.pass(0);
    const seen = (now: ShowingAt) => ({
      presenterId: session.state.presenter?.accountId ?? null,
      // Where nothing is shown, nobody looks at the one that was.
      viewport: now.viewport && followed,
      marks: session.annotations(() => true).map(({ annotationId, shape }) => [annotationId, shape]),
      pointers: session.pointers().map(({ peerId, point }) => [peerId, point]),
    });
    const wanted = ({ presenterId, viewport, marks, pointers }: ShowingAt) => ({
      ...{ presenterId, viewport },
      marks: [...marks.values()].map(({ annotationId, shape }) => [annotationId, shape]),
      pointers: [...pointers.values()].map(({ peerId, point }) => [peerId, point]),
    });
    const sorted = (found: ReturnType<typeof seen>) => ({
      ...found,
      marks: found.marks.toSorted(),
      pointers: found.pointers.toSorted(),
    });
    for (let instant = 0; instant < 20; instant += 1) {
      const now = showingAt(events, BEGAN_MS + random.below(LASTS_MS));
      show(now);
      await clock.pass(0);
      assert.deepEqual(sorted(seen(now)), sorted(wanted(now)), `instant ${instant}`);
      assert.equal(session.state.presenting, false);
    }
    assert.deepEqual(troubles, [], 'nobody is told that a mark was taken away which is not there yet');
    session.close();
  });
});
