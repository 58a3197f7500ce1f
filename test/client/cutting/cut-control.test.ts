import assert from 'node:assert/strict';
import { CutControl, type CutWay, NOTHING_CUT } from '../../../client/cutting/cut-control.ts';
import { Failure } from '../../../server/contract/failure.ts';
import type { CutInput, CutState } from '../../../sfu/contract/token.ts';
import { createRandom } from '../../support/random.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

/** The one place where a cut is kept, and two ways to it, each of which may be down. */
class CutWorld {
  readonly clock = new VirtualClock();
  kept: CutState = { number: 0, ...NOTHING_CUT };
  held: CutInput = NOTHING_CUT;
  isDown = { hall: false, server: false };
  readonly answersAfterMs: () => number;

  constructor(answersAfterMs: () => number = () => 20) {
    this.answersAfterMs = answersAfterMs;
  }

  control(): CutControl {
    const [hall, server] = [this.#way('hall'), this.#way('server')];
    return new CutControl({ hall, server, hold: (what) => Object.assign(this, { held: what }), clock: this.clock });
  }

  #way(name: 'hall' | 'server'): CutWay {
    const ask = async (change: () => CutState) => {
      await new Promise<void>((resolve) => this.clock.after(this.answersAfterMs(), resolve));
      if (this.isDown[name]) throw new Failure('unavailable', `${name} is down`);
      this.kept = change();
      return this.kept;
    };
    return {
      cut: (what) =>
        ask(() => ({
          number: this.kept.number + 1,
          picture: this.kept.picture || what.picture,
          sound: this.kept.sound || what.sound,
        })),
      resume: ({ picture, sound, number }) =>
        ask(() => {
          if (number < this.kept.number) throw new Failure('conflict', 'there is a newer cut');
          return {
            ...this.kept,
            picture: this.kept.picture && !picture,
            sound: this.kept.sound && !sound,
          };
        }),
    };
  }
}

const ALL = { picture: true, sound: true };

