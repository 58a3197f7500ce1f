import assert from 'node:assert/strict';
import { chooseLayer } from '../../../client/call/layer-choice.ts';
import { readDownlink, readUplink } from '../../../client/call/line-stats.ts';
import { createQualityJudge, type LinkQuality, rateLine, rateScore } from '../../../client/call/link-quality.ts';
import { cameraEncodings } from '../../../client/call/simulcast.ts';
import { createUplinkLadder, type UplinkSample } from '../../../client/call/uplink-ladder.ts';
import { createBackoff } from '../../../client/line/backoff.ts';
import { createRandom } from '../../support/random.ts';

const LAYERS_BPS = [150_000, 500_000, 1_200_000];
const EVERY_MS = 2_000;
const clear: UplinkSample = { lossFraction: 0, rttMs: 40, availableBps: 4_000_000, cpuLimited: false };

/** Feeds a ladder one sample after the other and returns the level after each. */
function climb(samples: UplinkSample[], startMs = 0) {
  const ladder = createUplinkLadder(LAYERS_BPS);
  return samples.map((sample, index) => ladder.observe(sample, startMs + index * EVERY_MS));
}
const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

/** As the room tries to come back. */
const ROOM = { firstMs: 300, longestMs: 7_000, atOnce: true };

describe('the line of a call', () => {
  describe('layers', () => {
    it('asks for the layer that a tile of that width shows', () => {
      assert.deepEqual(
        [160, 320, 479, 480, 800, 960, 1920].map((widthPx) => chooseLayer(widthPx)),
        [0, 0, 0, 1, 1, 2, 2],
      );
    });

    it('does not flip between layers while a tile is dragged around a limit', () => {
      const random = createRandom(7).next;
      let layer = chooseLayer(1000);
      for (let step = 0; step < 200; step++) layer = chooseLayer(930 + random() * 60, layer);
      assert.equal(layer, 2);
      assert.equal(chooseLayer(700, layer), 1, 'clearly smaller: the smaller layer');
    });

    it('never depends on the past by more than one step of width, whatever the tile did (seeded)', () => {
      for (let seed = 1; seed <= 50; seed++) {
        const random = createRandom(seed).next;
        let layer: number | undefined;
        for (let step = 0; step < 100; step++) {
          const widthPx = random() * 1600;
          layer = chooseLayer(widthPx, layer);
          assert.ok(layer >= chooseLayer(widthPx), `seed ${seed}: enough for ${widthPx}`);
          assert.ok(layer <= chooseLayer(widthPx / 0.85), `seed ${seed}: no more than worth it for ${widthPx}`);
        }
      }
    });

    it('sends a 720-line camera as 150, 500 and 1200 kbit/s, and every smaller one in at least two layers', () => {
      assert.deepEqual(
        cameraEncodings(720).map(({ maxBitrate, scaleResolutionDownBy }) => [maxBitrate, scaleResolutionDownBy]),
        [
          [150_000, 4],
          [500_000, 2],
          [1_200_000, 1],
        ],
      );
      for (const lines of [120, 240, 360, 480, 540, 1080]) {
        const rates = cameraEncodings(lines).map(({ maxBitrate = 0 }) => maxBitrate);
        assert.ok(rates.length >= 2, `${lines} lines`);
        assert.deepEqual(
          rates,
          rates.toSorted((a, b) => a - b),
          `${lines} lines: the smallest first`,
        );
      }
    });
  });

  describe('quality', () => {
    it('is told in three steps by loss and delay', () => {
      const rated = (lossFraction: number | null, rttMs: number | null) => rateLine({ lossFraction, rttMs });
      assert.deepEqual(
        [rated(null, null), rated(0.05, 300), rated(0.06, 50), rated(0, 400), rated(0.12, 50), rated(0, 1000)],
        ['good', 'good', 'fair', 'fair', 'poor', 'poor'],
      );
      assert.deepEqual([10, 8, 7, 5, 4, 0].map(rateScore), ['good', 'good', 'fair', 'fair', 'poor', 'poor']);
    });

    it('does not change its word for one bad moment', () => {
      const judge = createQualityJudge();
      const said = (['good', 'poor', 'good', 'poor', 'good', 'fair'] as const).map((rating) => judge.observe(rating));
      assert.deepEqual(new Set(said), new Set(['good']));
    });

    it('gets worse after two samples and better only after four', () => {
      const judge = createQualityJudge();
      const feed = (...ratings: LinkQuality[]) => ratings.map((rating) => judge.observe(rating));
      assert.deepEqual(feed('poor', 'poor'), ['good', 'poor']);
      assert.deepEqual(feed('good', 'good', 'good', 'good'), ['poor', 'poor', 'poor', 'good']);
    });

    it('never claims more than the last samples bear out (seeded)', () => {
      const steps: LinkQuality[] = ['good', 'fair', 'poor'];
      for (let seed = 1; seed <= 100; seed++) {
        const random = createRandom(seed).next;
        const judge = createQualityJudge();
        const seen: LinkQuality[] = [];
        for (let sample = 0; sample < 60; sample++) {
          const rating = steps[Math.floor(random() * 3)] ?? 'good';
          seen.push(rating);
          const before = judge.quality;
          const after = judge.observe(rating);
          if (after === before) continue;
          const worse = steps.indexOf(after) > steps.indexOf(before);
          const last = seen.slice(worse ? -2 : -4);
          const bearing = last.every((one) =>
            worse ? steps.indexOf(one) >= steps.indexOf(after) : steps.indexOf(one) <= steps.indexOf(after),
          );
          assert.ok(bearing, `seed ${seed}: ${before} to ${after} after ${last.join()}`);
        }
      }
    });

    it('reads loss and delay from what browsers report', () => {
      const report = (packets: number, lost: number, fraction: number) =>
        new Map<string, unknown>([
          ['o1', { id: 'o1', type: 'outbound-rtp', packetsSent: packets, qualityLimitationReason: 'cpu' }],
          ['r1', { id: 'r1', type: 'remote-inbound-rtp', localId: 'o1', fractionLost: fraction }],
          ['i1', { id: 'i1', type: 'inbound-rtp', packetsReceived: packets, packetsLost: lost }],
          [
            'p1',
            {
              id: 'p1',
              type: 'candidate-pair',
              nominated: true,
              state: 'succeeded',
              currentRoundTripTime: 0.12,
              availableOutgoingBitrate: 800_000,
            },
          ],
        ]) as unknown as RTCStatsReport;
      const before = readUplink(report(100, 0, 0), new Map(), undefined).counters;
      const up = readUplink(report(300, 0, 0.1), before, undefined).sample;
      assert.deepEqual(up, { lossFraction: 0.1, rttMs: 120, availableBps: 800_000, cpuLimited: true });
      const down = readDownlink(report(190, 10, 0), readDownlink(report(100, 0, 0), new Map()).counters).sample;
      assert.deepEqual(down, { lossFraction: 0.1, rttMs: 120 });
    });
  });

  it('does not take what is lost on somebody else’s line for loss on the own one', () => {
    const report = (packets: number) =>
      new Map<string, unknown>([
        ['voice', { id: 'voice', type: 'outbound-rtp', kind: 'audio', packetsSent: packets }],
        ['r1', { id: 'r1', type: 'remote-inbound-rtp', localId: 'voice', fractionLost: 0.5 }],
        ['picture', { id: 'picture', type: 'outbound-rtp', kind: 'video', packetsSent: packets }],
        ['r2', { id: 'r2', type: 'remote-inbound-rtp', localId: 'picture', fractionLost: 0 }],
      ]) as unknown as RTCStatsReport;
    const lossBy = (voiceScore: number | undefined) =>
      readUplink(report(200), readUplink(report(100), new Map(), voiceScore).counters, voiceScore).sample.lossFraction;
    assert.equal(lossBy(10), 0, 'the sfu has all of the voice');
    assert.equal(lossBy(undefined), 0);
    assert.equal(lossBy(0), 0.25, 'the sfu misses half of the voice, and nothing of the picture');
  });

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

    it('keeps the smallest picture where only the processor is slow', () => {
      assert.equal(climb(times(60, { ...clear, cpuLimited: true })).at(-1), 1);
    });

    it('brings the smallest picture back after four clear seconds, and each larger one after ten more', () => {
      const levels = climb([...times(6, { ...clear, lossFraction: 0.3 }), ...times(20, clear)]);
      assert.equal(levels[5], 0);
      assert.deepEqual(levels.slice(6, 13), [0, 1, 1, 1, 1, 1, 2]);
      assert.equal(levels.at(-1), 3);
    });

    it('waits twice as long after each attempt that the line did not bear', () => {
      const ladder = createUplinkLadder([150_000]);
      const waits: number[] = [];
      let nowMs = 0;
      let waited = 0;
      // The line bears the voice and nothing else.
      for (let sample = 0; sample < 200; sample++) {
        const level = ladder.observe({ ...clear, lossFraction: ladder.level > 0 ? 0.3 : 0 }, nowMs);
        nowMs += EVERY_MS;
        if (level === 0) waited += 1;
        else if (waited > 0) {
          waits.push(waited);
          waited = 0;
        }
      }
      assert.ok(waits.length >= 3);
      for (const [index, wait] of waits.entries()) assert.ok(wait >= (waits[index - 1] ?? 0), waits.join());
      assert.ok((waits[2] ?? 0) > (waits[0] ?? 0) * 2, waits.join());
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
              availableBps: random() < 0.2 ? null : random() * 3_000_000,
              cpuLimited: random() < 0.1,
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

  it('comes back at once, then soon, then every seven seconds for ever', () => {
    const backoff = createBackoff({ ...ROOM, random: () => 0 });
    assert.deepEqual(
      Array.from({ length: 9 }, () => backoff.nextMs()),
      [0, 300, 600, 1200, 2400, 4800, 7000, 7000, 7000],
    );
    assert.equal(backoff.attempts, 9);
    assert.equal(backoff.nextMs(30), 30_000, 'no sooner than the server asked for');
    backoff.reset();
    assert.equal(backoff.nextMs(), 0);
  });

  it('spreads a room that comes back together (seeded)', () => {
    const delays = Array.from({ length: 20 }, (_, seed) => {
      const backoff = createBackoff({ ...ROOM, random: createRandom(seed).next });
      for (let tries = 0; tries < 3; tries += 1) backoff.nextMs();
      return backoff.nextMs();
    });
    assert.ok(
      delays.every((delay) => delay >= 840 && delay <= 1200),
      delays.join(),
    );
    assert.ok(new Set(delays).size > 15);
  });
});
