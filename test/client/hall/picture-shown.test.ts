import assert from 'node:assert/strict';
import type { HallTrack } from '../../../client/hall/hall-state.ts';
import { BLACK, STILL, shownOf } from '../../../client/hall/picture-shown.ts';
import { PausedBy } from '../../../sfu/contract/room.ts';

describe('a picture of the hall', () => {
  const live: HallTrack = {
    ...{ producerId: 'field', accountId: 'surgeon', source: 'field', label: '术野', inputId: 'microscope' },
    ...{ track: {} as MediaStreamTrack, awaited: false, stopped: null, undecodable: false },
    ...{ paused: false, pausedBy: null },
  };
  const theatre = { seat: 'theatre', returning: false } as const;

  it('that was withdrawn is black for everybody, also where no still of it would need this browser to decode it', () => {
    for (const undecodable of [false, true])
      for (const pausedBy of [...PausedBy.options, null]) {
        const shown = shownOf({ ...live, undecodable, paused: true, pausedBy }, theatre);
        assert.ok(BLACK.includes(shown) && !STILL.includes(shown), `${pausedBy}, shown as ${shown}`);
      }
  });

  it('says why nothing comes, as far as that is known', () => {
    const gone = { ...theatre, returning: true };
    assert.equal(shownOf(live, theatre), 'live');
    assert.equal(shownOf(undefined, theatre), 'away');
    assert.equal(shownOf({ ...live, undecodable: true }, theatre), 'undecodable');
    assert.equal(shownOf({ ...live, paused: true, pausedBy: 'no-picture' }, theatre), 'no-picture');
    assert.equal(shownOf({ ...live, paused: true, pausedBy: 'origin-lost' }, theatre), 'lost');
    assert.equal(shownOf({ ...live, paused: true, pausedBy: 'owner' }, theatre), 'off');
    assert.equal(shownOf({ ...live, stopped: 'their-line' }, theatre), 'their-line');
    assert.equal(shownOf({ ...live, stopped: 'their-line' }, gone), 'theatre-away');
    assert.equal(shownOf({ ...live, stopped: 'their-line' }, { ...gone, seat: 'stage' }), 'their-away');
    assert.equal(shownOf(live, gone), 'live', 'their media goes on without their signalling');
  });
});
