import { joinedPieces, type ShowingEvent, type Viewport } from '../contract/index.ts';
import type { Logger } from '../runtime/log.ts';
import type { Notify } from '../store/notify.ts';
import type { Work } from '../store/stores.ts';
import type { StoredShowingEvent } from './store.ts';

export interface ShowingWriterParts {
  work: Work<'showings'>;
  notify: Notify;
  log: Logger;
}

/** What the presenter's window showed last. */
export interface Moved {
  peerId: string;
  viewport: Viewport;
}

/** Puts what streams through demonstrations into the database now and then, and once more where that fails. */
export interface ShowingWriter {
  /** Written soon. */
  add(event: StoredShowingEvent): void;
  /** Written with the next events: what whoever comes in is shown first. */
  keep(demonstrationId: string, moved: Moved): void;
  /** Writes what is waiting. */
  flush(demonstrationId: string): Promise<void>;
  close(): Promise<void>;
}

/** A hand on the live picture is kept as often: all of its points, in fewer pieces than windows are told. */
const PIECE_EVERY_MS = 100;
const WRITE_AFTER_MS = 400;
const AGAIN_AFTER_MS = 2_000;
/** Of one demonstration, while the database is away: some minutes. What came first is lost then. */
const MOST_UNWRITTEN = 5_000;

/** Of one demonstration. */
interface Unwritten {
  events: StoredShowingEvent[];
  /** Of each stroke the last piece that is not written yet, and since when it grows. */
  pieces: Map<string, { piece: StoredShowingEvent; sinceMs: number }>;
  moved: Moved | null;
  writing: NodeJS.Timeout | null;
}

export function createShowingWriter(parts: ShowingWriterParts): ShowingWriter {
  const { work, notify, log } = parts;
  const waiting = new Map<string, Unwritten>();
  const running = new Set<Promise<void>>();

  const unwrittenOf = (demonstrationId: string): Unwritten => {
    const known = waiting.get(demonstrationId);
    if (known) return known;
    const fresh: Unwritten = { events: [], pieces: new Map(), moved: null, writing: null };
    waiting.set(demonstrationId, fresh);
    return fresh;
  };
  const writeLater = (demonstrationId: string, afterMs: number): void => {
    const unwritten = unwrittenOf(demonstrationId);
    unwritten.writing ??= setTimeout(() => {
      unwritten.writing = null;
      void write(demonstrationId);
    }, afterMs);
  };

  /** Whoever came in while it was on its way to the database is told once more. */
  function write(demonstrationId: string): Promise<void> {
    const run = writeNow(demonstrationId).finally(() => running.delete(run));
    running.add(run);
    return run;
  }

  async function writeNow(demonstrationId: string): Promise<void> {
    const unwritten = unwrittenOf(demonstrationId);
    const { moved, events } = unwritten;
    unwritten.events = [];
    unwritten.pieces.clear();
    unwritten.moved = null;
    const failed = (err: unknown): void => {
      log.warn({ err, demonstrationId }, 'what was shown was not written down');
      writeLater(demonstrationId, AGAIN_AFTER_MS);
    };
    try {
      if (events.length > 0) await writeEvents(parts, demonstrationId, events);
    } catch (err) {
      unwritten.events = [...events, ...unwritten.events].slice(-MOST_UNWRITTEN);
      failed(err);
    }
    if (!moved) return;
    // Apart from the events: whoever comes in sees the picture as it is, whatever became of them.
    try {
      const isPresenting = await work.write(({ showings }) =>
        showings.saveViewport(demonstrationId, moved.peerId, moved.viewport),
      );
      if (isPresenting && unwritten.moved === null)
        notify.toShowing(demonstrationId, 'showing:moved', { demonstrationId, ...moved }, moved.peerId);
    } catch (err) {
      unwritten.moved ??= moved;
      failed(err);
    }
  }

  async function flush(demonstrationId: string): Promise<void> {
    const unwritten = waiting.get(demonstrationId);
    if (!unwritten) return;
    if (unwritten.writing) clearTimeout(unwritten.writing);
    unwritten.writing = null;
    await Promise.all(running);
    await write(demonstrationId);
  }

  return {
    flush,
    add(event) {
      addEvent(unwrittenOf(event.demonstrationId), event);
      writeLater(event.demonstrationId, WRITE_AFTER_MS);
    },
    keep(demonstrationId, moved) {
      unwrittenOf(demonstrationId).moved = moved;
    },
    async close() {
      for (const demonstrationId of waiting.keys()) await flush(demonstrationId);
      for (const { writing } of waiting.values()) if (writing) clearTimeout(writing);
    },
  };
}

/** @throws where none can be written now. One that cannot be written by itself either is left out: it would keep back all others. */
async function writeEvents(
  { work, log }: ShowingWriterParts,
  demonstrationId: string,
  events: readonly StoredShowingEvent[],
): Promise<void> {
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

function addEvent(unwritten: Unwritten, next: StoredShowingEvent): void {
  if (next.event.kind === 'field-cleared') unwritten.pieces.clear();
  if (next.event.kind === 'field') addPiece(unwritten, next, next.event);
  else unwritten.events.push(next);
}

/** It is seen again when its last point was there, a tenth of a second late at most. */
function addPiece(
  unwritten: Unwritten,
  next: StoredShowingEvent,
  { piece }: Extract<ShowingEvent, { kind: 'field' }>,
): void {
  const nowMs = Date.parse(next.at);
  const before = unwritten.pieces.get(piece.strokeId);
  const earlier = before?.piece.event;
  const whole =
    before && earlier?.kind === 'field' && nowMs - before.sinceMs < PIECE_EVERY_MS
      ? joinedPieces(earlier.piece, piece)
      : undefined;
  const kept = whole ? { ...next, event: { kind: 'field' as const, piece: whole } } : next;
  if (whole) unwritten.events = unwritten.events.filter((one) => one !== before?.piece);
  unwritten.events.push(kept);
  unwritten.pieces.set(piece.strokeId, { piece: kept, sinceMs: whole && before ? before.sinceMs : nowMs });
}
