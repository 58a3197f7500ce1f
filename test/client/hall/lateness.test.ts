import assert from 'node:assert/strict';
import { OUTSIDE_HALL } from '../../../client/hall/hall-state.ts';
import { isStuckNow, reasonOf } from '../../../client/hall/use-lateness.ts';

describe('a watcher whom no media reaches', () => {
  const inside = { ...OUTSIDE_HALL, phase: 'inside' } as const;

  it('waits for it on the way in, on the way back and behind a closed network', () => {
    assert.ok(isStuckNow({ ...OUTSIDE_HALL, phase: 'joining' }));
    assert.ok(isStuckNow({ ...OUTSIDE_HALL, phase: 'returning', media: 'interrupted' }));
    for (const media of ['connecting', 'interrupted'] as const) assert.ok(isStuckNow({ ...inside, media }));
    assert.ok(!isStuckNow({ ...inside, media: 'idle' }), 'there is nothing to be seen');
  });

  it('gets late, until they say otherwise, what their browser cannot play live; and whoever has the word nothing late', () => {
    const plain = { isNeeded: false, hasWord: false, isUndecodable: false, choice: null };
    assert.equal(reasonOf(plain), null);
    assert.equal(reasonOf({ ...plain, choice: true }), 'chosen');
    assert.equal(reasonOf({ ...plain, isUndecodable: true }), 'undecodable');
    assert.equal(reasonOf({ ...plain, isUndecodable: true, choice: false }), null);
    assert.equal(reasonOf({ ...plain, isUndecodable: true, choice: true, hasWord: true }), null);
    assert.equal(reasonOf({ isNeeded: true, hasWord: true, isUndecodable: true, choice: false }), 'network');
  });

  it('is not the one whose picture goes on while the sfu cannot be spoken to, or whose own voice does not get through', () => {
    assert.ok(!isStuckNow({ ...inside, phase: 'returning', media: 'flowing', isReceiving: true }));
    assert.ok(!isStuckNow({ ...inside, media: 'interrupted', isReceiving: true }));
  });
});
