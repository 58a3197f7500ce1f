import { joinedPieces, type ShowingEvent, type ShownPointer, type Viewport } from '../contract/index.ts';
import type { Logger } from '../runtime/log.ts';
import type { Notify } from '../store/notify.ts';
import type { Work } from '../store/stores.ts';
import { createEventIds } from './event-id.ts';
import type { StoredShowingEvent } from './store.ts';

export interface ShowingStreamParts {
  work: Work<'showings'>;
  clock: () => Date;
  notify: Notify;
  log: Logger;
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
/** A hand on the live picture is kept as often: all of its points, in fewer pieces than windows are told. */
const PIECE_EVERY_MS = 100;
const WRITE_AFTER_MS = 400;
const AGAIN_AFTER_MS = 2_000;
/** Of one demonstration, while the database is away: some minutes. What came first is lost then. */
const MOST_UNWRITTEN = 5_000;

interface Streaming {
  moved: { peerId: string; viewport: Viewport } | null;
  movedAtMs: number;
  moving: NodeJS.Timeout | null;
  pointers: Map<string, { pointer: ShownPointer; isShown: boolean }>;
  pointing: NodeJS.Timeout | null;
  unwritten: StoredShowingEvent[];
  /** Of each stroke the last piece that is not written yet, and since when it grows. */
  pieces: Map<string, { piece: StoredShowingEvent; sinceMs: number }>;
  last: { peerId: string; viewport: Viewport } | null;
  writing: NodeJS.Timeout | null;
}

export function createShowingStream({ work, clock, notify, log }: ShowingStreamParts): ShowingStream {
  const streams = new Map<string, Streaming>();
  const nextId = createEventIds();
  const running = new Set<Promise<void>>();

  const streamOf = (demonstrationId: string): Streaming => {
    const known = streams.get(demonstrationId);
    if (known) return known;
    const none = { moved: null, movedAtMs: 0, moving: null, pointing: null, last: null, writing: null };
    const fresh: Streaming = { ...none, pointers: new Map(), pieces: new Map(), unwritten: [] };
    streams.set(demonstrationId, fresh);
    return fresh;
  };
  const event: ShowingStream['event'] = (demonstrationId, content, act = null) => {
    const at = clock();
    return { eventId: nextId(at), demonstrationId, at: at.toISOString(), event: content, act };
  };
  const writeLater = (demonstrationId: string, stream: Streaming, afterMs: number): void => {
    stream.writing ??= setTimeout(() => {
      stream.writing = null;
      void write(demonstrationId);
    }, afterMs);
  };

  const writeSoon = (demonstrationId: string, content: ShowingEvent): void => {
    const stream = streamOf(demonstrationId);
    const next = event(demonstrationId, content);
    if (content.kind === 'field-cleared') stream.pieces.clear();
    if (content.kind === 'field') addPiece(stream, next, content);
    else stream.unwritten.push(next);
    writeLater(demonstrationId, stream, WRITE_AFTER_MS);
  };

  function tellMove(demonstrationId: string): void {
    const stream = streamOf(demonstrationId);
    if (stream.moving) clearTimeout(stream.moving);
    stream.moving = null;
    const { moved } = stream;
    if (!moved) return;
    stream.moved = null;
    stream.movedAtMs = performance.now();
    stream.last = moved;
    notify.toShowing(demonstrationId, 'showing:moved', { demonstrationId, ...moved }, moved.peerId);
    writeSoon(demonstrationId, { kind: 'viewport', viewport: moved.viewport });
  }

  function tellPointers(demonstrationId: string): void {
    const stream = streamOf(demonstrationId);
    if (stream.pointing) clearTimeout(stream.pointing);
    stream.pointing = null;
    const all = [...stream.pointers.values()];
    if (all.length === 0) return;
    stream.pointers.clear();
    const those = (wanted: boolean) => ({
      demonstrationId,
      pointers: all.filter(({ isShown }) => isShown === wanted).map(({ pointer }) => pointer),
    });
    const [shown, others] = [those(true), those(false)];
    if (shown.pointers.length > 0) notify.toShowingVolatile(demonstrationId, 'showing:pointed', shown);
    if (others.pointers.length > 0) notify.toShowers(demonstrationId, 'showing:pointed', others);
    writeSoon(demonstrationId, { kind: 'pointers', pointers: all.map(({ pointer }) => pointer) });
  }

  /** Whoever came in while it was on its way to the database is told once more. */
  function write(demonstrationId: string): Promise<void> {
    const run = writeNow(demonstrationId).finally(() => running.delete(run));
    running.add(run);
    return run;
  }

  async function writeNow(demonstrationId: string): Promise<void> {
    const stream = streamOf(demonstrationId);
    const { last, unwritten } = stream;
    stream.unwritten = [];
    stream.pieces.clear();
    stream.last = null;
    const failed = (err: unknown): void => {
      log.warn({ err, demonstrationId }, 'what was shown was not written down');
      writeLater(demonstrationId, stream, AGAIN_AFTER_MS);
    };
    try {
      if (unwritten.length > 0) await writeEvents(demonstrationId, unwritten);
    } catch (err) {
      stream.unwritten = [...unwritten, ...stream.unwritten].slice(-MOST_UNWRITTEN);
      failed(err);
    }
    if (!last) return;
    // Apart from the events: whoever comes in sees the picture as it is, whatever became of them.
    try {
      const isPresenting = await work.write(({ showings }) =>
        showings.saveViewport(demonstrationId, last.peerId, last.viewport),
      );
      if (isPresenting && stream.last === null)
        notify.toShowing(demonstrationId, 'showing:moved', { demonstrationId, ...last }, last.peerId);
    } catch (err) {
      stream.last ??= last;
      failed(err);
    }
  }

  /** @throws where none can be written now. One that cannot be written by itself either is left out: it would keep back all others. */
  async function writeEvents(demonstrationId: string, events: readonly StoredShowingEvent[]): Promise<void> {
    const add = (some: readonly StoredShowingEvent[]) => work.write(({ showings }) => showings.addEvents(some));
    try {
      await add(events);
    } catch {
      await work.read.showings.find(demonstrationId);
      for (const one of events)
        await add([one]).catch((err: unknown) =>
          log.error({ err, demonstrationId, kind: one.event.kind }, 'something that was shown cannot be kept'),
        );
    }
  }

  async function flush(demonstrationId: string): Promise<void> {
    const stream = streams.get(demonstrationId);
    if (!stream) return;
    tellMove(demonstrationId);
    tellPointers(demonstrationId);
    if (stream.writing) clearTimeout(stream.writing);
    stream.writing = null;
    await Promise.all(running);
    await write(demonstrationId);
  }

  return {
    event,
    note: writeSoon,
    flush,
    move(demonstrationId, peerId, viewport) {
      const stream = streamOf(demonstrationId);
      stream.moved = { peerId, viewport };
      const waitMs = stream.movedAtMs + MOVE_EVERY_MS - performance.now();
      if (waitMs <= 0) tellMove(demonstrationId);
      else stream.moving ??= setTimeout(() => tellMove(demonstrationId), waitMs);
    },
    point(demonstrationId, pointer, isShown) {
      const stream = streamOf(demonstrationId);
      stream.pointers.set(pointer.peerId, { pointer, isShown });
      stream.pointing ??= setTimeout(() => tellPointers(demonstrationId), POINT_EVERY_MS);
    },
    async close() {
      for (const demonstrationId of streams.keys()) await flush(demonstrationId);
      for (const { writing } of streams.values()) if (writing) clearTimeout(writing);
    },
  };
}

/** It is seen again when its last point was there, a tenth of a second late at most. */
function addPiece(
  stream: Pick<Streaming, 'unwritten' | 'pieces'>,
  next: StoredShowingEvent,
  { piece }: Extract<ShowingEvent, { kind: 'field' }>,
): void {
  const nowMs = Date.parse(next.at);
  const before = stream.pieces.get(piece.strokeId);
  const earlier = before?.piece.event;
  const whole =
    before && earlier?.kind === 'field' && nowMs - before.sinceMs < PIECE_EVERY_MS
      ? joinedPieces(earlier.piece, piece)
      : undefined;
  const kept = whole ? { ...next, event: { kind: 'field' as const, piece: whole } } : next;
  if (whole) stream.unwritten = stream.unwritten.filter((one) => one !== before?.piece);
  stream.unwritten.push(kept);
  stream.pieces.set(piece.strokeId, { piece: kept, sinceMs: whole && before ? before.sinceMs : nowMs });
}
