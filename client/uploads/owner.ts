/** The name of this window's uploads among those of its account: a window that is open keeps its own lock. */
export interface Ownership {
  /** What this window puts its files under. */
  own: string;
  /** Takes over what another window of the account has left behind; false while that window is still open. */
  adopt(owner: string): Promise<boolean>;
  close(): void;
}

/** A page that is being reloaded may still hold its lock when the next one begins: it is waited for this long. */
const CLOSING_MS = 2_000;

const lockName = (owner: string) => `huizhen.uploads.${owner}`;

/**
 * Of two windows of one person each sends what was chosen in it, and after a reload or a crash the next window takes over:
 * the browser releases a lock with the page that held it (Web Locks). Where it has no locks (a page loaded without TLS)
 * every window takes everything; the server's offsets keep that correct, only not thrifty.
 */
export function takeOwnership(accountId: string): Ownership {
  const own = `${accountId}:${crypto.getRandomValues(new Uint32Array(2)).join('-')}`;
  let release = () => {};
  const closed = new Promise<void>((resolve) => {
    release = resolve;
  });
  const hold = (owner: string) =>
    new Promise<boolean>((resolve) => {
      if (!navigator.locks) return resolve(true);
      const signal = AbortSignal.timeout(CLOSING_MS);
      const taken = () => {
        resolve(true);
        return closed;
      };
      navigator.locks.request(lockName(owner), { signal }, taken).catch(() => resolve(false));
    });
  void hold(own);
  return { own, adopt: hold, close: () => release() };
}

export function accountOf(owner: string): string {
  return owner.split(':')[0] ?? '';
}
