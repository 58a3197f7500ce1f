/** Tells of changes, however many, at most once in a while. */
export interface Seldom {
  changed(): void;
  /** At once: what is told cannot wait. */
  now(): void;
  close(): void;
}

export function tellSeldom(tell: () => void, everyMs: number): Seldom {
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  const now = () => {
    clearTimeout(timer);
    timer = undefined;
    tell();
  };
  return {
    now,
    changed() {
      if (!closed) timer ??= setTimeout(now, everyMs).unref();
    },
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}
