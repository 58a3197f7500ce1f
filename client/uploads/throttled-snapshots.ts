const TELL_EVERY_MS = 200;

/** Snapshots by key for a page: made when asked for, kept until the next telling, and told a few times a second at most. */
export interface ThrottledSnapshots<T> {
  read(key: string): T;
  subscribe(listener: () => void): () => void;
  /** Something changed: listeners hear of it soon. */
  changed(): void;
  close(): void;
}

export function createThrottledSnapshots<T>(make: (key: string) => T): ThrottledSnapshots<T> {
  const listeners = new Set<() => void>();
  const snapshots = new Map<string, T>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function tell(): void {
    timer = undefined;
    snapshots.clear();
    for (const listener of listeners) listener();
  }

  return {
    read(key) {
      let snapshot = snapshots.get(key);
      if (snapshot === undefined) {
        snapshot = make(key);
        snapshots.set(key, snapshot);
      }
      return snapshot;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    changed() {
      timer ??= setTimeout(tell, TELL_EVERY_MS);
    },
    close() {
      clearTimeout(timer);
      listeners.clear();
    },
  };
}
