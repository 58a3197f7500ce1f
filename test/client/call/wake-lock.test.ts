import assert from 'node:assert/strict';
import { keepAwake } from '../../../client/call/wake-lock.ts';
import { settle } from './call-computer.ts';

describe('the screen during a call', () => {
  it('keeps the screen on, and asks again when the window is seen again', async () => {
    const page = Object.assign(new EventTarget(), { visibilityState: 'visible' as DocumentVisibilityState });
    const locks: { released: boolean; release(): Promise<void> }[] = [];
    const waking = {
      request: async () => {
        const lock = {
          released: false,
          release: async () => {
            lock.released = true;
          },
        };
        locks.push(lock);
        return lock as unknown as WakeLockSentinel;
      },
    };
    const awake = keepAwake(waking, page as unknown as Document);
    await settle();
    assert.equal(locks.length, 1);
    // As the system does with a window that is hidden (Screen Wake Lock, section 8).
    await locks[0]?.release();
    page.visibilityState = 'hidden';
    page.dispatchEvent(new Event('visibilitychange'));
    await settle();
    assert.equal(locks.length, 1);
    page.visibilityState = 'visible';
    page.dispatchEvent(new Event('visibilitychange'));
    await settle();
    assert.deepEqual(
      locks.map(({ released }) => released),
      [true, false],
    );
    awake.close();
    assert.deepEqual(
      locks.map(({ released }) => released),
      [true, true],
    );
  });
});
