import assert from 'node:assert/strict';
import { OUTSIDE_HALL } from '../../../client/hall/hall-state.ts';
import { isStuckNow } from '../../../client/hall/use-lateness.ts';

describe('a watcher whom no media reaches', () => {
  const inside = { ...OUTSIDE_HALL, phase: 'inside' } as const;

  it('waits for it on the way in, on the way back and behind a closed network', () => {
    assert.ok(isStuckNow({ ...OUTSIDE_HALL, phase: 'joining' }));
    assert.ok(isStuckNow({ ...OUTSIDE_HALL, phase: 'returning', media: 'interrupted' }));
    for (const media of ['connecting', 'interrupted'] as const) assert.ok(isStuckNow({ ...inside, media }));
    assert.ok(!isStuckNow({ ...inside, media: 'idle' }), 'there is nothing to be seen');
  });

  it('is not the one whose picture goes on while the sfu cannot be spoken to, or whose own voice does not get through', () => {
    assert.ok(!isStuckNow({ ...inside, phase: 'returning', media: 'flowing', isReceiving: true }));
    assert.ok(!isStuckNow({ ...inside, media: 'interrupted', isReceiving: true }));
  });
});
