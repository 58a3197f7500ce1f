/** `connecting`: the line has just gone and is being sought; `offline`: it has been gone for some seconds. */
export type LinkState = 'connected' | 'connecting' | 'offline';

const OFFLINE_AFTER_MS = 6_000;

/** What a person is told of the line. It hears of the browser's own network by itself. */
export interface LinkStateWatch {
  readonly state: LinkState;
  onState(listener: (state: LinkState) => void): () => void;
  /** `connecting` turns into `offline` by itself. */
  set(next: LinkState): void;
  close(): void;
}

export function watchLinkState(isConnected: () => boolean): LinkStateWatch {
  const listeners = new Set<(state: LinkState) => void>();
  let state: LinkState = 'connecting';
  let offlineTimer = setTimeout(() => set('offline'), OFFLINE_AFTER_MS);

  function set(next: LinkState): void {
    clearTimeout(offlineTimer);
    if (next === 'connecting') offlineTimer = setTimeout(() => set('offline'), OFFLINE_AFTER_MS);
    if (next === state) return;
    state = next;
    for (const listener of listeners) listener(next);
  }

  const goOffline = () => set('offline');
  const comeOnline = () => {
    if (!isConnected()) set('connecting');
  };
  window.addEventListener('offline', goOffline);
  window.addEventListener('online', comeOnline);

  return {
    get state() {
      return state;
    },
    onState(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    set,
    close() {
      clearTimeout(offlineTimer);
      window.removeEventListener('offline', goOffline);
      window.removeEventListener('online', comeOnline);
    },
  };
}
