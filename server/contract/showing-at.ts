import { type FieldStroke, unfaded, withPiece } from './field-drawing.ts';
import type { Viewport } from './picture-kinds.ts';
import type { ShowingEvent, ShownPointer, TimedShowingEvent } from './showing.ts';

/** A pointer that rests this long is taken away, so that it does not cover what it pointed at. */
export const POINTER_DECAY_MS = 3000;

export type KeptMark = Extract<ShowingEvent, { kind: 'mark' }>['mark'];

/** What was seen at one instant. */
export interface ShowingAt {
  materialId: string | null;
  presenterId: string | null;
  viewport: Viewport | null;
  /** By annotation; those taken away are not among them. */
  marks: Map<string, KeptMark>;
  /** By window. */
  pointers: Map<string, ShownPointer>;
  /** On the live pictures, those that have not faded. */
  strokes: FieldStroke[];
  /** What of the theatre is cut off. */
  cut: { picture: boolean; sound: boolean };
  /** What stands before everybody. */
  questionId: string | null;
}

export const nothingAt = (): ShowingAt => ({
  materialId: null,
  presenterId: null,
  viewport: null,
  marks: new Map(),
  pointers: new Map(),
  strokes: [],
  cut: { picture: false, sound: false },
  questionId: null,
});

/**
 * Draws anew what was seen at an instant.
 * @param events in their order, from the first on; those after `atMs` are not looked at
 * @param atMs milliseconds since 1970, by the server's clock
 */
export function showingAt(events: readonly TimedShowingEvent[], atMs: number): ShowingAt {
  const shown = nothingAt();
  const pointedMs = new Map<string, number>();
  for (const { at, event } of events) {
    const eventMs = Date.parse(at);
    if (eventMs > atMs) break;
    if (event.kind === 'pointers') for (const { peerId } of event.pointers) pointedMs.set(peerId, eventMs);
    takeShowingEvent(shown, event, eventMs);
  }
  for (const [peerId, ms] of pointedMs) if (atMs - ms >= POINTER_DECAY_MS) shown.pointers.delete(peerId);
  shown.strokes = unfaded(shown.strokes, atMs);
  return shown;
}

/** Brings what is seen to what it is after the event. */
export function takeShowingEvent(shown: ShowingAt, event: ShowingEvent, eventMs: number): void {
  switch (event.kind) {
    case 'picture':
      shown.materialId = event.materialId;
      shown.viewport = null;
      break;
    case 'presenter':
      shown.presenterId = event.accountId;
      break;
    case 'viewport':
      shown.viewport = event.viewport;
      break;
    case 'mark':
      if (event.mark.shape === null) shown.marks.delete(event.mark.annotationId);
      else shown.marks.set(event.mark.annotationId, event.mark);
      break;
    case 'field':
      shown.strokes = withPiece(shown.strokes, event.piece, eventMs);
      break;
    case 'field-cleared':
      shown.strokes = [];
      break;
    case 'pointers':
      for (const pointer of event.pointers)
        if (pointer.point === null) shown.pointers.delete(pointer.peerId);
        else shown.pointers.set(pointer.peerId, pointer);
      break;
    case 'cut':
      shown.cut = { picture: event.picture, sound: event.sound };
      break;
    case 'question':
      shown.questionId = event.questionId;
      break;
  }
}