describe('the cut switch', () => {
  it('holds back the own picture and sound before anybody has answered, and tells hall and server', async () => {
    const world = new CutWorld();
    const control = world.control();
    control.cut(ALL);
    assert.deepEqual(world.held, ALL, 'at once');
    assert.equal(control.state.isUntold, true);
    await world.clock.pass(200);
    assert.deepEqual(world.kept, { number: 2, ...ALL }, 'the hall has done it, the server has written it down');
    assert.equal(control.state.isUntold, false);
  });

  it('works with the server down, and lets go again', async () => {
    const world = new CutWorld();
    world.isDown.server = true;
    const control = world.control();
    control.cut({ picture: true, sound: false });
    await world.clock.pass(200);
    assert.deepEqual(world.kept, { number: 1, picture: true, sound: false });
    const resumed = control.resume(ALL);
    await world.clock.pass(200);
    await resumed;
    assert.deepEqual([world.held, control.state.failure], [NOTHING_CUT, null]);
  });

  it('goes by the server where the hall does not answer', async () => {
    const world = new CutWorld();
    world.isDown.hall = true;
    const control = world.control();
    control.cut(ALL);
    await world.clock.pass(200);
    assert.deepEqual(world.kept, { number: 1, ...ALL });
  });

  it('tells the server too where the hall takes long, and ends the cut after both have it', async () => {
    const world = new CutWorld(() => 2_000);
    const control = world.control();
    control.cut(ALL);
    await world.clock.pass(2_100);
    assert.equal(world.kept.number, 1, 'by the hall');
    await world.clock.pass(300);
    assert.equal(world.kept.number, 2, 'by the server, which was not told after it');
    const resumed = control.resume(ALL);
    await world.clock.pass(10_000);
    await resumed;
    assert.deepEqual([world.held, world.kept.picture, control.state.failure], [NOTHING_CUT, false, null]);
  });

  it('holds back what the server could not tell the hall of, until it could', () => {
    const world = new CutWorld();
    const control = world.control();
    control.hearUntold(ALL);
    control.hear({ number: 0, ...NOTHING_CUT });
    assert.deepEqual([world.held, control.state.isUntold, world.kept.number], [ALL, true, 0]);
    control.hearUntold(null);
    assert.deepEqual([world.held, control.state.isUntold], [NOTHING_CUT, false]);
  });

  it('stays cut here while nobody can be told, and tells as soon as anybody can', async () => {
    const world = new CutWorld();
    world.isDown = { hall: true, server: true };
    const control = world.control();
    control.cut(ALL);
    await world.clock.pass(60_000);
    assert.deepEqual([world.held, control.state.isUntold, world.kept.number], [ALL, true, 0]);
    world.isDown.hall = false;
    await world.clock.pass(2_000);
    assert.deepEqual([world.held, control.state.isUntold, world.kept.picture], [ALL, false, true]);
  });

  it('stays cut where the end of the cut is not answered, or somebody has cut again', async () => {
    const world = new CutWorld();
    const control = world.control();
    control.cut(ALL);
    await world.clock.pass(200);
    world.isDown = { hall: true, server: true };
    const first = control.resume(ALL);
    await world.clock.pass(200);
    await first;
    assert.deepEqual([world.held, control.state.failure?.code], [ALL, 'unavailable']);
    world.isDown = { hall: false, server: false };
    world.kept = { ...world.kept, number: world.kept.number + 1 };
    const second = control.resume(ALL);
    await world.clock.pass(200);
    await second;
    assert.deepEqual([world.held, control.state.failure?.code], [ALL, 'conflict']);
  });

  it('follows what somebody else cuts and ends', () => {
    const world = new CutWorld();
    const control = world.control();
    control.hear({ number: 4, picture: false, sound: true });
    assert.deepEqual(world.held, { picture: false, sound: true });
    control.hear({ number: 4, ...NOTHING_CUT });
    assert.deepEqual(world.held, NOTHING_CUT);
  });

  it('stays cut when the sfu was started anew and knows of no cut, and tells it', async () => {
    const world = new CutWorld();
    const control = world.control();
    control.hear({ number: 3, ...ALL });
    control.hear({ number: 0, ...NOTHING_CUT });
    assert.deepEqual(world.held, ALL, 'not for a moment');
    await world.clock.pass(200);
    assert.equal(world.kept.picture, true);
    control.hear({ number: 7, ...NOTHING_CUT });
    assert.deepEqual(world.held, NOTHING_CUT, 'somebody ended it');
  });

  it('stays cut when the sfu was started anew and knows of an older cut alone, which was ended, and tells it', async () => {
    const world = new CutWorld();
    const control = world.control();
    control.hear({ number: 1, ...NOTHING_CUT });
    control.hear({ number: 2, ...ALL });
    control.hear({ number: 1, ...NOTHING_CUT });
    assert.deepEqual(world.held, ALL, 'not for a moment');
    await world.clock.pass(200);
    assert.deepEqual([world.kept.picture, world.kept.sound], [true, true]);
    control.hear({ number: 2, ...NOTHING_CUT });
    assert.deepEqual(world.held, NOTHING_CUT, 'somebody ended it');
  });

  it('tells nobody any more once its page was left', async () => {
    const world = new CutWorld();
    world.isDown = { hall: true, server: true };
    const control = world.control();
    control.cut(ALL);
    control.close();
    await world.clock.pass(5_000);
    world.isDown = { hall: false, server: false };
    await world.clock.pass(5_000);
    assert.equal(world.kept.number, 0);
  });

  it('ends with what was pressed last, whatever is down when, and never lets go before it is pressed', async () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const { next, below } = createRandom(seed);
      const world = new CutWorld(() => below(300));
      const control = world.control();
      let isWanted = false;
      for (let step = 0; step < 40; step += 1) {
        const what = next();
        if (what < 0.3) {
          control.cut(ALL);
          isWanted = true;
        } else if (what < 0.5 && isWanted) {
          const ended = control.resume(ALL);
          await world.clock.pass(3_000);
          await ended;
          isWanted = control.state.cut.picture;
        } else if (what < 0.7) world.isDown = { hall: next() < 0.5, server: next() < 0.5 };
        else await world.clock.pass(below(1_500));
        if (isWanted) assert.deepEqual(world.held, ALL, `seed ${seed}, step ${step}`);
      }
      world.isDown = { hall: false, server: false };
      await world.clock.pass(10_000);
      assert.equal(world.kept.picture, isWanted, `seed ${seed}`);
      assert.deepEqual(control.state.cut, isWanted ? ALL : NOTHING_CUT, `seed ${seed}`);
      control.close();
    }
  });
});
