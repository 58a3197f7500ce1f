import assert from 'node:assert/strict';
import { type ShowingAt, showingAt, type TimedShowingEvent } from '../../../../server/contract/index.ts';
import { replayedEvents } from '../../../../server/recordings/timeline/replayed-events.ts';
import { isSeen, type Stretch, seenStretches } from '../../../../server/recordings/timeline/stretches.ts';
import { createRandom } from '../../../support/random.ts';
import { BEGAN_MS, randomShowing } from '../../../support/random-showing.ts';
import { target } from '../../../support/review-moves.ts';

const LASTS_MS = 300_000;
const PART_MS = 60_000;
const at = (ms: number) => new Date(BEGAN_MS + ms).toISOString();

/** What was shown, free of the order in which it was drawn. */
const seenAt = (events: readonly TimedShowingEvent[], ms: number) => {
  const { marks, pointers, strokes, ...rest }: ShowingAt = showingAt(events, ms);
  return {
    ...rest,
    marks: [...marks.values()].map(({ annotationId, shape }) => [annotationId, shape]).toSorted(),
    pointers: [...pointers.values()].map(({ peerId, point }) => [peerId, point]).toSorted(),
    strokes: strokes.map(({ strokeId, points }) => [strokeId, points]).toSorted(),
  };
};

describe('the events of a replay', () => {
  const random = createRandom(20_261_211);
  const all = randomShowing(random, LASTS_MS);
  /** Movements, pointers and marks are of the one material that is shown throughout. */
  const MATERIAL = 'material';
  const events: TimedShowingEvent[] = [];
  let isShown = false;
  for (const { at: when, event } of all) {
    if (event.kind === 'picture') {
      isShown = event.materialId !== null;
      events.push({ at: when, event: { ...event, materialId: event.materialId && MATERIAL } });
      // Nobody moves or points at what is not shown.
    } else if (isShown || (event.kind !== 'viewport' && event.kind !== 'pointers')) events.push({ at: when, event });
  }
  const whole = {
    seen: [{ fromMs: BEGAN_MS, toMs: BEGAN_MS + LASTS_MS }],
    pictureIds: new Set([MATERIAL]),
    questionIds: new Set<string>(),
  };
  const partAt = (ms: number): Stretch => {
    const fromMs = BEGAN_MS + Math.floor(ms / PART_MS) * PART_MS;
    return { fromMs, toMs: fromMs + PART_MS };
  };
  const drawn = (ms: number, given: Parameters<typeof replayedEvents>[2]) =>
    seenAt(replayedEvents(events, partAt(ms), given), BEGAN_MS + ms);
  const live = (ms: number) => seenAt(events, BEGAN_MS + ms);

  it('[DM35] draw in each part what was seen live, at any instant', () => {
    const materialOf = () => MATERIAL;
    for (let instant = 0; instant < 20; instant += 1) {
      const ms = random.below(LASTS_MS);
      assert.deepEqual(drawn(ms, { ...whole, materialOf }), live(ms), `instant ${instant}`);
    }
  });

  it('[DM35] [DM36] leave nothing of what is cut out or was not recorded, and how it stands afterwards', () => {
    const cut = { fromAt: at(70_000), toAt: at(95_000) };
    const recording = { startedAt: at(10_000), stoppedAt: at(200_000), sealedAt: null };
    const again = { startedAt: at(220_000), stoppedAt: null, sealedAt: null };
    const sealed = { startedAt: at(0), stoppedAt: at(LASTS_MS), sealedAt: at(LASTS_MS) };
    const seen = seenStretches([recording, again, sealed], { endedAt: at(290_000) }, [cut]);
    assert.deepEqual(
      seen.map(({ fromMs, toMs }) => [fromMs - BEGAN_MS, toMs - BEGAN_MS]),
      [
        [10_000, 70_000],
        [95_000, 200_000],
        [220_000, 290_000],
      ],
    );
    const given = { ...whole, seen, materialOf: () => MATERIAL };
    for (let part = 0; part < LASTS_MS; part += PART_MS)
      for (const { at: when, event } of replayedEvents(events, partAt(part), given)) {
        const isState = event.kind === 'picture' && event.materialId === null;
        const isEnd = seen.some(({ toMs }) => toMs === Date.parse(when));
        const isPart = Date.parse(when) === BEGAN_MS + part;
        assert.ok(isState || isEnd || isPart || isSeen(seen, Date.parse(when)), `${event.kind} at ${when}`);
      }
    for (const ms of [5_000, 70_000, 80_000, 94_999, 205_000, 291_000]) {
      const { materialId, strokes } = drawn(ms, given);
      assert.deepEqual([materialId, strokes], [null, []], `${ms}`);
    }
    for (const ms of [10_000, 95_000, 150_000, 220_000]) {
      const { materialId, viewport, marks, presenterId } = drawn(ms, given);
      const now = live(ms);
      assert.deepEqual(
        [materialId, viewport, marks, presenterId],
        [now.materialId, now.viewport, now.marks, now.presenterId],
      );
    }
  });

  it('[DM35] [DM36] bring no stroke back, and no pointer, that was there before a part that is cut out', () => {
    const track = { accountId: 'surgeon', source: 'field' as const, label: null };
    const stroke = { demonstrationId: 'd', strokeId: 's', track, shape: 'stroke' as const, accountId: 'a', name: '' };
    const pointer = { peerId: 'p', accountId: 'a', name: '', target };
    const few: TimedShowingEvent[] = [
      { at: at(50_000), event: { kind: 'picture', materialId: MATERIAL } },
      { at: at(116_000), event: { kind: 'field', piece: { ...stroke, from: 0, points: [{ x: 0, y: 0 }] } } },
      { at: at(118_500), event: { kind: 'pointers', pointers: [{ ...pointer, point: { x: 1, y: 1 } }] } },
      { at: at(119_200), event: { kind: 'field-cleared' } },
    ];
    const at121 = (cutParts: { fromAt: string; toAt: string }[]) => {
      const recording = { startedAt: at(0), stoppedAt: null, sealedAt: null };
      const seen = seenStretches([recording], { endedAt: at(290_000) }, cutParts);
      const given = { ...whole, seen, materialOf: () => MATERIAL };
      const { strokes, pointers } = showingAt(replayedEvents(few, partAt(121_000), given), BEGAN_MS + 121_000);
      return [strokes.length, pointers.size];
    };
    assert.deepEqual(at121([]), [0, 1], 'cleared where it is seen');
    assert.deepEqual(at121([{ fromAt: at(119_000), toAt: at(119_500) }]), [0, 0]);
  });

  it('[DM36] are about no picture that may not be seen any more', () => {
    const none = { ...whole, pictureIds: new Set<string>(), materialOf: () => undefined };
    const kinds = new Set<string>();
    for (let part = 0; part < LASTS_MS; part += PART_MS)
      for (const { event } of replayedEvents(events, partAt(part), none)) {
        kinds.add(event.kind);
        if (event.kind === 'picture') assert.equal(event.materialId, null);
        if (event.kind === 'pointers') assert.ok(event.pointers.every(({ point }) => point === null));
      }
    assert.ok(!kinds.has('viewport') && !kinds.has('mark'), [...kinds].join());
  });
});
