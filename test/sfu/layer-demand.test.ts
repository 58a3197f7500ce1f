import assert from 'node:assert/strict';
import { countTaken, createLayerDemand, DOWN_AFTER_MS, type LayerTaker } from '../../sfu/layer-demand.ts';
import { createRandom } from '../support/random.ts';

const LAYERS = 3;
const takes = (spatialLayer: number, paused = false): LayerTaker => ({ spatialLayer, paused });

describe('how many layers of a picture its sender is asked for', () => {
  const cases: [what: string, takers: LayerTaker[], count: number][] = [
    ['nobody is there', [], 0],
    ['all have paused it', [takes(2, true), takes(0, true)], 0],
    ['the smallest suffices', [takes(0)], 1],
    ['the largest of several wishes counts', [takes(0), takes(1), takes(0)], 2],
    ['a paused wish does not', [takes(0), takes(2, true)], 1],
    ['more is wished than there is', [takes(8)], LAYERS],
  ];
  for (const [what, takers, count] of cases)
    it(`is ${count} where ${what}`, () => assert.equal(countTaken(takers, LAYERS), count));

  it('is more at once, and fewer only after four seconds', () => {
    const demand = createLayerDemand(LAYERS);
    const steps: [atMs: number, taken: number, asked: number][] = [
      [0, 0, 3],
      [3_999, 0, 3],
      [4_000, 0, 0],
      [4_001, 2, 2],
      [5_000, 1, 2],
      [6_000, 3, 3],
      [6_500, 0, 3],
      [8_000, 1, 3],
      [9_000, 0, 3],
      // The most that was taken since, then the rest.
      [10_500, 0, 1],
      [14_500, 0, 0],
    ];
    for (const [atMs, taken, asked] of steps) {
      demand.observe(taken, atMs);
      assert.equal(demand.asked, asked, `at ${atMs} ms`);
    }
  });

  it('is never fewer than are taken, and soon no more, whatever receivers do (seeded)', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const random = createRandom(seed);
      const demand = createLayerDemand(LAYERS);
      const history: { atMs: number; taken: number }[] = [{ atMs: 0, taken: random.below(LAYERS + 1) }];
      let lookAt = demand.observe(history[0]?.taken ?? 0, 0) ?? Number.POSITIVE_INFINITY;
      for (let atMs = 1; atMs < 60_000; atMs += 1 + random.below(1_500)) {
        // The timer, as it was asked for.
        while (lookAt <= atMs) {
          const again = demand.observe(history.at(-1)?.taken ?? 0, lookAt);
          lookAt = again === undefined ? Number.POSITIVE_INFINITY : lookAt + again;
        }
        const taken = random.below(LAYERS + 1);
        const before = demand.asked;
        const again = demand.observe(taken, atMs);
        lookAt = again === undefined ? Number.POSITIVE_INFINITY : atMs + again;
        history.push({ atMs, taken });
        const says = `seed ${seed}, at ${atMs} ms`;
        assert.ok(demand.asked >= taken, `${says}: enough`);
        const mostSince = (sinceMs: number) => {
          const from = history.findLastIndex((entry) => entry.atMs <= sinceMs);
          return Math.max(...history.slice(Math.max(0, from)).map((entry) => entry.taken));
        };
        if (atMs > 2 * DOWN_AFTER_MS)
          assert.ok(demand.asked <= mostSince(atMs - 2 * DOWN_AFTER_MS), `${says}: not for long`);
        if (demand.asked < before)
          assert.ok(demand.asked >= mostSince(atMs - DOWN_AFTER_MS), `${says}: not in a hurry`);
      }
    }
  });
});
