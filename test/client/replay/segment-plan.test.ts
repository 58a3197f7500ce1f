import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { ReplayClock } from '../../../client/replay/replay-clock.ts';
import { gapsOf, nextContent, planSegments, segmentAt } from '../../../client/replay/segment-plan.ts';
import { hasAt, shownAt } from '../../../server/contract/program-at.ts';
import type { ReplayTrack } from '../../../server/contract/recording.ts';

const BEGAN = '2026-12-01T01:00:00.000Z';
const at = (ms: number) => new Date(Date.parse(BEGAN) + ms).toISOString();
const [surgeon, chair] = [randomUUID(), randomUUID()];

function track(source: ReplayTrack['ref']['source'], takes: [number, number][], accountId = surgeon): ReplayTrack {
  return {
    recordingId: randomUUID(),
    trackId: randomUUID(),
    ref: { accountId, source, label: null },
    seat: 'theatre',
    kind: source === 'audio' ? 'audio' : 'video',
    mediaType: 'video/webm; codecs="vp8"',
    extension: 'webm',
    takes: takes.map(([fromMs, count], index) => ({
      takeId: String(index + 1),
      startedAt: at(fromMs),
      segments: Array.from({ length: count }, (_, number) => [number, number * 2000, (number + 1) * 2000]),
    })),
  };
}

describe('a replay by its clock', () => {
  it('[DM33] finds of each take the segment of a moment, and nothing in a cut', () => {
    const plan = planSegments(
      'd',
      BEGAN,
      track('field', [
        [500, 3],
        [60_500, 2],
      ]),
    );
    assert.equal(segmentAt(plan, 400), undefined);
    assert.deepEqual([segmentAt(plan, 500)?.fromMs, segmentAt(plan, 4600)?.url.endsWith('/1/00002.webm')], [500, true]);
    assert.equal(segmentAt(plan, 6500), undefined, 'the cut');
    assert.deepEqual(segmentAt(plan, 62_600), { fromMs: 62_500, toMs: 64_500, offsetMs: 60_500, url: plan[4]?.url });
  });

  it('[DM33] plays on over a segment of one picture, which lasts no time', () => {
    const field = track('field', [[0, 2]]);
    const [take] = field.takes;
    const segments = take?.segments ?? [];
    const withOne = { ...field, takes: [{ takeId: '1', startedAt: at(0), segments: [...segments, [2, 4000, 4000]] }] };
    const plan = planSegments('d', BEGAN, withOne as ReplayTrack);
    assert.deepEqual(
      plan.map(({ fromMs, toMs }) => [fromMs, toMs]),
      [
        [0, 2000],
        [2000, 4000],
      ],
    );
  });

  it('shows where no picture was: before the first, in a cut of all, after the last; not in the seam of two segments', () => {
    const field = planSegments(
      'd',
      BEGAN,
      track('field', [
        [3_000, 2],
        [20_000, 2],
      ]),
    );
    const room = planSegments('d', BEGAN, track('room', [[6_500, 2]]));
    const gaps = gapsOf([field, room], { durationMs: 30_000, leastMs: 1_500 });
    assert.deepEqual(gaps, [
      [0, 3_000],
      [10_500, 20_000],
      [24_000, 30_000],
    ]);
    assert.deepEqual(gapsOf([], { durationMs: 1_000, leastMs: 1_500 }), []);
  });

  it('[DM33] waits in no gap that everything has', () => {
    const plans = [
      track('field', [
        [0, 1],
        [60_000, 1],
      ]),
      track('audio', [
        [0, 2],
        [50_000, 9],
      ]),
    ].map((one) => planSegments('d', BEGAN, one));
    assert.deepEqual(
      [1_000, 3_000, 4_500, 55_000, 70_000].map((ms) => nextContent(plans, ms)),
      [1_000, 3_000, 50_000, 55_000, undefined],
    );
  });

  it('[DM32] shows what was on air then, else the field; and what one chooses instead', () => {
    const [field, room, person] = [track('field', [[0, 9]]), track('room', [[0, 9]]), track('video', [[0, 9]], chair)];
    const tracks = [person, room, field];
    const main = room.ref;
    const programs = [{ at: at(4_000), program: { layout: 'side-by-side' as const, main, second: person.ref } }];
    const shown = (ms: number, chosen?: string) => shownAt({ tracks, programs }, Date.parse(at(ms)), chosen);
    assert.deepEqual(shown(1_000), { layout: 'single', main: field, second: undefined });
    assert.deepEqual(shown(5_000), { layout: 'side-by-side', main: room, second: person });
    assert.equal(shown(5_000, field.trackId).main, field);
  });

  it('[DM32] a track that was published anew under its name goes on where the first one ended', () => {
    const [first, second] = [track('field', [[0, 2]]), track('field', [[10_000, 2]])];
    const programs = [{ at: BEGAN, program: { layout: 'single' as const, main: first.ref, second: null } }];
    const shown = (ms: number) => shownAt({ tracks: [first, second], programs }, Date.parse(at(ms)), undefined).main;
    assert.deepEqual([shown(1_000), shown(11_000)], [first, second]);
  });

  it('[DM33] has no picture where a part of it is masked, and one at the seam of two segments', () => {
    const whole = track('field', [[0, 5]]);
    const takes = whole.takes.map((take) => ({
      ...take,
      segments: take.segments.flatMap(([index, fromMs, toMs]): [number, number, number][] =>
        index === 2 ? [] : [[index, fromMs, toMs - 20]],
      ),
    }));
    const has = (ms: number) => hasAt({ takes }, Date.parse(at(ms)));
    assert.deepEqual([has(1_990), has(3_900), has(4_000), has(5_900), has(6_000)], [true, true, false, false, true]);
  });

  it('runs at the rate that is chosen, from where it stands', () => {
    let nowMs = 0;
    const clock = new ReplayClock(() => nowMs);
    clock.run();
    nowMs = 1_000;
    clock.setRate(2);
    nowMs = 2_000;
    assert.equal(clock.atMs, 3_000);
    clock.stand();
    nowMs = 9_000;
    assert.equal(clock.atMs, 3_000);
    clock.goTo(60_000);
    clock.run();
    nowMs = 9_500;
    assert.equal(clock.atMs, 61_000);
  });
});
