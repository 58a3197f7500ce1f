import assert from 'node:assert/strict';
import type { UplinkSample } from '../../../client/call/line-stats.ts';
import { createUplinkLadder } from '../../../client/call/uplink-ladder.ts';
import { createRandom } from '../../support/random.ts';

const LAYERS_BPS = [150_000, 500_000, 1_200_000];
const EVERY_MS = 2_000;
const clear: UplinkSample = {
  lossFraction: 0,
  rttMs: 40,
  pictureRttMs: 40,
  availableBps: 4_000_000,
  cpuLimited: false,
  isStarved: false,
};

/** Feeds a ladder one sample after the other and returns the level after each. */
function climb(samples: UplinkSample[], startMs = 0) {
  const ladder = createUplinkLadder(LAYERS_BPS);
  return samples.map((sample, index) => ladder.observe(sample, startMs + index * EVERY_MS));
}
const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

describe('the line of a call', () => {
  describe('giving way', () => {
    it('sends everything on a good line, and goes on doing so', () => {
      assert.deepEqual(new Set(climb(times(60, clear))), new Set([3]));
    });

    it('leaves a single lossy moment alone', () => {
      assert.deepEqual(climb([clear, { ...clear, lossFraction: 0.1 }, clear, clear]), [3, 3, 3, 3]);
    });

    it('gives up one layer after the other under lasting loss, down to no video at all', () => {
      const levels = climb(times(12, { ...clear, lossFraction: 0.1 }));
      assert.deepEqual(levels.slice(0, 6), [3, 2, 2, 1, 1, 0]);
      assert.equal(levels.at(-1), 0);
    });

    it('goes straight to what a narrow line bears', () => {
      const lossy = { ...clear, availableBps: 60_000, lossFraction: 0.04 };
      const narrow = climb([...times(4, lossy), ...times(6, { ...lossy, lossFraction: 0.09 })]);
      assert.equal(narrow.at(-1), 0, '60 kbit/s carry a voice');
      assert.ok(!narrow.includes(2) && !narrow.includes(1), 'without trying what cannot work');
      const modest = climb(times(30, { ...clear, availableBps: 400_000 }));
      assert.equal(modest.at(-1), 2, '400 kbit/s carry the two smaller layers');
    });

    it('keeps the smallest picture on a line that loses nothing, however late and narrow it seems', () => {
      const late = { ...clear, rttMs: 2_000, availableBps: 30_000 };
      assert.equal(climb(times(60, late)).at(-1), 1);
      const levels = climb([...times(10, { ...clear, lossFraction: 0.3 }), ...times(40, late)]);
      assert.equal(levels.at(-1), 0, 'nor is it given back while it seems so');
    });

    it('shows a person again within half a minute of a good line, however often the line was poor before', () => {
      const bad = { ...clear, lossFraction: 0.3 };
      const swings = Array.from({ length: 8 }, () => [...times(8, bad), ...times(6, clear)]).flat();
      const levels = climb([...swings, ...times(8, bad), ...times(15, clear)]);
      assert.ok((levels.at(-1) ?? 0) >= 1);
    });

    it('brings the smallest picture back after three clear seconds, and each larger one after ten more', () => {
      const levels = climb([...times(6, { ...clear, lossFraction: 0.3 }), ...times(20, clear)]);
      assert.equal(levels[5], 0);
      assert.deepEqual(levels.slice(6, 14), [0, 1, 1, 1, 1, 1, 2, 2]);
      assert.equal(levels.at(-1), 3);
    });

    it('does not hold it against the line that nobody takes the larger pictures, and sends them at once when somebody does', () => {
      const ladder = createUplinkLadder(LAYERS_BPS);
      let nowMs = 0;
      const observe = (availableBps: number, taken: number, rttMs = 40) => {
        nowMs += EVERY_MS;
        return ladder.observe({ ...clear, availableBps, rttMs }, nowMs, taken);
      };
      // The browser's estimate falls to what is sent, and grows with it.
      for (let sample = 0; sample < 30; sample++) assert.equal(observe(230_000, 1), 3);
      for (let sample = 0; sample < 30; sample++) assert.equal(observe(0, 0, 1_500), 3);
      for (const availableBps of [300_000, 700_000, 1_500_000, 2_500_000]) assert.equal(observe(availableBps, 3), 3);
      // A line that does not bear them is found out as ever.
      for (let sample = 0; sample < 30; sample++) observe(80_000, 3);
      assert.equal(ladder.level, 1);
    });

    it('calls no picture stopped by the line once the line is clear, though nobody takes any', () => {
      const ladder = createUplinkLadder(LAYERS_BPS);
      const times = (count: number, lossFraction: number, taken: number, fromMs: number) => {
        for (let sample = 0; sample < count; sample++)
          ladder.observe({ ...clear, lossFraction }, fromMs + sample * EVERY_MS, taken);
      };
      times(8, 0.3, 3, 0);
      assert.equal(ladder.level, 0);
      times(30, 0, 0, 8 * EVERY_MS);
      assert.equal(ladder.level, 1);
    });

    it('changes by honest steps whatever the line does (seeded)', () => {
      for (let seed = 1; seed <= 100; seed++) {
        const random = createRandom(seed).next;
        const ladder = createUplinkLadder(LAYERS_BPS);
        let before = ladder.level;
        let lastChangeAt = -1;
        for (let sample = 0; sample < 200; sample++) {
          const level = ladder.observe(
            {
              lossFraction: random() < 0.2 ? null : random() ** 3,
              rttMs: random() < 0.2 ? null : random() ** 2 * 1500,
              pictureRttMs: null,
              availableBps: random() < 0.2 ? null : random() * 3_000_000,
              cpuLimited: random() < 0.1,
              isStarved: random() < 0.1,
            },
            sample * EVERY_MS,
            seed % 2 === 0 ? 3 : Math.floor(random() * 4),
          );
          assert.ok(level >= 0 && level <= 3);
          assert.ok(level <= before + 1, `seed ${seed}: up by one layer at most`);
          if (level > before)
            assert.ok(sample - lastChangeAt >= (before === 0 ? 2 : 5), `seed ${seed}: not up soon after a change`);
          if (level !== before) lastChangeAt = sample;
          before = level;
        }
      }
    });
  });

  describe('trying whether it bears a picture again', () => {
    /** A line that bears the voice and little more, as it was measured: the voice is whole and soon until a picture joins it. */
    const voiceAlone: UplinkSample = {
      lossFraction: 0,
      rttMs: 27,
      pictureRttMs: null,
      availableBps: 38_000,
      cpuLimited: false,
      isStarved: false,
    };
    const lossy: UplinkSample = { ...voiceAlone, lossFraction: 0.3, rttMs: 410, pictureRttMs: 400 };
    /** What is seen of the line, second by second, from the moment at which no picture is sent. */
    function follow(seconds: number, lineAt: (sentForS: number, second: number) => UplinkSample) {
      const ladder = createUplinkLadder(LAYERS_BPS);
      ladder.observe(voiceAlone, 0);
      let nowMs = 0;
      while (ladder.level > 0) {
        nowMs += EVERY_MS;
        ladder.observe(lossy, nowMs);
      }
      const levels: number[] = [];
      let sentForS = 0;
      for (let second = 1; second <= seconds; second++) {
        sentForS = ladder.level > 0 ? sentForS + 1 : 0;
        nowMs += 1_000;
        levels.push(ladder.observe(lineAt(sentForS, second), nowMs));
      }
      return { ladder, levels };
    }
    const trialsOf = (levels: number[]) => levels.join('').split(/0+/).filter(Boolean);

    it('lets a picture try a thin line for two seconds at a time, however good the voice sounds', () => {
      const { levels } = follow(300, (sentForS) =>
        sentForS < 2 ? voiceAlone : { ...voiceAlone, rttMs: 27, pictureRttMs: 189, lossFraction: 0 },
      );
      assert.deepEqual(new Set(trialsOf(levels)), new Set(['11']));
      const share = levels.filter((level) => level > 0).length / levels.length;
      assert.ok(share <= 0.4, `${share} of the time`);
    });

    it('waits for the picture’s own delay where the voice’s is late by its last report, which may be of the line as it was', () => {
      const late = { ...voiceAlone, rttMs: 405, pictureRttMs: 66 };
      const thin = follow(60, (sentForS) => [voiceAlone, voiceAlone, late][sentForS] ?? { ...late, pictureRttMs: 389 });
      assert.deepEqual(new Set(trialsOf(thin.levels)), new Set(['111']));
      const good = follow(
        60,
        (sentForS) => [voiceAlone, voiceAlone, late][sentForS] ?? { ...late, availableBps: 127_000 },
      );
      assert.equal(trialsOf(good.levels).length, 1);
      assert.equal(good.ladder.isTrying, false);
    });

    it('keeps the picture that a good line bears, within six seconds of the first good moment, though many trials failed before', () => {
      const GOOD_FROM = 40;
      const { levels, ladder } = follow(60, (sentForS, second) => {
        if (second < GOOD_FROM) return sentForS < 2 ? voiceAlone : { ...voiceAlone, rttMs: 333 };
        const good = { ...voiceAlone, rttMs: 2, pictureRttMs: 9 };
        return sentForS === 0 ? good : { ...good, availableBps: 296_000 };
      });
      assert.ok(
        levels.slice(GOOD_FROM + 6).every((level) => level >= 1),
        levels.join(''),
      );
      assert.equal(ladder.isTrying, false);
    });

    it('keeps the picture of a busy computer, whose estimate is late, as long as nothing waits in a queue or is lost', () => {
      const { levels, ladder } = follow(40, (sentForS) => ({ ...voiceAlone, availableBps: 40_000 + sentForS * 5_000 }));
      assert.equal(trialsOf(levels).length, 1);
      assert.ok(ladder.level >= 1);
      assert.equal(ladder.isTrying, false);
    });

    it('does not hold a queue against the line that was there before the picture', () => {
      const { levels } = follow(40, (sentForS, second) => ({
        ...voiceAlone,
        rttMs: second < 15 ? 401 : 8,
        availableBps: 47_000 + sentForS,
      }));
      assert.equal(trialsOf(levels).length, 1);
      assert.equal(levels.at(-1), 1);
    });

    it('keeps the picture where the browser says nothing of what the line takes', () => {
      const { levels } = follow(40, () => ({ ...voiceAlone, availableBps: null }));
      assert.equal(trialsOf(levels).length, 1);
    });

    it('says that it tries until it knows', () => {
      const { ladder } = follow(6, () => voiceAlone);
      assert.deepEqual([ladder.level, ladder.isTrying], [1, true]);
      ladder.observe({ ...voiceAlone, availableBps: 127_000 }, 1e6);
      assert.equal(ladder.isTrying, false);
    });

    it('does not begin while the voice is lost or late', () => {
      const { levels } = follow(40, () => ({ ...voiceAlone, lossFraction: 0.05 }));
      assert.ok(levels.every((level) => level === 0));
    });
  });
});
