import type { Asked } from '../access/asked.ts';
import { type CutState, type FieldDrawInput, type FieldStrokeView, showingAt } from '../contract/index.ts';
import { createBucket } from '../runtime/bucket.ts';
import { eventIdBefore } from './event-id.ts';
import type { Lead } from './lead.ts';
import type { ShowingParts, ShowingWindow } from './parts.ts';

/** What is drawn on the live pictures of demonstrations. It fades within seconds; the events keep it, whichever server it came to. */
export interface Field {
  /** Told at once; above so many points a second of one person it is dropped. @throws Failure forbidden to whoever may not show */
  draw(asked: Asked, window: Pick<ShowingWindow, 'peerId'>, input: FieldDrawInput): Promise<void>;
  /** Takes all of it off. @throws Failure forbidden to whoever may not show */
  clear(asked: Asked, demonstrationId: string): Promise<void>;
  /** The picture was cut: nothing that was drawn on it stays. That, and a cut's end, is kept for whoever sees it again. */
  cut(demonstrationId: string, cut: Pick<CutState, 'picture' | 'sound'>): void;
  /** For whoever comes in now. */
  list(demonstrationId: string): Promise<FieldStrokeView[]>;
}

/** A stroke that is drawn for longer than that has lost its beginning for whoever comes in. */
const LONGEST_STROKE_MS = 30_000;
const MOST_PIECES = 5_000;
/** Of one person: a hand that draws fast makes some two hundred, and every window is sent each of them. */
const POINTS_PER_S = 400;
const POINTS_BURST = 800;

export function createField({ notify, stream, work, clock }: ShowingParts, lead: Lead): Field {
  const wipe = (demonstrationId: string): void => {
    notify.toShowing(demonstrationId, 'field:cleared', { demonstrationId });
    stream.note(demonstrationId, { kind: 'field-cleared' });
  };
  const hands = new Map<string, ReturnType<typeof createBucket>>();
  const handOf = (accountId: string) => {
    const hand = hands.get(accountId) ?? createBucket(POINTS_BURST, POINTS_PER_S, () => clock().getTime());
    hands.set(accountId, hand);
    return hand;
  };
  return {
    async draw(asked, { peerId }, input) {
      const { demonstrationId } = input;
      await lead.requireMayShow(asked, demonstrationId);
      const { accountId, name } = asked.caller;
      if (!handOf(accountId)(input.points.length)) return;
      const piece = { ...input, accountId, name };
      notify.toShowing(demonstrationId, 'field:drawn', piece, peerId);
      stream.note(demonstrationId, { kind: 'field', piece });
    },
    async clear(asked, demonstrationId) {
      await lead.requireMayShow(asked, demonstrationId);
      wipe(demonstrationId);
    },
    cut(demonstrationId, { picture, sound }) {
      stream.note(demonstrationId, { kind: 'cut', picture, sound });
      if (picture) wipe(demonstrationId);
    },
    async list(demonstrationId) {
      const nowMs = clock().getTime();
      const events = await work.read.showings.listEvents(demonstrationId, {
        afterId: eventIdBefore(nowMs - LONGEST_STROKE_MS),
        kinds: ['field', 'field-cleared'],
        limit: MOST_PIECES,
        isNewest: true,
      });
      return showingAt(events, nowMs).strokes.map(({ drawnAtMs, ...stroke }) => ({
        ...stroke,
        ageMs: Math.max(0, nowMs - drawnAtMs),
      }));
    },
  };
}
