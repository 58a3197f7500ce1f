import assert from 'node:assert/strict';
import { FrameGuard, STALLED_AFTER_MS } from '../../../client/masking/frame-guard.ts';
import { createRandom } from '../../support/random.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

function begin() {
  const clock = new VirtualClock();
  const flows: string[] = [];
  const guard: FrameGuard = new FrameGuard(clock, () => {
    if (flows.at(-1) !== guard.flow) flows.push(guard.flow);
  });
  const flow = async (durationMs: number, everyMs = 40) => {
    for (let passedMs = 0; passedMs < durationMs; passedMs += everyMs) {
      guard.frames(1);
      await clock.pass(everyMs);
    }
  };
  return { clock, guard, flows, flow };
}

describe('the watch over masked pictures', () => {
  it('shows nothing before the first of them, and black within a moment of the last', async () => {
    const { clock, guard, flow } = begin();
    await clock.pass(10_000);
    assert.equal(guard.flow, 'awaited');
    await flow(2_000);
    assert.equal(guard.flow, 'flowing');
    await clock.pass(STALLED_AFTER_MS + 200);
    assert.equal(guard.flow, 'black');
  });

  it('is black at once where something is known to be wrong', async () => {
    const { guard, flow } = begin();
    await flow(1_000);
    guard.fault();
    assert.equal(guard.flow, 'black');
  });

  it('shows a picture that came back only once it comes steadily', async () => {
    const { guard, flow, flows } = begin();
    await flow(1_000);
    await flow(9_000, 700);
    assert.deepEqual(flows, ['flowing', 'black'], 'a picture now and then is none');
    await flow(1_200);
    assert.equal(guard.flow, 'flowing');
  });

  it('counts how many come a second', async () => {
    const { guard, flow } = begin();
    assert.equal(guard.framesPerSecond, null);
    await flow(8_000);
    assert.ok(Math.abs((guard.framesPerSecond ?? 0) - 25) <= 1, String(guard.framesPerSecond));
  });

  it('never says that pictures flow when none came in the last moment, whatever the order of things', async () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const { clock, guard } = begin();
      const { next, below } = createRandom(seed);
      let lastMs = Number.NEGATIVE_INFINITY;
      for (let step = 0; step < 300; step += 1) {
        const what = next();
        if (what < 0.6) {
          guard.frames(1);
          lastMs = clock.nowMs();
        } else if (what < 0.65) {
          guard.fault();
          lastMs = Number.NEGATIVE_INFINITY;
        } else await clock.pass(below(400));
        if (guard.flow === 'flowing') assert.ok(clock.nowMs() - lastMs <= STALLED_AFTER_MS + 100, `seed ${seed}`);
      }
      guard.close();
    }
  });
});
