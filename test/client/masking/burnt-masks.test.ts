import assert from 'node:assert/strict';
import { BURNT_WITHIN_MS, BurntMasks } from '../../../client/masking/burnt-masks.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

function begin() {
  const clock = new VirtualClock();
  const told: boolean[] = [];
  const burnt: BurntMasks = new BurntMasks(clock, () => told.push(burnt.isLate));
  return { clock, burnt, told };
}

describe('masks that were drawn', () => {
  it('are in the picture soon, or there is none until they are', async () => {
    const { clock, burnt, told } = begin();
    const first = burnt.draw();
    burnt.seen(first);
    await clock.pass(10 * BURNT_WITHIN_MS);
    assert.deepEqual(told, [], 'in time');
    const second = burnt.draw();
    burnt.seen(first);
    await clock.pass(BURNT_WITHIN_MS);
    assert.equal(burnt.isLate, true, 'pictures come, without it');
    const third = burnt.draw();
    burnt.seen(second);
    assert.equal(burnt.isLate, true, 'the newest is not in them');
    burnt.seen(third);
    assert.deepEqual([burnt.isLate, told], [false, [true, false]]);
  });

  it('are in time while one is dragged, and late where any movement of it is', async () => {
    const { clock, burnt, told } = begin();
    for (let movement = 0; movement < 100; movement += 1) {
      const drawn = burnt.draw();
      await clock.pass(40);
      // Two pictures behind.
      burnt.seen(Math.max(0, drawn - 2));
    }
    assert.deepEqual(told, []);
    burnt.draw();
    await clock.pass(2 * BURNT_WITHIN_MS);
    assert.deepEqual(told, [true]);
    burnt.close();
  });
});
