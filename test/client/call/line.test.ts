import assert from 'node:assert/strict';
import { chooseLayer } from '../../../client/call/layer-choice.ts';
import { readDownlink, readUplink } from '../../../client/call/line-stats.ts';
import { createQualityJudge, type LinkQuality, rateLine, rateScore } from '../../../client/call/link-quality.ts';
import { cameraEncodings } from '../../../client/call/simulcast.ts';
import { createBackoff } from '../../../client/line/backoff.ts';
import { createRandom } from '../../support/random.ts';

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
          [
            'o1',
            { id: 'o1', type: 'outbound-rtp', kind: 'video', packetsSent: packets, qualityLimitationReason: 'cpu' },
          ],
          ['r1', { id: 'r1', type: 'remote-inbound-rtp', localId: 'o1', fractionLost: fraction, roundTripTime: 0.15 }],
          ['i1', { id: 'i1', type: 'inbound-rtp', packetsReceived: packets, packetsLost: lost }],
          [
            'p1',
            {
              id: 'p1',
              type: 'candidate-pair',
              nominated: true,
              state: 'in-progress',
              currentRoundTripTime: 0.12,
              availableOutgoingBitrate: 800_000,
            },
          ],
        ]) as unknown as RTCStatsReport;
      const before = readUplink(report(100, 0, 0), new Map(), undefined).counters;
      const up = readUplink(report(300, 0, 0.1), before, undefined).sample;
      assert.deepEqual(up, {
        lossFraction: 0.1,
        rttMs: 120,
        pictureRttMs: 150,
        availableBps: 800_000,
        cpuLimited: true,
        isStarved: false,
      });
      const down = readDownlink(report(190, 10, 0), readDownlink(report(100, 0, 0), new Map()).counters).sample;
      assert.deepEqual(down, { lossFraction: 0.1, rttMs: 120 });
    });
  });

  it('tells an encoder that makes fewer than half of the pictures that come in from a line, a layer or a screen that has few', () => {
    const seen = { framesPerSecond: 10, active: true, qualityLimitationReason: 'none' };
    const isStarved = (change: object = {}, sourcePerSecond = 25) => {
      const stream = { id: 'o1', type: 'outbound-rtp', kind: 'video', mediaSourceId: 's1', ...seen, ...change };
      const source = { id: 's1', type: 'media-source', framesPerSecond: sourcePerSecond };
      const report = new Map<string, unknown>([stream, source].map((one) => [one.id, one]));
      return readUplink(report as unknown as RTCStatsReport, new Map(), undefined).sample.isStarved;
    };
    assert.equal(isStarved(), true);
    assert.equal(isStarved({ framesPerSecond: 13 }), false);
    assert.equal(isStarved({ qualityLimitationReason: 'bandwidth' }), false);
    assert.equal(isStarved({ active: false }), false);
    assert.equal(isStarved({ framesPerSecond: 2 }, 10), false);
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
