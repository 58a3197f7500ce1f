import { onInterruption } from '../api/interruptions.ts';
import type { Autosave } from './autosave.ts';

/** The drafts of one kind that are open in this window, each once however many parts of the page show it. */
export interface OpenDrafts<T> {
  /** `create` runs only where the draft is not open yet: it takes over what earlier windows have left. */
  acquire(consultationId: string, create: () => Promise<Autosave<T>>): Promise<Autosave<T>>;
  /** The last one to leave saves what is left. Should that fail, the copy in this browser is found on the next visit. */
  release(consultationId: string): void;
}

interface Entry<T> {
  opening: Promise<Autosave<T>>;
  /** Once it is open. */
  autosave?: Autosave<T>;
  users: number;
}

/** What all kinds of drafts have in common. */
interface OpenKind {
  drafts(): { flush(): Promise<boolean>; isOnlyOnThisPage: boolean }[];
}

const kinds = new Set<OpenKind>();

/** Saves whatever is open in this window, at once. Resolves when each is saved or cannot be for now. */
export async function flushOpenDrafts(): Promise<void> {
  await Promise.all([...kinds].flatMap((kind) => kind.drafts()).map((draft) => draft.flush()));
}

/** Text that would be lost with this page: not on the server, and this browser keeps nothing. */
export function countOnlyOnThisPage(): number {
  return [...kinds].flatMap((kind) => kind.drafts()).filter(({ isOnlyOnThisPage }) => isOnlyOnThisPage).length;
}

export function createOpenDrafts<T>(): OpenDrafts<T> {
  const entries = new Map<string, Entry<T>>();

  function closeIfUnused(consultationId: string, entry: Entry<T>): void {
    if (entry.users > 0) return;
    entry.autosave?.close();
    if (entries.get(consultationId) === entry) entries.delete(consultationId);
  }

  const opened = () => [...entries.values()].flatMap(({ autosave }) => autosave ?? []);
  kinds.add({
    drafts: () =>
      opened().map((autosave) => ({
        flush: () => autosave.flush(),
        isOnlyOnThisPage: autosave.snapshot.state.kind !== 'saved' && !autosave.snapshot.keptHere,
      })),
  });
  onInterruption((interruption) => {
    if (interruption.kind !== 'session-ended') return;
    // Not closed: the person may be typing until the page is gone, which takes a while on a slow line.
    for (const autosave of opened()) autosave.endSession();
    entries.clear();
  });
  globalThis.addEventListener?.('online', () => {
    for (const autosave of opened()) autosave.retryNow();
  });
  // A window that is put away may be closed next, or be cut off by the computer's sleep.
  globalThis.addEventListener?.('visibilitychange', () => {
    if (document.visibilityState === 'hidden') for (const autosave of opened()) void autosave.flush();
  });

  return {
    async acquire(consultationId, create) {
      let entry = entries.get(consultationId);
      if (!entry) {
        const made: Entry<T> = { opening: create(), users: 0 };
        entry = made;
        entries.set(consultationId, made);
        made.opening.then(
          (autosave) => {
            made.autosave = autosave;
            // The session may have ended while the copies were read.
            if (entries.get(consultationId) !== made) autosave.endSession();
          },
          () => entries.delete(consultationId),
        );
      }
      entry.users += 1;
      return entry.opening;
    },
    release(consultationId) {
      const entry = entries.get(consultationId);
      if (!entry) return;
      entry.users -= 1;
      if (entry.users > 0) return;
      entry.opening
        .then((autosave) => autosave.flush())
        .catch(() => undefined)
        .finally(() => closeIfUnused(consultationId, entry));
    },
  };
}

globalThis.addEventListener?.('beforeunload', (event) => {
  if (countOnlyOnThisPage() > 0) event.preventDefault();
});
