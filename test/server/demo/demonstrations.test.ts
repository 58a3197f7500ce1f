import assert from 'node:assert/strict';
import { beginningAfter } from '../../../server/demo/demonstrations.ts';
import { EARLIEST_MS } from '../../../server/demonstrations/rules/guards.ts';

describe('the demonstration of the demo network', () => {
  it('[DM1] is to come, and may be begun from the first start on, at whatever minute that is', () => {
    for (let minute = 0; minute < 60; minute += 1) {
      const now = new Date(Date.UTC(2026, 11, 1, 0, minute, 30));
      const untilMs = beginningAfter(now) - now.getTime();
      assert.ok(untilMs > 0 && untilMs <= EARLIEST_MS, `${minute}: ${untilMs} ms`);
    }
  });
});
