import assert from 'node:assert/strict';
import { createThrottledSender } from '../../../client/review/throttled-sender.ts';
import { createRandom } from '../../support/random.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

describe('sending a value that changes quickly', () => {
  it('sends the first at once, at most one per interval, and always the last for certain', async () => {
    for (let seed = 1; seed <= 20; seed++) {
      const random = createRandom(seed).next;
      const clock = new VirtualClock();
      const sent: { value: number; atMs: number }[] = [];
      const settled: number[] = [];
      const sender = createThrottledSender<number>({
        clock,
        intervalMs: 50,
        send: (value) => sent.push({ value, atMs: clock.nowMs() }),
        settle: async (value) => settled.push(value),
      });
      let pushed = 0;
      for (let step = 0; step < 200; step++) {
        sender.push(++pushed);
        if (step === 0) assert.equal(sent.length, 1, 'the first waits for nothing');
        await clock.pass(Math.floor(random() * 40));
      }
      await clock.pass(1000);
      for (const [index, { value, atMs }] of sent.entries()) {
        const previous = sent[index - 1];
        if (!previous) continue;
        assert.ok(atMs - previous.atMs >= 50, `seed ${seed}: ${atMs - previous.atMs} ms between sends`);
        assert.ok(value > previous.value, `seed ${seed}: an older value after a newer one`);
      }
      assert.equal(sent.at(-1)?.value, pushed, `seed ${seed}: the last value went out`);
      assert.equal(settled.at(-1), pushed, `seed ${seed}: the last value was settled`);
    }
  });

  it('tries the last value again until it is acknowledged, and then no more', async () => {
    const clock = new VirtualClock();
    const tried: number[] = [];
    const sender = createThrottledSender<number>({
      clock,
      intervalMs: 50,
      send: () => undefined,
      async settle(value) {
        tried.push(value);
        if (tried.length < 4) throw new Error('the line is down');
      },
    });
    sender.push(7);
    await clock.pass(60_000);
    assert.deepEqual(tried, [7, 7, 7, 7]);
  });
});
