import { randomUUID } from 'node:crypto';
import type { ShowingEvent, TimedShowingEvent } from '../../server/contract/index.ts';
import type { createRandom } from './random.ts';
import { lengthTo, target, viewportAt } from './review-moves.ts';

export const BEGAN_MS = Date.parse('2026-12-01T01:00:00.000Z');

/** What somebody might have shown, drawn and pointed at within so long, some tens of acts a minute. */
export function randomShowing(random: ReturnType<typeof createRandom>, lastsMs: number): TimedShowingEvent[] {
  const people = [randomUUID(), randomUUID()];
  const materials = [randomUUID(), randomUUID()];
  const demonstrationId = randomUUID();
  const marks: Extract<ShowingEvent, { kind: 'mark' }>['mark'][] = [];
  const strokeId = randomUUID();
  let revision = 0;
  const mark = (): ShowingEvent => {
    const known = random.next() < 0.5 ? marks[random.below(marks.length)] : undefined;
    const [authorId = ''] = people;
    revision += 1;
    const one = {
      ...{ demonstrationId, target, authorId, changedById: authorId, changedAt: new Date(BEGAN_MS).toISOString() },
      annotationId: known?.annotationId ?? randomUUID(),
      revision,
      shape: known && random.next() < 0.6 ? null : lengthTo(random.below(99)),
    };
    marks.push(one);
    return { kind: 'mark', mark: one };
  };
  const field = (): ShowingEvent => ({
    kind: 'field',
    piece: {
      ...{
        demonstrationId,
        strokeId: random.next() < 0.7 ? strokeId : randomUUID(),
        shape: 'stroke',
        from: random.below(3),
      },
      track: { accountId: random.pick(people), source: 'field', label: null },
      points: [{ x: random.next(), y: random.next() }],
      ...{ accountId: people[0] ?? '', name: '林' },
    },
  });
  const pointers = (): ShowingEvent => ({
    kind: 'pointers',
    pointers: [
      {
        ...{ peerId: random.pick(['one', 'two']), accountId: random.pick(people), name: '林', target },
        point: random.next() < 0.2 ? null : { x: random.below(64), y: random.below(64) },
      },
    ],
  });
  const makes: (() => ShowingEvent)[] = [
    () => ({ kind: 'viewport', viewport: viewportAt(1 + random.below(90)) }),
    () => ({ kind: 'viewport', viewport: viewportAt(1 + random.below(90)) }),
    pointers,
    pointers,
    field,
    mark,
    () => ({ kind: 'presenter', accountId: random.next() < 0.2 ? null : random.pick(people) }),
    () => ({ kind: 'picture', materialId: random.next() < 0.2 ? null : random.pick(materials) }),
    () => ({ kind: 'cut', picture: random.next() < 0.5, sound: false }),
    () => ({ kind: 'field-cleared' }),
  ];
  const events: TimedShowingEvent[] = [];
  for (let ms = 0; ms < lastsMs; ms += 1 + random.below(900))
    events.push({ at: new Date(BEGAN_MS + ms).toISOString(), event: random.pick(makes)() });
  return events;
}
