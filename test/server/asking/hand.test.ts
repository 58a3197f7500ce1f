import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import {
  granted,
  MAX_OFFERED,
  mayGrant,
  mayOffer,
  offered,
  over,
  raised,
  ready,
  waiting,
} from '../../../server/asking/hand.ts';
import { nextAt, requirePace } from '../../../server/asking/pace.ts';
import type { Hand } from '../../../server/asking/store.ts';
import { Failure } from '../../../server/contract/index.ts';
import { createRandom } from '../../support/random.ts';

const AT = new Date('2026-12-01T01:00:00.000Z');

describe('raised hands, walked at random', () => {
  const STEPS = {
    offer: offered,
    ready: (hand: Hand, _: readonly Hand[], at: Date) => ready(hand, at),
    grant: (hand: Hand, _: readonly Hand[], at: Date) => granted(hand, at),
    close: (hand: Hand, _: readonly Hand[], at: Date) => over(hand, at),
  };
  type Step = keyof typeof STEPS;

  it('[AS5] never offer more than two ahead, end where they end, and are offered what works', () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const random = createRandom(seed);
      let hands: Hand[] = [];
      for (let turn = 0; turn < 80; turn += 1) {
        const at = new Date(AT.getTime() + turn * 1000);
        const open = hands.filter(({ state }) => state !== 'over');
        if (open.length === 0 || random.below(4) === 0) {
          const ids = { handId: randomUUID(), demonstrationId: '', accountId: randomUUID(), facilityId: '' };
          hands = [...hands, raised(ids, at)];
          continue;
        }
        const hand = random.pick(hands);
        const step = random.pick(Object.keys(STEPS) as Step[]);
        const said = { offer: mayOffer(hand, open), grant: mayGrant(hand) };
        let next: Hand | undefined;
        try {
          next = STEPS[step](hand, open, at);
        } catch (thrown) {
          assert.ok(thrown instanceof Failure && thrown.code === 'conflict', `seed ${seed}`);
        }
        if (step === 'offer' || step === 'grant') assert.equal(next !== undefined, said[step], `seed ${seed}: ${step}`);
        if (hand.state === 'over') assert.equal(next, undefined, `seed ${seed}: over is over`);
        hands = hands.map((one) => (one === hand && next ? next : one));
        const ahead = hands.filter(({ state }) => state === 'offered' || state === 'ready');
        assert.ok(ahead.length <= MAX_OFFERED, `seed ${seed}`);
        assert.deepEqual(
          waiting(hands).map(({ raisedAt }) => raisedAt),
          waiting(hands)
            .map(({ raisedAt }) => raisedAt)
            .toSorted(),
          `seed ${seed}: in the order in which they were raised`,
        );
      }
    }
  });
});

describe('how fast somebody may ask', () => {
  it('[AS2] says from when the next one is taken, to the second', () => {
    const last = AT.toISOString();
    const at = (ms: number) => new Date(AT.getTime() + ms);
    assert.equal(nextAt(undefined, 10, AT), null);
    assert.equal(nextAt(last, 10, at(9_999)), at(10_000).toISOString());
    assert.equal(nextAt(last, 10, at(10_000)), null);
    assert.throws(
      () => requirePace(last, 10, at(8_500)),
      (thrown: unknown) => thrown instanceof Failure && thrown.reason === 'asked-too-soon' && thrown.retryAfterS === 2,
    );
  });
});
