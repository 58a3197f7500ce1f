import assert from 'node:assert/strict';
import type { Clock } from '../../../client/review/clock.ts';
import { createJoining } from '../../../client/review/joining.ts';
import { Failure } from '../../../server/contract/failure.ts';

describe('the way into what is shown', () => {
  const board = { revision: 0, hasGap: false };

  it('is tried again where the first answer did not come, and the last wish alone counts', async () => {
    const waiting: (() => void)[] = [];
    const clock: Clock = {
      nowMs: () => 0,
      after: (_, run) => {
        waiting.push(run);
        return () => undefined;
      },
    };
    const answers: { resolve(value: string): void; reject(failure: Error): void }[] = [];
    const seen: string[] = [];
    const { join } = createJoining<string>({
      ...{ clock, board },
      open: () => new Promise((resolve, reject) => answers.push({ resolve, reject })),
      onSnapshot: (snapshot) => seen.push(snapshot),
      onRefused: (failure) => seen.push(`refused: ${(failure as Failure).code}`),
    });
    join();
    answers[0]?.reject(new Failure('unavailable', 'no answer'));
    await new Promise(setImmediate);
    assert.equal(waiting.length, 1);
    waiting[0]?.();
    join();
    answers[2]?.resolve('the later');
    answers[1]?.resolve('the earlier');
    await new Promise(setImmediate);
    assert.deepEqual(seen, ['the later']);
    join();
    answers[3]?.reject(new Failure('forbidden', 'not let in'));
    await new Promise(setImmediate);
    assert.deepEqual(seen, ['the later', 'refused: forbidden']);
  });
});
