import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import type { Viewport } from '../../../server/contract/index.ts';
import { createViewportKeeper } from '../../../server/review/viewport-keeper.ts';
import { createLog } from '../../../server/runtime/log.ts';
import { frameOf } from '../../support/imaging-parts.ts';

const viewport = (frame: number): Viewport => ({
  target: { kind: 'imaging', studyInstanceUid: '1', seriesInstanceUid: '2', sopInstanceUid: '3', frame },
  center: { x: 1, y: 1 },
  imagePixelsPerScreenHeight: 512,
  rotation: 0,
  flipHorizontal: false,
  flipVertical: false,
  voi: null,
  invert: false,
});

describe('what the presenter showed last', () => {
  const log = createLog('silent', 'test');

  it('[RV6] is kept and told once it stands still, without a write for every move', async () => {
    const events = new EventEmitter();
    const saved: (number | undefined)[] = [];
    const keeper = createViewportKeeper({
      log,
      save: async (_, __, shown) => {
        saved.push(frameOf(shown));
        return true;
      },
      onSaved: (_, __, shown) => events.emit('saved', frameOf(shown)),
      onOutdated: () => undefined,
    });
    for (let frame = 1; frame <= 50; frame += 1) keeper.put('case', 'peer', viewport(frame));
    assert.equal(frameOf(keeper.latest('case')), 50, 'whoever comes in meanwhile gets the newest');
    const [told] = await once(events, 'saved');
    assert.equal(told, 50);
    assert.deepEqual(saved, [50]);
    assert.equal(keeper.latest('case'), undefined);
    await keeper.close();
  });

  it('[RV6] is not lost when the server goes down in the middle of a movement', async () => {
    const saved: (number | undefined)[] = [];
    const keeper = createViewportKeeper({
      log,
      save: async (_, __, shown) => {
        saved.push(frameOf(shown));
        return true;
      },
      onSaved: () => undefined,
      onOutdated: () => undefined,
    });
    keeper.put('case', 'peer', viewport(7));
    await keeper.close();
    assert.deepEqual(saved, [7]);
  });

  it('[RV6] is dropped where somebody else presents by now', async () => {
    const events = new EventEmitter();
    const keeper = createViewportKeeper({
      log,
      save: async () => false,
      onSaved: () => events.emit('told'),
      onOutdated: (consultationId) => events.emit('outdated', consultationId),
    });
    let wasTold = false;
    events.on('told', () => {
      wasTold = true;
    });
    keeper.put('case', 'peer', viewport(7));
    assert.deepEqual(await once(events, 'outdated'), ['case']);
    assert.equal(wasTold, false);
    assert.equal(keeper.latest('case'), undefined);
    await keeper.close();
  });

  it('[RV6] is written once the database answers again', async () => {
    const events = new EventEmitter();
    let tries = 0;
    const keeper = createViewportKeeper({
      log,
      save: async () => {
        tries += 1;
        if (tries === 1) throw new Error('the database is gone');
        return true;
      },
      onSaved: (_, __, shown) => events.emit('saved', frameOf(shown)),
      onOutdated: () => undefined,
    });
    keeper.put('case', 'peer', viewport(7));
    assert.deepEqual(await once(events, 'saved'), [7]);
    assert.equal(tries, 2);
    await keeper.close();
  });
});
