import type { Seal } from '../../client/drafts/seal.ts';
import type { TextSafe } from '../../client/drafts/text-safe.ts';

/** What localStorage is to a page: its keys are its own properties. */
export function createStorage(): Storage {
  const storage: Record<string, unknown> = {};
  const methods = {
    getItem: (key: string) => (Object.hasOwn(storage, key) ? String(storage[key]) : null),
    setItem: (key: string, value: string) => {
      storage[key] = value;
    },
    removeItem: (key: string) => {
      delete storage[key];
    },
  };
  for (const [name, value] of Object.entries(methods))
    Object.defineProperty(storage, name, { value, enumerable: false, configurable: true });
  return storage as unknown as Storage;
}

/** One browser: its store, and its windows, which release their names when they go, however they end. */
export function createBrowserStore(storage = createStorage()) {
  const open = new Set<string>();
  const watching = new Set<{ own: string; listener: () => void }>();
  const waiting = new Map<string, Set<() => void>>();
  let windows = 0;

  return {
    storage,
    openWindow(accountId: string, seal: Seal): TextSafe & { end(): void } {
      windows += 1;
      const own = `window-${windows}`;
      open.add(own);
      // A proxy, so that the keys stay the store's own, as Object.keys sees them.
      const watched = new Proxy(storage, {
        get(target, name) {
          if (name !== 'setItem') return Reflect.get(target, name);
          return (key: string, value: string) => {
            target.setItem(key, value);
            for (const other of watching) if (other.own !== own) setImmediate(other.listener);
          };
        },
      });
      return {
        accountId,
        storage: watched,
        onOthersWrite(listener, signal) {
          const watcher = { own, listener };
          watching.add(watcher);
          signal.addEventListener('abort', () => watching.delete(watcher));
        },
        secure: {
          seal,
          windows: {
            own,
            held: Promise.resolve(),
            async ifGone(window, take) {
              if (open.has(window)) return false;
              take();
              return true;
            },
            whenGone(window, take, signal) {
              if (!open.has(window)) return take();
              const takers = waiting.get(window) ?? new Set();
              waiting.set(window, takers.add(take));
              signal.addEventListener('abort', () => takers.delete(take));
            },
          },
        },
        end() {
          open.delete(own);
          const takers = waiting.get(own) ?? [];
          waiting.delete(own);
          for (const take of takers) take();
        },
      };
    },
  };
}

/** Closes text so that another subject's does not open it, without the thread of Web Crypto: for tests that count turns. */
export const plainSeal: Seal = {
  close: async (text, subject) => JSON.stringify([subject, text]),
  async open(closed, subject) {
    if (closed === '') return undefined;
    const [of, text] = JSON.parse(closed) as [string, string];
    return of === subject ? text : undefined;
  },
};
