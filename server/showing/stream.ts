import type { ShowingEvent, ShownPointer, Viewport } from '../contract/index.ts';
import { createEventIds } from './event-id.ts';
import type { StoredShowingEvent } from './store.ts';
import { createShowingWriter, type Moved, type ShowingWriterParts } from './writer.ts';

export interface ShowingStreamParts extends ShowingWriterParts {
  clock: () => Date;
}

/** What comes many times a second: told in few words to hundreds of windows, and written down now and then. */
export interface ShowingStream {
  /** The presenter's window shows this now. */
  move(demonstrationId: string, peerId: string, viewport: Viewport): void;
  /** @param isShown it points at the picture that is shown: else those alone see it who may show */
  point(demonstrationId: string, pointer: ShownPointer, isShown: boolean): void;
  /** Something that was told just now is written down soon. */
  note(demonstrationId: string, event: ShowingEvent): void;
  /** An event of now, to be written by whoever asks. */
  event(demonstrationId: string, event: ShowingEvent, act?: StoredShowingEvent['act']): StoredShowingEvent;
  /** Tells and writes what is waiting. */
  flush(demonstrationId: string): Promise<void>;
  close(): Promise<void>;
}

/** Eight times a second: of everything that hundreds draw, a presenter's movement is still smooth. */
export const MOVE_EVERY_MS = 125;
/** Ten times a second. */
export const POINT_EVERY_MS = 100;

/** Of one demonstration what nobody was told yet. */
interface Untold {
  moved: Moved | null;
  movedAtMs: number;
  moving: NodeJS.Timeout | null;
  pointers: Map<string, { pointer: ShownPointer; isShown: boolean }>;
  pointing: NodeJS.Timeout | null;
}

export function createShowingStream(parts: ShowingStreamParts): ShowingStream {
  const { clock, notify } = parts;
  const writer = createShowingWriter(parts);
  const waiting = new Map<string, Untold>();
  const nextId = createEventIds();

  const untoldOf = (demonstrationId: string): Untold => {
    const known = waiting.get(demonstrationId);
    if (known) return known;
    const fresh: Untold = { moved: null, movedAtMs: 0, moving: null, pointers: new Map(), pointing: null };
    waiting.set(demonstrationId, fresh);
    return fresh;
  };
  const event: ShowingStream['event'] = (demonstrationId, content, act = null) => {
    const at = clock();
    return { eventId: nextId(at), demonstrationId, at: at.toISOString(), event: content, act };
  };
  const note: ShowingStream['note'] = (demonstrationId, content) => writer.add(event(demonstrationId, content));

  function tellMove(demonstrationId: string): void {
    const untold = untoldOf(demonstrationId);
    if (untold.moving) clearTimeout(untold.moving);
    untold.moving = null;
    const { moved } = untold;
    if (!moved) return;
    untold.moved = null;
    untold.movedAtMs = performance.now();
    writer.keep(demonstrationId, moved);
    notify.toShowing(demonstrationId, 'showing:moved', { demonstrationId, ...moved }, moved.peerId);
    note(demonstrationId, { kind: 'viewport', viewport: moved.viewport });
  }

  function tellPointers(demonstrationId: string): void {
    const untold = untoldOf(demonstrationId);
    if (untold.pointing) clearTimeout(untold.pointing);
    untold.pointing = null;
    const all = [...untold.pointers.values()];
    if (all.length === 0) return;
    untold.pointers.clear();
    const those = (wanted: boolean) => ({
      demonstrationId,
      pointers: all.filter(({ isShown }) => isShown === wanted).map(({ pointer }) => pointer),
    });
    const [shown, others] = [those(true), those(false)];
    if (shown.pointers.length > 0) notify.toShowingVolatile(demonstrationId, 'showing:pointed', shown);
    if (others.pointers.length > 0) notify.toShowers(demonstrationId, 'showing:pointed', others);
    note(demonstrationId, { kind: 'pointers', pointers: all.map(({ pointer }) => pointer) });
  }

  function tell(demonstrationId: string): void {
    tellMove(demonstrationId);
    tellPointers(demonstrationId);
  }

  return {
    event,
    note,
    async flush(demonstrationId) {
      if (waiting.has(demonstrationId)) tell(demonstrationId);
      await writer.flush(demonstrationId);
    },
    move(demonstrationId, peerId, viewport) {
      const untold = untoldOf(demonstrationId);
      untold.moved = { peerId, viewport };
      const waitMs = untold.movedAtMs + MOVE_EVERY_MS - performance.now();
      if (waitMs <= 0) tellMove(demonstrationId);
      else untold.moving ??= setTimeout(() => tellMove(demonstrationId), waitMs);
    },
    point(demonstrationId, pointer, isShown) {
      const untold = untoldOf(demonstrationId);
      untold.pointers.set(pointer.peerId, { pointer, isShown });
      untold.pointing ??= setTimeout(() => tellPointers(demonstrationId), POINT_EVERY_MS);
    },
    async close() {
      for (const demonstrationId of waiting.keys()) tell(demonstrationId);
      await writer.close();
    },
  };
}
