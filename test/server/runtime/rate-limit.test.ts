import assert from 'node:assert/strict';
import { Failure } from '../../../server/contract/failure.ts';
import { createRateLimit } from '../../../server/runtime/rate-limit.ts';
import { createRandom } from '../../support/random.ts';

describe('how often one may ask', () => {
  /** Seconds to wait; 0: let through. */
  const ask = (limit: ReturnType<typeof createRateLimit>, key = 'one'): number => {
    try {
      limit.take(key);
      return 0;
    } catch (err) {
      assert.ok(err instanceof Failure && err.code === 'rate-limited');
      return err.retryAfterS ?? Number.NaN;
    }
  };

  it('lets a burst through, then says how long to wait, and keeps its word', () => {
    let nowMs = 0;
    const limit = createRateLimit({ burst: 3, perMinute: 6, now: () => nowMs });
    assert.deepEqual([ask(limit), ask(limit), ask(limit)], [0, 0, 0]);
    assert.equal(ask(limit), 10);
    nowMs += 4_000;
    assert.equal(ask(limit), 6);
    nowMs += 6_000;
    assert.equal(ask(limit), 0);
    assert.equal(ask(limit), 10);
  });

  it('takes nothing away where the clock is set back', () => {
    let nowMs = 300_000;
    const limit = createRateLimit({ burst: 3, perMinute: 6, now: () => nowMs });
    assert.equal(ask(limit), 0);
    nowMs = 0;
    assert.deepEqual([ask(limit), ask(limit), ask(limit)], [0, 0, 10]);
  });

  it('holds nobody up for what another does', () => {
    const limit = createRateLimit({ burst: 1, perMinute: 1, now: () => 0 });
    assert.equal(ask(limit, 'runs wild'), 0);
    assert.ok(ask(limit, 'runs wild') > 0);
    assert.equal(ask(limit, 'works'), 0);
  });

  it('never lets more through than burst and rate allow, however the requests fall', () => {
    const { below } = createRandom(7);
    for (let round = 0; round < 50; round += 1) {
      let nowMs = 0;
      const burst = 1 + below(20);
      const perMinute = 1 + below(600);
      const limit = createRateLimit({ burst, perMinute, now: () => nowMs });
      let through = 0;
      for (let asked = 0; asked < 500; asked += 1) {
        nowMs += below(400);
        if (ask(limit) === 0) through += 1;
        assert.ok(through <= burst + (nowMs * perMinute) / 60_000 + 1e-6, `${through} within ${nowMs} ms`);
      }
    }
  });

  it('forgets the oldest of very many who ask, so that inventing names does not fill the memory', () => {
    const limit = createRateLimit({ burst: 1, perMinute: 1, now: () => 0 });
    assert.equal(ask(limit, 'first'), 0);
    for (let index = 0; index < 50_000; index += 1) limit.take(`other ${index}`);
    assert.equal(ask(limit, 'first'), 0, 'was forgotten');
    assert.ok(ask(limit, 'other 49999') > 0, 'whoever asked last is remembered');
  });
});
