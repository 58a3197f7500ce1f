import { onInterruption } from '../api/interruptions.ts';
import type { Autosave } from './autosave.ts';

/** The drafts of one kind that are open in this window, each once however many parts of the page show it. */
export interface OpenDrafts<T> {
  acquire(consultationId: string, create: () => Autosave<T>): Autosave<T>;
  /** The last one to leave saves what is left. Should that fail, the copy in this browser is found on the next visit. */
  release(consultationId: string): void;
}

interface Entry<T> {
  autosave: Autosave<T>;
  users: number;
}

export function createOpenDrafts<T>(): OpenDrafts<T> {
  const entries = new Map<string, Entry<T>>();

  function closeIfUnused(consultationId: string, entry: Entry<T>): void {
    if (entry.users > 0) return;
    entry.autosave.close();
    if (entries.get(consultationId) === entry) entries.delete(consultationId);
  }

  onInterruption((interruption) => {
    if (interruption.kind !== 'session-ended') return;
    for (const { autosave } of entries.values()) autosave.close();
    entries.clear();
  });
  globalThis.addEventListener?.('online', () => {
    for (const { autosave } of entries.values()) autosave.retryNow();
  });

  return {
    acquire(consultationId, create) {
      let entry = entries.get(consultationId);
      if (!entry) {
        entry = { autosave: create(), users: 0 };
        entries.set(consultationId, entry);
      }
      entry.users += 1;
      return entry.autosave;
    },
    release(consultationId) {
      const entry = entries.get(consultationId);
      if (!entry) return;
      entry.users -= 1;
      if (entry.users === 0) void entry.autosave.flush().finally(() => closeIfUnused(consultationId, entry));
    },
  };
}
