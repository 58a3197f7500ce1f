/** Which windows of this browser are open. A window's name is in use until its page is gone, however it ended. */
export interface WindowLocks {
  /** This window's name. */
  own: string;
  /** Runs `work` once this window's name is taken, so that no other window believes it gone. */
  held: Promise<void>;
  /** Runs `take` at once where that window is gone, and nobody else takes over from it in this moment. */
  ifGone(window: string, take: () => void): Promise<boolean>;
  /** Runs `take` when that window has gone; never where `signal` is aborted before. */
  whenGone(window: string, take: () => void, signal: AbortSignal): void;
}

const lockName = (window: string) => `huizhen.window.${window}`;

/** The browser releases a lock together with the page that held it (Web Locks API, section 3.1), also after a crash. */
export function createWindowLocks(locks: LockManager): WindowLocks {
  const own = crypto.getRandomValues(new Uint32Array(4)).join('-');
  const held = new Promise<void>((resolve) => {
    void locks.request(lockName(own), () => {
      resolve();
      // Held until the page is gone.
      return new Promise<never>(() => {});
    });
  });
  return {
    own,
    held,
    ifGone: (window, take) =>
      locks.request(lockName(window), { ifAvailable: true }, (lock) => {
        if (lock) take();
        return lock !== null;
      }),
    whenGone(window, take, signal) {
      // Rejected only by the abort, which wants nothing.
      locks.request(lockName(window), { signal }, take).catch(() => undefined);
    },
  };
}
