import type { Viewport } from '../contract/index.ts';
import type { Logger } from '../runtime/log.ts';

export interface ViewportKeeperParts {
  log: Logger;
  /** @returns false where the window presents no more. */
  save(consultationId: string, peerId: string, viewport: Viewport): Promise<boolean>;
  onSaved(consultationId: string, peerId: string, viewport: Viewport): void;
  onOutdated(consultationId: string): void;
}

export interface ViewportKeeper {
  put(consultationId: string, peerId: string, viewport: Viewport): void;
  /** Writes what is waiting now: after this somebody else may present. */
  flush(consultationId: string): Promise<void>;
  /** What is newer here than in the database. */
  latest(consultationId: string): Viewport | undefined;
  close(): Promise<void>;
}

/** How long the newest viewport may wait for the database. */
const SAVE_AFTER_MS = 300;
const RETRY_AFTER_MS = 2_000;

interface Unsaved {
  peerId: string;
  viewport: Viewport;
  timer: NodeJS.Timeout | null;
}

/**
 * Writes the newest of many viewports now and then, and says when it is written: whoever joins either reads it from the
 * database or is told by that word, and stands where the presenter stands even if nothing moves any more.
 */
export function createViewportKeeper({ log, save, onSaved, onOutdated }: ViewportKeeperParts): ViewportKeeper {
  const unsaved = new Map<string, Unsaved>();
  const writing = new Set<Promise<void>>();
  let isClosed = false;

  function schedule(consultationId: string, afterMs: number): void {
    const entry = unsaved.get(consultationId);
    if (!entry || entry.timer || isClosed) return;
    entry.timer = setTimeout(() => start(consultationId), afterMs);
  }

  function start(consultationId: string): Promise<void> {
    const run = write(consultationId).finally(() => writing.delete(run));
    writing.add(run);
    return run;
  }

  async function write(consultationId: string): Promise<void> {
    const entry = unsaved.get(consultationId);
    if (!entry) return;
    const { peerId, viewport } = entry;
    try {
      const isPresenting = await save(consultationId, peerId, viewport);
      entry.timer = null;
      if (unsaved.get(consultationId) === entry && entry.viewport === viewport) unsaved.delete(consultationId);
      if (isPresenting) onSaved(consultationId, peerId, viewport);
      else {
        if (entry.peerId === peerId) unsaved.delete(consultationId);
        onOutdated(consultationId);
      }
      schedule(consultationId, SAVE_AFTER_MS);
    } catch (err) {
      entry.timer = null;
      log.warn({ err, consultationId }, 'a viewport was not kept');
      schedule(consultationId, RETRY_AFTER_MS);
    }
  }

  return {
    put(consultationId, peerId, viewport) {
      const entry = unsaved.get(consultationId);
      if (entry) {
        entry.peerId = peerId;
        entry.viewport = viewport;
      } else unsaved.set(consultationId, { peerId, viewport, timer: null });
      schedule(consultationId, SAVE_AFTER_MS);
    },
    async flush(consultationId) {
      const entry = unsaved.get(consultationId);
      if (!entry) return;
      if (entry.timer) clearTimeout(entry.timer);
      entry.timer = null;
      await start(consultationId);
    },
    latest: (consultationId) => unsaved.get(consultationId)?.viewport,
    async close() {
      isClosed = true;
      for (const [consultationId, entry] of unsaved) {
        if (entry.timer) clearTimeout(entry.timer);
        start(consultationId);
      }
      await Promise.all(writing);
    },
  };
}
